import {
  getSource,
  listSourceConflicts,
  listSourceProblems,
  listSources,
  refreshSource,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { SourcesService } from './sources.service.ts';

/** Mounts what can be asked of sources and their state. */
export function sourcesRoutes(app: FastifyInstance, sources: SourcesService): void {
  serve(app, listSources, ({ query }, caller) => sources.list(caller, query));
  serve(app, getSource, ({ params }, caller) => sources.get(caller, params.id));
  serve(app, listSourceProblems, ({ params, query }, caller) => sources.problems(caller, params.id, query));
  serve(app, listSourceConflicts, ({ params, query }, caller) => sources.conflicts(caller, params.id, query));
  serve(app, refreshSource, ({ params }, caller) => sources.refresh(caller, params.id));
}
