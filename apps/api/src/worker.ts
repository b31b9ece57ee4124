import type { DemoFolder, DemoLocation } from '@waymark/demo-organisation';
import { declarationsOf, startSourcesWorker, type SourceDeclaration } from './modules/sources/index.ts';
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

/** Starts everything that runs without a request: for now, reading the sources of the catalog. */
export async function startWorker({ config, database, log, demoLocations }: WorkerOptions): Promise<Worker> {
  const { locations, providers, kinds, refreshSeconds } = config.catalog;
  return startSourcesWorker({
    database,
    log,
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
}

type Location = Config['catalog']['locations'][number];

function declarationOf({ type, target, branch, path }: Location): SourceDeclaration {
  return {
    ...{ type, target, origin: 'config' },
    ...(branch === undefined ? {} : { branch }),
    ...(path === undefined ? {} : { path }),
  };
}
