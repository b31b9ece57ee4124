import {
  getLocation,
  getLocations,
  getSource,
  listSourceConflicts,
  listSourceProblems,
  listSources,
  refreshSource,
  type Source,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { SourcesService } from './sources.service.ts';

/** A source in the shape of a Backstage location. */
const locationOf = ({ id, type, target }: Source) => ({ id, type, target });

/** Most sources that one answer of the locations protocol, which has no pages, may hold. */
const MAX_LOCATIONS = 10_000;

/** Mounts the sources' part of the contract, and the same rows in Backstage's shape as locations. */
export function sourcesRoutes(app: FastifyInstance, sources: SourcesService): void {
  serve(app, listSources, ({ query }, caller) => sources.list(caller, query));
  serve(app, getSource, ({ params }, caller) => sources.get(caller, params.id));
  serve(app, listSourceProblems, ({ params, query }, caller) => sources.problems(caller, params.id, query));
  serve(app, listSourceConflicts, ({ params, query }, caller) => sources.conflicts(caller, params.id, query));
  serve(app, refreshSource, ({ params }, caller) => sources.refresh(caller, params.id));
  serve(app, getLocations, async (_, caller) => {
    const { items } = await sources.list(caller, { limit: MAX_LOCATIONS });
    return items.map((source) => ({ data: locationOf(source) }));
  });
  serve(app, getLocation, async ({ params }, caller) => locationOf(await sources.get(caller, params.id)));
}
