import { availableParallelism } from 'node:os';
import type { Database } from '@waymark/db';
import type { Logger } from 'pino';
import {
  allowedHostsOf,
  createIntegrations,
  createOutboundFetch,
  type ReadingSettings,
} from '../../platform/outbound/index.ts';
import { openRepositoryReading, type TipFiles } from '../repositories/index.ts';
import { createDiscoveryReading } from './discovery-reading.ts';
import { createDiscoveryRepository } from './discovery.repository.ts';
import { createHostStateRepository } from './host-state.repository.ts';
import { createHostOpener } from './hosts/host-opener.ts';
import { createPoliteFetch, type FetchFrom } from './hosts/polite-fetch.ts';
import { createIngestionRepository, type IngestionRepository } from './ingestion.repository.ts';
import { createKindRules, type KindRulesSettings } from './kind-rules.ts';
import { createKnownFilesRepository } from './known-files.repository.ts';
import { createLeavingRepository, type LeavingRepository } from './leaving.repository.ts';
import { openReader, type ReaderSettings } from './open-reader.ts';
import { createDescriptorParser, type DescriptorParser } from './parsing/descriptor-parser.ts';
import { parserFingerprint, type CustomKind, type DescriptorLimits } from './parsing/parse-settings.ts';
import { startRefreshScheduler } from './refresh-scheduler.ts';
import { createSourceFingerprint } from './source-fingerprint.ts';
import { createSourceReading, type SourceReading } from './source-reading.ts';
import type { SourceDeclaration } from './source-row.repository.ts';
import { createSourcesRepository, SOURCES_CHANNEL, type SourcesRepository } from './sources.repository.ts';

/** What reading sources depends on. */
export interface SourceReadingSetup {
  database: Database;
  log: Logger;
  /** Folder for Git mirrors. */
  home: string;
  kinds: CustomKind[];
  limits: DescriptorLimits & { maxFiles: number };
  /** Which servers may be asked, with what token. */
  outbound: ReadingSettings;
  refreshIntervalMs: number;
  /** Which kinds may come from where. */
  kindRules: KindRulesSettings;
  /** What is known of the repositories of this server, shared with whoever publishes to them in this process. */
  tips?: TipFiles;
  maxParserProcesses?: number;
  now?: () => Date;
}

export interface SourcesWorkerOptions extends SourceReadingSetup {
  /** All sources there shall be; what is declared no more goes, with its entities. */
  declarations: readonly SourceDeclaration[];
}

/** The part of the server that reads sources into the catalog. */
export interface SourcesWorker {
  stop(): Promise<void>;
}

/** One core is busy with storing and answering; a process more than the others can run costs memory and no time less. */
const MAX_PARSER_PROCESSES = Math.max(1, Math.min(availableParallelism() - 1, 4));
/** After so long without a file the parsers of a large reading give their memory back. */
const PARSER_IDLE_MS = 60_000;
/** Sources read at once: mostly waiting for git, for the disk, and for their turn to write. */
const PARALLEL_READS = 4;

/** Everything that reads a source, without the queue that says when. */
export interface SourceReadingParts extends AsyncDisposable {
  sources: SourcesRepository;
  ingestion: IngestionRepository;
  leaving: LeavingRepository;
  reading: SourceReading;
  parser: Pick<DescriptorParser, 'warmUp'>;
}

/** What decides over the content of a file. */
function createVerdicts(setup: SourceReadingSetup, limits: DescriptorLimits) {
  const { kinds, maxParserProcesses = MAX_PARSER_PROCESSES } = setup;
  const kindRules = createKindRules(setup.kindRules);
  return {
    kindRules,
    parser: createDescriptorParser({
      kinds,
      limits,
      ...{ minProcesses: 1, maxProcesses: maxParserProcesses, idleMs: PARSER_IDLE_MS },
    }),
    fingerprintOf: createSourceFingerprint(parserFingerprint(kinds, limits), kindRules),
  };
}

/** What leads to other servers, and to the repositories of this one. */
function createOutbound({ database, home, outbound, tips }: SourceReadingSetup, now: () => Date) {
  const fetch = createOutboundFetch({ hosts: allowedHostsOf(outbound) });
  const integrations = createIntegrations(outbound.integrations, outbound.app.baseUrl);
  const hostCalls = { fetch, now, state: createHostStateRepository(database) };
  const openHost = createHostOpener({ ...hostCalls, integrations });
  const fetchFrom: FetchFrom = (host) => createPoliteFetch({ ...hostCalls, host });
  return {
    fetch,
    fetchFrom,
    integrations,
    openHost,
    kept: openRepositoryReading({ database, home, ...(tips && { tips }) }),
  };
}

/** Puts together what reads sources. */
export function createSourceReadingParts(setup: SourceReadingSetup): SourceReadingParts {
  const { database, log, home, limits, refreshIntervalMs, now = () => new Date() } = setup;
  const sources = createSourcesRepository(database, refreshIntervalMs / 1000);
  const ingestion = createIngestionRepository(database);
  const leaving = createLeavingRepository(database);
  const { maxFiles, ...parseLimits } = limits;
  const verdicts = createVerdicts(setup, parseLimits);
  const outbound = createOutbound(setup, now);
  const readerSettings: ReaderSettings = { home, maxFiles, maxFileBytes: limits.maxFileBytes, ...outbound };
  const reading = createSourceReading({
    ...{ sources, ingestion, leaving, ...verdicts, refreshIntervalMs, now, log },
    discovery: createDiscoveryReading({
      repositories: createDiscoveryRepository(database),
      openHost: outbound.openHost,
      removeSource: (id) => removeSource(id, sources, ingestion, log),
      fingerprintOf: verdicts.fingerprintOf,
    }),
    knownFiles: createKnownFilesRepository(database),
    openReader: (source) => openReader(source, readerSettings),
  });
  return {
    ...{ sources, ingestion, leaving, reading },
    parser: verdicts.parser,
    async [Symbol.asyncDispose]() {
      await verdicts.parser.close();
      await outbound.fetch.close();
    },
  };
}

export async function startSourcesWorker(options: SourcesWorkerOptions): Promise<SourcesWorker> {
  const { database, log } = options;
  const now = options.now ?? (() => new Date());
  const parts = createSourceReadingParts(options);
  const { sources, ingestion, leaving, reading, parser } = parts;
  parser.warmUp();
  await declareSources(options.declarations, sources, ingestion, log);
  await leaving.renewDeadlines();
  const scheduler = await startRefreshScheduler({
    database,
    sources,
    read: (sourceId, signal) => reading.read(sourceId, signal),
    finishLeaves: () => leaving.finishLeaves(),
    concurrency: PARALLEL_READS,
    subscribe: (handlers) =>
      database.listen(SOURCES_CHANNEL, {
        onConnectionLost: (error) =>
          log.warn({ err: error }, 'sources: requests are polled until reconnected'),
        ...handlers,
      }),
    now,
    log,
  });
  return {
    async stop() {
      await scheduler.stop();
      await parts[Symbol.asyncDispose]();
    },
  };
}

/** Brings the table of sources in line with what is declared. */
export async function declareSources(
  declarations: readonly SourceDeclaration[],
  sources: SourcesRepository,
  ingestion: IngestionRepository,
  log: Logger,
): Promise<void> {
  for (const id of await sources.declare(declarations)) await removeSource(id, sources, ingestion, log);
}

/** Takes a source away, with what only it provided. */
async function removeSource(
  id: string,
  sources: SourcesRepository,
  ingestion: IngestionRepository,
  log: Logger,
): Promise<void> {
  await ingestion.ingestAtOnce(id, async (open, transaction) => {
    const { removed } = await open.merge({ listedPaths: [], isComplete: true });
    await sources.remove(transaction, id);
    log.info({ sourceId: id, removed }, 'sources: no longer there, removed with its entities');
  });
}
