import { searchQuery } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { SearchService } from './search.service.ts';

/** Mounts the search's part of the contract. */
export function searchRoutes(app: FastifyInstance, search: SearchService): void {
  serve(app, searchQuery, ({ query }, caller) => search.search(caller, query));
}
