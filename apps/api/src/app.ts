import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import underPressure from '@fastify/under-pressure';
import { getPortalInfo } from '@waymark/contracts';
import { demoCompany } from '@waymark/demo-organisation';
import type { Database } from '@waymark/db';
import fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { createApiDefinitionsModule } from './modules/api-definitions/index.ts';
import {
  CATALOG_CHANNEL,
  createCatalogModule,
  type CatalogModule,
  type Subscribe,
} from './modules/catalog/index.ts';
import { createGraphModule } from './modules/graph/index.ts';
import { createHistoryModule } from './modules/history/index.ts';
import { createIngestModule } from './modules/ingest/index.ts';
import { createOwnershipModule } from './modules/ownership/index.ts';
import { createNotificationsModule } from './modules/notifications/index.ts';
import { createScaffolderModule } from './modules/scaffolder/index.ts';
import { createRepositoriesModule } from './modules/repositories/index.ts';
import { createSearchModule } from './modules/search/index.ts';
import {
  createSourcesModule,
  requestReadsAfter,
  requestReadsOfKeptRepository,
  targetLeadsTo,
  type SourcesModuleOptions,
} from './modules/sources/index.ts';
import { descriptorLimits, type Config } from './platform/config.ts';
import { AppError } from './platform/errors/app-error.ts';
import { serveHealth } from './platform/health/health.ts';
import { answerClientError, answerFrameworkError } from './platform/http/early-errors.ts';
import { addErrorHandler, addNotFoundHandler } from './platform/http/error-doors.ts';
import { readJsonBodies } from './platform/http/json-body.ts';
import { serveMetrics } from './platform/http/metrics.ts';
import { collectOpenApi, serveOpenApi } from './platform/http/openapi.ts';
import { servePortalFiles } from './platform/http/portal-files.ts';
import { addRequestGuards } from './platform/http/request-guards.ts';
import { addSecurityHeaders } from './platform/http/security-headers.ts';
import { endSilentConnections } from './platform/http/silent-connections.ts';
import { serve } from './platform/http/serve.ts';
import { version } from './platform/version.ts';

const MAX_BODY_BYTES = 1024 * 1024;
/** A client that sends slower than this is cut off. */
const REQUEST_TIMEOUT_MS = 30_000;
const KEEP_ALIVE_TIMEOUT_MS = 65_000;
/** Beyond this delay of the event loop new requests are told to come back. */
const MAX_EVENT_LOOP_DELAY_MS = 1_500;
/** Smaller answers are not worth compressing. */
const COMPRESSION_THRESHOLD_BYTES = 1024;
/** Longer than any name that the descriptor format allows. */
const MAX_PARAMETER_LENGTH = 300;

declare module 'fastify' {
  interface FastifyInstance {
    /** For whoever has the server in its own process and must see its own writes. */
    catalog: Pick<CatalogModule, 'catchUp'>;
  }
}

export interface AppOptions {
  config: Config;
  database: Database;
  log: Logger;
  /** Folder of the built portal; absent when another process serves it. */
  portalDirectory?: string;
}

/** Composes the HTTP server: platform first, then the modules. It listens nowhere yet. */
export async function buildApp({
  config,
  database,
  log,
  portalDirectory,
}: AppOptions): Promise<FastifyInstance> {
  const app = createServer(log);
  const { catalog, mounted, stop } = createModules({ config, database, log });

  await addPlatform(app, config);
  serveHealth(app, {
    database: async () => {
      await database.pool.query('SELECT 1');
      return undefined;
    },
    catalog: catalog.readiness,
  });
  servePortalInfo(app, config);
  for (const module of mounted) module.mount(app);
  await serveOpenApi(app);
  const servePage = portalDirectory === undefined ? undefined : await servePortalFiles(app, portalDirectory);
  addNotFoundHandler(app, servePage);

  app.decorate('catalog', catalog);
  app.addHook('onReady', () => catalog.start());
  app.addHook('onClose', stop);
  return app;
}

/** Every module of the server, each given what it needs of the others. */
function createModules({ config, database, log }: Pick<AppOptions, 'config' | 'database' | 'log'>) {
  const sourcesOptions = sourcesModuleOptions({ config, database });
  const sources = createSourcesModule(sourcesOptions);
  const catalog = createCatalogModule({
    database,
    log,
    subscribe: subscribeToCatalog({ database, log }),
    kinds: config.catalog.kinds,
    leadsTo: targetLeadsTo,
    requestRefresh: (sourceId, caller) => sources.requestRefresh(sourceId, caller),
    removeEntity: (entityId, caller) => sources.removeEntity(entityId, caller),
  });
  const graph = createGraphModule({ reader: catalog.reader });
  const search = createSearchModule({ reader: catalog.reader });
  const ingest = createIngestModule({
    ...{ database, connections: config.ingest.connections, requestReads: requestReadsAfter },
  });
  const definitions = createApiDefinitionsModule({ database });
  const ownership = createOwnershipModule({
    ...{ database, reader: catalog.reader, freshnessTargetSeconds: config.catalog.refreshSeconds },
  });
  const history = createHistoryModule({ database, catalog });
  const repositories = createRepositoriesModule({
    ...{ database, home: config.home, baseUrl: config.app.baseUrl, limits: config.repositories },
    requestReads: requestReadsOfKeptRepository,
  });
  const notifications = createNotificationsModule({ database });
  const scaffolder = createScaffolderModule({
    ...{ config, database, log, sources: sourcesOptions, hosting: repositories.hosting },
    reader: catalog.reader,
  });
  return {
    catalog,
    mounted: [
      ...[catalog, graph, search, definitions, sources, history, ingest, ownership],
      ...[repositories, notifications, scaffolder],
    ],
    stop: async () => {
      await catalog.stop();
      await definitions.stop();
      await scaffolder.close();
      await sources.close();
      await repositories.close();
    },
  };
}

/** Announcements of changes of the catalog. */
function subscribeToCatalog({ database, log }: Pick<AppOptions, 'database' | 'log'>): Subscribe {
  return (handlers) =>
    database.listen(CATALOG_CHANNEL, {
      onConnectionLost: (error) => log.warn({ err: error }, 'catalog: changes are polled until reconnected'),
      ...handlers,
    });
}

/** How sources are read and registered in this configuration, whoever asks for it. */
export function sourcesModuleOptions({
  config,
  database,
}: Pick<AppOptions, 'config' | 'database'>): SourcesModuleOptions {
  return {
    ...{ database, home: config.home, freshnessTargetSeconds: config.catalog.refreshSeconds },
    ...{ kinds: config.catalog.kinds, limits: descriptorLimits(config), kindRules: config.catalog },
    outbound: config,
  };
}

function createServer(log: Logger): FastifyInstance {
  // Widened here: the logger's own type would spread over every signature that names the server.
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    genReqId: () => randomUUID(),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    // Failures are logged by the error doors; a line for each success would cost more than most requests.
    logController: new LogController({ disableRequestLogging: true }),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
    routerOptions: { maxParamLength: MAX_PARAMETER_LENGTH },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  endSilentConnections(app);
  return app;
}

/** What every route stands on. Hooks and the error handler must be there before the first route. */
async function addPlatform(app: FastifyInstance, config: Config): Promise<void> {
  addErrorHandler(app);
  addSecurityHeaders(app);
  readJsonBodies(app);
  addRequestGuards(app, { isGuestMode: config.auth.guest, baseUrl: config.app.baseUrl });
  await app.register(compress, { threshold: COMPRESSION_THRESHOLD_BYTES, encodings: ['br', 'gzip'] });
  await app.register(underPressure, {
    maxEventLoopDelay: MAX_EVENT_LOOP_DELAY_MS,
    pressureHandler: (request) => {
      // A busy server is alive: whoever asks for its health must learn that.
      if (request.routeOptions.config.permission === 'public') return;
      throw new AppError(
        'server.overloaded',
        'The server has more to do than it can. Try again in a moment.',
      );
    },
  });
  await collectOpenApi(app, version);
  await serveMetrics(app);
}

function servePortalInfo(app: FastifyInstance, config: Config): void {
  serve(app, getPortalInfo, async (_, { actor }) => ({
    title: config.app.title,
    organizationName: config.organization.name ?? (config.demo ? demoCompany.title : config.app.title),
    version,
    isDemo: config.demo,
    isGuestMode: config.auth.guest,
    actor: { ref: actor.ref },
  }));
}
