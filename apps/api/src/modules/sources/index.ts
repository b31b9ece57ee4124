import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Caller } from '../../platform/auth/caller.ts';
import { createNews, type SubscribeToNews } from '../../platform/news.ts';
import {
  allowedHostsOf,
  createIntegrations,
  createOutboundFetch,
  type ReadingSettings,
} from '../../platform/outbound/index.ts';
import { openRepositoryReading } from '../repositories/index.ts';
import { createContentPlaceRepository } from './content/content-place.repository.ts';
import { createSourceContent, type SourceContent } from './content/source-content.ts';
import { createHostStateRepository } from './host-state.repository.ts';
import { createHostOpener } from './hosts/host-opener.ts';
import { createPoliteFetch, type FetchFrom } from './hosts/polite-fetch.ts';
import { createIngestionRepository } from './ingestion.repository.ts';
import { createKindRules, type KindRulesSettings } from './kind-rules.ts';
import { openReader } from './open-reader.ts';
import { createDescriptorParser } from './parsing/descriptor-parser.ts';
import type { CustomKind, DescriptorLimits } from './parsing/parse-settings.ts';
import { createRepositoryHosts } from './readers/url/repository-hosts.ts';
import { withRegistrationPolicy } from './registration.policy.ts';
import { createRegistrationRepository } from './registration.repository.ts';
import { registrationRoutes } from './registration.routes.ts';
import { createRegistrationService } from './registration.service.ts';
import { createRegisteredReadsRepository } from './registered-reads.repository.ts';
import { createSourceAnalyst } from './source-analyst.ts';
import { createSourceRegistrar, LOOK_AGAIN_MS, type SourceRegistrar } from './source-registrar.ts';
import { createEntityRemovalRepository } from './entity-removal.repository.ts';
import { withSourcesPolicy } from './sources.policy.ts';
import {
  createSourcesRepository,
  SOURCES_READ_CHANNEL,
  type SourcesRepository,
} from './sources.repository.ts';
import { sourcesRoutes } from './sources.routes.ts';
import { createSourcesService } from './sources.service.ts';

export {
  createSourceContent,
  type SourceContent,
  type SourceContentOptions,
} from './content/source-content.ts';
export type { ContentFile, ContentFolder } from './content/content-folder.ts';
export type { ContentPlace } from './content/content-place.repository.ts';
export { guardedGitSettings } from './readers/git-guard.ts';
export { SourceReadError } from './readers/source-reader.ts';
export { targetLeadsTo } from './readers/descriptor-paths.ts';
export { compileGlob, GlobError, hasMagic, type PathMatcher } from './readers/path-glob.ts';
export { startSourcesWorker, type SourcesWorker, type SourcesWorkerOptions } from './sources-worker.ts';
export { declarationsOf } from './provider-declarations.ts';
export {
  requestReadsAfter,
  requestReadsOfKeptRepository,
  type SourceChange,
} from './source-change.repository.ts';
export type { RegisteredSource, SourceRegistrar } from './source-registrar.ts';
export type { SourceDeclaration } from './source-row.repository.ts';

/** Sources as the HTTP side of the server sees them. */
export interface SourcesModule {
  mount(app: FastifyInstance): void;
  /** Asks for a read of a source on behalf of a caller whose right to it was checked. */
  requestRefresh(sourceId: string, caller: Caller): Promise<void>;
  close(): Promise<void>;
  /** Takes an entity out of the catalog for such a caller; false when it had gone already. */
  removeEntity(entityId: number, caller: Caller): Promise<boolean>;
}

export interface SourcesModuleOptions {
  database: Database;
  freshnessTargetSeconds: number;
  /** Folder for Git mirrors. */
  home: string;
  kinds: CustomKind[];
  limits: DescriptorLimits & { maxFiles: number };
  kindRules: KindRulesSettings;
  outbound: ReadingSettings;
}

/** For looking at sources before they are registered; reading them is the worker's. */
const ANALYSIS_PROCESSES = { minProcesses: 0, maxProcesses: 1, idleMs: 60_000 };

/** State and registration of sources. The reading itself is done by the worker. */
export function createSourcesModule(options: SourcesModuleOptions): SourcesModule {
  const { database, freshnessTargetSeconds } = options;
  const sources = createSourcesRepository(database, freshnessTargetSeconds);
  const service = createSourcesService(sources);
  const guarded = withSourcesPolicy(service, guestMayDoEverything);
  const registration = openRegistration(options, sources);
  const removal = createEntityRemovalRepository(database);
  return {
    mount(app) {
      sourcesRoutes(app, guarded);
      registrationRoutes(app, withRegistrationPolicy(registration.service, guestMayDoEverything));
    },
    async requestRefresh(sourceId, caller) {
      await service.refresh(caller, sourceId);
    },
    removeEntity: (entityId, caller) => removal.remove(entityId, caller),
    close: () => registration.close(),
  };
}

/** Files that stand beside descriptors, for other parts of the server. */
export function openSourceContent({
  database,
  home,
  outbound,
}: Pick<SourcesModuleOptions, 'database' | 'home' | 'outbound'>): SourceContent {
  const fetch = createOutboundFetch({ hosts: allowedHostsOf(outbound) });
  const integrations = createIntegrations(outbound.integrations, outbound.app.baseUrl);
  const hostCalls = { fetch, now: () => new Date(), state: createHostStateRepository(database) };
  const fetchFrom: FetchFrom = (host) => createPoliteFetch({ ...hostCalls, host });
  const kept = openRepositoryReading({ database, home });
  return createSourceContent({
    ...{ home, fetch, fetchFrom, integrations },
    hosts: createRepositoryHosts({ fetchFrom, integrations, kept }),
    places: createContentPlaceRepository(database),
  });
}

/** Registration for other parts of the server, with the rights of whoever they act for. */
export function openSourceRegistrar(
  options: SourcesModuleOptions,
): SourceRegistrar & { close(): Promise<void> } {
  const sources = createSourcesRepository(options.database, options.freshnessTargetSeconds);
  const registration = openRegistration(options, sources);
  // Whoever waits looks again by himself; that the connection was lost, others tell.
  const subscribe: SubscribeToNews = (handlers) =>
    options.database.listen(SOURCES_READ_CHANNEL, { onConnectionLost: () => {}, ...handlers });
  const news = createNews(subscribe, LOOK_AGAIN_MS);
  const registrar = createSourceRegistrar({
    ...{ reads: createRegisteredReadsRepository(options.database), news },
    registration: withRegistrationPolicy(registration.service, guestMayDoEverything),
    requestRead: (id, caller) => sources.requestRead(id, caller),
  });
  return {
    ...registrar,
    async close() {
      await news.close();
      await registration.close();
    },
  };
}

function openRegistration(options: SourcesModuleOptions, sources: SourcesRepository) {
  const { database, kinds, home, outbound } = options;
  const { maxFiles, ...parseLimits } = options.limits;
  const fetch = createOutboundFetch({ hosts: allowedHostsOf(outbound) });
  const integrations = createIntegrations(outbound.integrations, outbound.app.baseUrl);
  const hostCalls = { fetch, now: () => new Date(), state: createHostStateRepository(database) };
  const openHost = createHostOpener({ ...hostCalls, integrations });
  const fetchFrom: FetchFrom = (host) => createPoliteFetch({ ...hostCalls, host });
  const kept = openRepositoryReading({ database, home });
  const limits = { maxFiles, maxFileBytes: parseLimits.maxFileBytes };
  const parser = createDescriptorParser({ kinds, limits: parseLimits, ...ANALYSIS_PROCESSES });
  const ingestion = createIngestionRepository(database);
  const registrations = createRegistrationRepository(database, ingestion, options.freshnessTargetSeconds);
  const analyst = createSourceAnalyst({
    ...{ registrations, parser, integrations, hosts: fetch.hosts },
    repositoryHosts: createRepositoryHosts({ fetchFrom, integrations, kept }),
    kindRules: createKindRules(options.kindRules),
    openReader: (source) =>
      openReader(source, { home, fetch, fetchFrom, integrations, openHost, kept, ...limits }),
  });
  return {
    service: createRegistrationService({
      ...{ registrations, analyst },
      findSource: (id) => sources.find(id),
      requestRead: (id, caller) => sources.requestRead(id, caller),
    }),
    async close() {
      await parser.close();
      await fetch.close();
    },
  };
}
