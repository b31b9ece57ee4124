import type { Database, Transaction } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { SourceChange } from '../sources/index.ts';
import { createIngestRepository } from './ingest.repository.ts';
import { ingestRoutes } from './ingest.routes.ts';
import { createIngestService, type WebhookConnection } from './ingest.service.ts';

export type { WebhookConnection } from './ingest.service.ts';

/** Webhooks of other systems. */
export interface IngestModule {
  mount(app: FastifyInstance): void;
}

export interface IngestModuleOptions {
  database: Database;
  connections: readonly WebhookConnection[];
  /** Asks for a read of the sources that a change concerns, on the same transaction. */
  requestReads: (transaction: Transaction, change: SourceChange) => Promise<string[]>;
}

/**
 * Takes deliveries of webhooks. There is no policy: who delivers has no account, and proves itself by the
 * secret of its connection.
 */
export function createIngestModule({
  database,
  connections,
  requestReads,
}: IngestModuleOptions): IngestModule {
  const service = createIngestService(connections, createIngestRepository(database, requestReads));
  return { mount: (app) => ingestRoutes(app, service) };
}
