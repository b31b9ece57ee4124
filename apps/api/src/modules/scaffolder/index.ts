import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Database } from '@waymark/db';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { guestMayDoEverything } from '../../platform/auth/authorize.ts';
import type { Config } from '../../platform/config.ts';
import { allowedHostsOf, createIntegrations, createOutboundFetch } from '../../platform/outbound/index.ts';
import type { JobWorker } from '../../platform/jobs/job-worker.ts';
import type { SubscribeToNews } from '../../platform/news.ts';
import { createEntityLookup, type CatalogReader } from '../catalog/index.ts';
import { openNotificationSender } from '../notifications/index.ts';
import type { RepositoryHosting } from '../repositories/index.ts';
import {
  guardedGitSettings,
  openSourceContent,
  openSourceRegistrar,
  type SourcesModuleOptions,
} from '../sources/index.ts';
import { createHostApis } from './actions/hosts/host-api.ts';
import { createHttpRequests } from './actions/http/http-requests.ts';
import { createActions, type ActionServices } from './actions/index.ts';
import { createTemplateEngine } from './engine/template-engine.ts';
import type { HostTypes } from './engine/template-task.ts';
import { createRunFollower } from './run-follower.ts';
import { createDryRunner } from './runs/dry-run.ts';
import { createRunEffectsRepository } from './runs/run-effects.repository.ts';
import { createRunExecutor } from './runs/run-executor.ts';
import { createRunLeftoversRepository } from './runs/run-leftovers.repository.ts';
import { startSweepingLeftovers } from './runs/run-leftovers.ts';
import { createRunProgressRepository } from './runs/run-progress.repository.ts';
import { RUN_REQUESTS_CHANNEL, RUNS_CHANNEL } from './runs/run-record.ts';
import { createRunUndoer } from './runs/run-undoer.ts';
import { startRunWorker } from './runs/run-worker.ts';
import { createRunsRepository } from './runs/runs.repository.ts';
import { createSecretBox } from './runs/secret-box.ts';
import { loadSecretKey } from './workspace/secret-key.ts';
import { withScaffolderPolicy } from './scaffolder.policy.ts';
import { scaffolderRoutes } from './scaffolder.routes.ts';
import { createScaffolderService } from './scaffolder.service.ts';
import { repositoryHostsOf } from './repository-hosts.ts';
import { createTemplateCatalog } from './templates/template-catalog.ts';

/** What both sides of the scaffolder stand on. */
export interface ScaffolderOptions {
  config: Config;
  database: Database;
  log: Logger;
  /** How sources are registered. */
  sources: SourcesModuleOptions;
  /** Repositories that this server keeps. */
  hosting: RepositoryHosting;
}

/** Templates and their runs, as the HTTP side of the server sees them. */
export interface ScaffolderModule {
  mount(app: FastifyInstance): void;
  close(): Promise<void>;
}

/** After so long without a template the processes for them give their memory back. */
const IDLE_MS = 10 * 60_000;
/** Processes that render for people who look at a template; runs are the worker's. */
const PREVIEW_PROCESSES = { minProcesses: 0, maxProcesses: 1, idleMs: IDLE_MS };
const RUN_PROCESSES = {
  minProcesses: 1,
  // One core is busy with everything else of a run: two processes on two cores take longer than one.
  maxProcesses: Math.max(1, Math.min(availableParallelism() - 1, 2)),
  idleMs: IDLE_MS,
};

export function createScaffolderModule(
  options: ScaffolderOptions & { reader: CatalogReader },
): ScaffolderModule {
  const { config, database, reader } = options;
  const parts = createParts(options, PREVIEW_PROCESSES);
  const { content, engine, actions } = parts;
  const service = createScaffolderService({
    templates: createTemplateCatalog(reader),
    placeOf: (ref) => content.placeOf(ref),
    readFolder: (place, target, signal) => content.readFolder(place, target, signal),
    runs: createRunsRepository(database),
    ...{ engine, actions },
    dryRunner: createDryRunner({ engine, actions, environment: config.scaffolder.defaultEnvironment }),
    secretBox: createSecretBox(loadSecretKey(config.home)),
    newTaskId: randomUUID,
    hosts: repositoryHostsOf(config),
    maxWaitingPerPerson: config.scaffolder.waitingTasksPerPerson,
  });
  const follower = createRunFollower(subscriber(options, RUNS_CHANNEL));
  return {
    mount(app) {
      scaffolderRoutes(app, withScaffolderPolicy(service, guestMayDoEverything), follower);
      // Before the server waits for its answers to end: a log that is followed never would.
      app.addHook('preClose', () => follower.close());
    },
    close: () => parts.close(),
  };
}

/** Starts what runs templates. */
export async function startScaffolderWorker(options: ScaffolderOptions): Promise<JobWorker> {
  const { config, database, log } = options;
  const { concurrentTasksLimit, concurrentTasksPerPerson, defaultEnvironment } = config.scaffolder;
  const parts = createParts(options, RUN_PROCESSES);
  const { engine, actions } = parts;
  const progress = createRunProgressRepository(database);
  const effects = createRunEffectsRepository(database);
  const box = createSecretBox(loadSecretKey(config.home));
  const worker = await startRunWorker({
    ...{ progress, log, database, subscribe: subscriber(options, RUN_REQUESTS_CHANNEL) },
    executor: createRunExecutor({
      ...{ progress, effects, engine, actions, log },
      environment: defaultEnvironment,
      home: config.home,
      decryptSecrets: (secrets) => box.decrypt(secrets),
    }),
    undoer: createRunUndoer({ progress, effects, actions, log }),
    concurrency: concurrentTasksLimit,
    concurrencyPerPerson: concurrentTasksPerPerson,
  });
  const leftovers = startSweepingLeftovers({
    ...{ leftovers: createRunLeftoversRepository(database), home: config.home, log },
  });
  return {
    async stop() {
      await leftovers.stop();
      await worker.stop();
      await parts.close();
    },
  };
}

function subscriber({ database, log }: ScaffolderOptions, channel: string): SubscribeToNews {
  return (handlers) =>
    database.listen(channel, {
      onConnectionLost: (error) => log.warn({ err: error, channel }, 'scaffolder: polled until reconnected'),
      ...handlers,
    });
}

function createParts(options: ScaffolderOptions, processes: typeof RUN_PROCESSES) {
  const { config, database } = options;
  const content = openSourceContent({ database, home: config.home, outbound: config });
  const hosts = hostTypesOf(config);
  const engine = createTemplateEngine({ hosts, ...processes });
  const registrar = openSourceRegistrar(options.sources);
  const lookup = createEntityLookup(database);
  const fetch = createOutboundFetch({ hosts: allowedHostsOf(config) });
  const httpRequests = createHttpRequests(config.scaffolder.httpRequest.allow);
  const services: ActionServices = {
    ...{ content, engine, httpRequests, notifications: openNotificationSender(database) },
    catalog: {
      register: (url, { actor, taskId }, signal) =>
        registrar.register(url, { actor, requestId: taskId }, signal),
      unregister: (id, { actor, taskId }) => registrar.unregister(id, { actor, requestId: taskId }),
      find: (refs) => lookup.find(refs),
    },
    debug: { maxWaitMs: config.scaffolder.maxWaitSeconds * 1000 },
    publishing: {
      hosting: options.hosting,
      openApi: createHostApis(createIntegrations(config.integrations), fetch),
      guardGit: (url) => guardedGitSettings(url, fetch.hosts),
      hosts: (host) => (Object.hasOwn(hosts, host) ? hosts[host] : undefined),
      can: guestMayDoEverything,
      defaults: { ...config.scaffolder.defaultAuthor, message: config.scaffolder.defaultCommitMessage },
    },
  };
  return {
    ...{ content, engine },
    actions: createActions(services),
    async close() {
      await engine.close();
      await registrar.close();
      await content.close();
      await fetch.close();
      await httpRequests.close();
    },
  };
}

/** Hosts of Git repositories that expressions know. */
function hostTypesOf(config: Config): HostTypes {
  return Object.fromEntries(repositoryHostsOf(config).map(({ host, type }) => [host, type]));
}
