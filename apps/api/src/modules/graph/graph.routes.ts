import { getGraph, getImpact } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { GraphService } from './graph.service.ts';

/** Mounts the graph's part of the contract. */
export function graphRoutes(app: FastifyInstance, graph: GraphService): void {
  serve(app, getGraph, ({ query }, caller) => graph.getGraph(caller, query));
  serve(app, getImpact, ({ query }, caller) => graph.getImpact(caller, query));
}
