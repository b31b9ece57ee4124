import { getEntityHistory, getEntityVersion, getEntityWhy } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { HistoryService } from './history.service.ts';

/** Mounts the history's part of the contract. */
export function historyRoutes(app: FastifyInstance, history: HistoryService): void {
  serve(app, getEntityHistory, ({ params, query }, caller) => history.history(caller, params, query));
  serve(app, getEntityVersion, ({ params }, caller) => history.version(caller, params, params.id));
  serve(app, getEntityWhy, ({ params }, caller) => history.why(caller, params));
}
