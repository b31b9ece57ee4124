import { createApiClient, type ApiClient } from '@waymark/api-client';
import { getEntityByName, type Entity, type Source } from '@waymark/contracts';
import { openDatabase, type Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import { buildApp } from '../app.ts';
import { createIngestionRepository } from '../modules/sources/ingestion.repository.ts';
import {
  createDescriptorParser,
  type DescriptorParser,
} from '../modules/sources/parsing/descriptor-parser.ts';
import { parserFingerprint, type CustomKind } from '../modules/sources/parsing/parse-settings.ts';
import { createSourceReading } from '../modules/sources/source-reading.ts';
import { createSourcesRepository } from '../modules/sources/sources.repository.ts';
import type { SourceDeclaration } from '../modules/sources/source-row.repository.ts';
import { declareSources, openReader } from '../modules/sources/sources-worker.ts';
import { testConfig } from './test-config.ts';

const LIMITS = {
  maxFileBytes: 10 * 1024 * 1024,
  maxDocumentBytes: 1024 * 1024,
  maxDepth: 100,
  maxAliasCount: 20,
};

export interface CatalogHarnessOptions {
  databaseUrl: string;
  /** Folder for Git mirrors. */
  home: string;
  kinds?: CustomKind[];
  maxFiles?: number;
}

/**
 * A whole server in the test's process: the HTTP side as it runs, and the reading side without its
 * queue, so that a test says when a source is read.
 */
export interface CatalogHarness extends AsyncDisposable {
  readonly app: FastifyInstance;
  readonly api: ApiClient;
  readonly database: Database;
  /** Declares the sources, in this order and no others, and resolves to their ids. */
  declare(declarations: readonly SourceDeclaration[]): Promise<string[]>;
  /** Reads a source now and waits until this server shows the result. */
  read(sourceId: string): Promise<Source>;
  /** The entity of a ref, or undefined. */
  entity(kind: string, name: string, namespace?: string): Promise<Entity | undefined>;
}

export async function startCatalogHarness(options: CatalogHarnessOptions): Promise<CatalogHarness> {
  const log = pino({ level: 'silent' });
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: 'waymark-test',
    maxConnections: 6,
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  const app = await buildApp({ config: testConfig(), database, log });
  await app.ready();
  const api = createApiClient({ baseUrl: 'http://localhost', fetch: fetchInto(app) });
  const kinds = options.kinds ?? [];
  const sources = createSourcesRepository(database, 120);
  const ingestion = createIngestionRepository(database);
  const parser: DescriptorParser = createDescriptorParser({ kinds, limits: LIMITS, maxThreads: 1 });
  const settings = {
    home: options.home,
    maxFiles: options.maxFiles ?? 100_000,
    maxFileBytes: LIMITS.maxFileBytes,
  };
  const reading = createSourceReading({
    sources,
    ingestion,
    parser,
    openReader: (source) => openReader(source, settings),
    fingerprint: parserFingerprint(kinds, LIMITS),
    refreshIntervalMs: 0,
    now: () => new Date(),
    log,
  });

  return {
    app,
    api,
    database,
    async declare(declarations) {
      await declareSources(declarations, sources, ingestion, log);
      const { items } = await sources.list({ limit: 1000 });
      return declarations.map(
        ({ target }) => items.find((source) => source.target === target)?.id ?? `undeclared:${target}`,
      );
    },
    async read(sourceId) {
      await reading.read(sourceId, new AbortController().signal);
      await app.catalog.catchUp();
      const source = await sources.find(sourceId);
      if (!source) throw new Error(`There is no source ${sourceId}.`);
      return source;
    },
    async entity(kind, name, namespace = 'default') {
      try {
        return await api.call(getEntityByName, { params: { kind, namespace, name } });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'catalog.entity-not-found')
          return undefined;
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await parser.close();
      await database.close();
    },
  };
}

/** A `fetch` that goes into the application without a socket. */
export function fetchInto(app: FastifyInstance): typeof globalThis.fetch {
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const answer = await app.inject({
      // Fastify's own method names; the client uses no others.
      method: (init.method ?? 'GET') as 'GET',
      url: url.pathname + url.search,
      headers: { host: 'localhost', ...(init.headers as Record<string, string>) }, // the client passes a plain object
      ...(typeof init.body === 'string' ? { payload: init.body } : {}),
    });
    return new Response(answer.rawPayload.length === 0 ? null : new Uint8Array(answer.rawPayload), {
      status: answer.statusCode,
      headers: { 'content-type': String(answer.headers['content-type'] ?? '') },
    });
  };
}
