import { createApiClient, type ApiClient } from '@waymark/api-client';
import { getEntityByName, type Entity, type Source } from '@waymark/contracts';
import { openDatabase, type Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { pino, type Logger } from 'pino';
import { buildApp } from '../app.ts';
import type { CustomKind } from '../modules/sources/parsing/parse-settings.ts';
import { sourceKey, type SourceDeclaration } from '../modules/sources/source-row.repository.ts';
import { createSourceReadingParts, declareSources } from '../modules/sources/sources-worker.ts';
import type { Config } from '../platform/config.ts';
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
  /** Both sides read it: rules, integrations, hosts that may be asked. */
  config?: Partial<Config>;
  /** Zero unless given: every source is due at any time. */
  refreshIntervalMs?: number;
  now?: () => Date;
  /** Where both sides log; nowhere unless given. */
  log?: Logger;
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
  /** Reads what is due, again and again until nothing is; resolves to how many reads that took. */
  readDue(): Promise<number>;
  /** Reads a source now and waits until this server shows the result. */
  read(sourceId: string): Promise<Source>;
  /** The entity of a ref, or undefined. */
  entity(kind: string, name: string, namespace?: string): Promise<Entity | undefined>;
}

export async function startCatalogHarness(options: CatalogHarnessOptions): Promise<CatalogHarness> {
  const log = options.log ?? pino({ level: 'silent' });
  const database = openDatabase({
    url: options.databaseUrl,
    applicationName: 'waymark-test',
    maxConnections: 6,
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
  const kinds = options.kinds ?? [];
  const settings = testConfig({ home: options.home, ...options.config });
  const config = { ...settings, catalog: { ...settings.catalog, kinds } };
  const app = await buildApp({ config, database, log });
  await app.ready();
  const api = createApiClient({ baseUrl: 'http://localhost', fetch: fetchInto(app) });
  const { sources, ingestion, reading, ...parts } = createSourceReadingParts({
    database,
    log,
    home: options.home,
    kinds,
    limits: { ...LIMITS, maxFiles: options.maxFiles ?? 100_000 },
    outbound: config,
    kindRules: config.catalog,
    refreshIntervalMs: options.refreshIntervalMs ?? 0,
    maxParserProcesses: 1,
    ...(options.now ? { now: options.now } : {}),
  });

  return {
    app,
    api,
    database,
    async declare(declarations) {
      await declareSources(declarations, sources, ingestion, log);
      const { rows } = await database.pool.query<{ id: string; key: string }>(
        'SELECT id, key FROM catalog_source WHERE key = ANY ($1::text[])',
        [declarations.map(sourceKey)],
      );
      return declarations.map((declaration) => {
        const key = sourceKey(declaration);
        return rows.find((row) => row.key === key)?.id ?? `undeclared:${declaration.target}`;
      });
    },
    async read(sourceId) {
      await reading.read(sourceId, new AbortController().signal);
      await app.catalog.catchUp();
      const source = await sources.find(sourceId);
      if (!source) throw new Error(`There is no source ${sourceId}.`);
      return source;
    },
    async readDue() {
      const now = options.now ?? (() => new Date());
      let reads = 0;
      for (let due = await sources.due(now(), 500); due.length > 0; due = await sources.due(now(), 500)) {
        for (const id of due) await reading.read(id, new AbortController().signal);
        reads += due.length;
      }
      await app.catalog.catchUp();
      return reads;
    },
    async entity(kind, name, namespace = 'default') {
      try {
        return await api.call(getEntityByName, { params: { kind, namespace, name }, query: {} });
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'catalog.entity-not-found')
          return undefined;
        throw error;
      }
    },
    async [Symbol.asyncDispose]() {
      await app.close();
      await parts[Symbol.asyncDispose]();
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
