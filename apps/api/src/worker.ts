import type { DemoFolder, DemoLocation } from '@waymark/demo-organisation';
import { sourcesModuleOptions } from './app.ts';
import { createTipFiles, openRepositoryHosting } from './modules/repositories/index.ts';
import { startScaffolderWorker } from './modules/scaffolder/index.ts';
import {
  declarationsOf,
  requestReadsOfKeptRepository,
  startSourcesWorker,
  type SourceDeclaration,
} from './modules/sources/index.ts';
import { descriptorLimits, type Config } from './platform/config.ts';
import type { Database } from '@waymark/db';
import type { Logger } from 'pino';

export interface WorkerOptions {
  config: Config;
  database: Database;
  log: Logger;
  /** Where the demo organisation lies, when it is loaded. */
  demoLocations: readonly (DemoLocation | DemoFolder)[];
}

/** The part of the server that works in the background. */
export interface Worker {
  stop(): Promise<void>;
}

/** Starts everything that runs without a request: reading the sources of the catalog, and running templates. */
export async function startWorker({ config, database, log, demoLocations }: WorkerOptions): Promise<Worker> {
  const { locations, providers, kinds, refreshSeconds } = config.catalog;
  const tips = createTipFiles();
  const sources = await startSourcesWorker({
    database,
    log,
    tips,
    home: config.home,
    declarations: [
      ...locations.map(declarationOf),
      ...declarationsOf(providers),
      ...demoLocations.map((location) => ({ ...location, origin: 'demo' as const })),
    ],
    kinds,
    limits: descriptorLimits(config),
    refreshIntervalMs: refreshSeconds * 1000,
    kindRules: config.catalog,
    outbound: config,
  });
  await using parts = new AsyncDisposableStack();
  parts.defer(() => sources.stop());
  const scaffolder = await startScaffolderWorker({
    ...{ config, database, log },
    sources: sourcesModuleOptions({ config, database }),
    hosting: openRepositoryHosting({
      ...{ database, home: config.home, baseUrl: config.app.baseUrl, tips },
      requestReads: requestReadsOfKeptRepository,
    }),
  });
  // Runs wait for sources to be read, so they end first.
  parts.defer(() => scaffolder.stop());
  const started = parts.move();
  return { stop: () => started.disposeAsync() };
}

type Location = Config['catalog']['locations'][number];

function declarationOf({ type, target, branch, path }: Location): SourceDeclaration {
  return {
    ...{ type, target, origin: 'config' },
    ...(branch === undefined ? {} : { branch }),
    ...(path === undefined ? {} : { path }),
  };
}
