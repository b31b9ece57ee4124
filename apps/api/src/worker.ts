import type { DemoFolder, DemoLocation } from '@waymark/demo-organisation';
import { startSourcesWorker, type SourceDeclaration } from './modules/sources/index.ts';
import type { Config } from './platform/config.ts';
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

const MAX_DOCUMENT_DEPTH = 100;
const MAX_ALIAS_COUNT = 20;

/** Starts everything that runs without a request: for now, reading the sources of the catalog. */
export async function startWorker({ config, database, log, demoLocations }: WorkerOptions): Promise<Worker> {
  const { locations, kinds, limits, refreshSeconds } = config.catalog;
  return startSourcesWorker({
    database,
    log,
    home: config.home,
    declarations: [
      ...locations.flatMap((location) => declarationOf(location, log)),
      ...demoLocations.map((location) => ({ ...location, origin: 'demo' as const })),
    ],
    kinds,
    limits: { ...limits, maxDepth: MAX_DOCUMENT_DEPTH, maxAliasCount: MAX_ALIAS_COUNT },
    refreshIntervalMs: refreshSeconds * 1000,
  });
}

type Location = Config['catalog']['locations'][number];

function declarationOf(location: Location, log: Logger): SourceDeclaration[] {
  const { type, target, branch, path } = location;
  if (type === 'url') {
    log.warn(
      { target },
      'catalog.locations: type url is not supported yet; use type git with the URL of the repository',
    );
    return [];
  }
  return [
    {
      type,
      target,
      origin: 'config',
      ...(branch === undefined ? {} : { branch }),
      ...(path === undefined ? {} : { path }),
    },
  ];
}
