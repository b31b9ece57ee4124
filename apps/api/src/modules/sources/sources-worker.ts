import type { Database } from '@waymark/db';
import type { Logger } from 'pino';
import { createIngestionRepository, type IngestionRepository } from './ingestion.repository.ts';
import { createDescriptorParser } from './parsing/descriptor-parser.ts';
import { parserFingerprint, type CustomKind, type DescriptorLimits } from './parsing/parse-settings.ts';
import { createFileReader } from './readers/file-reader.ts';
import { createGitReader } from './readers/git-reader.ts';
import type { SourceReader } from './readers/source-reader.ts';
import { startRefreshScheduler } from './refresh-scheduler.ts';
import { createSourceReading } from './source-reading.ts';
import type { SourceDeclaration, SourceToRead } from './source-row.repository.ts';
import { createSourcesRepository, SOURCES_CHANNEL, type SourcesRepository } from './sources.repository.ts';

export interface SourcesWorkerOptions {
  database: Database;
  log: Logger;
  /** Folder for Git mirrors. */
  home: string;
  /** All sources there shall be; what is declared no more goes, with its entities. */
  declarations: readonly SourceDeclaration[];
  kinds: CustomKind[];
  limits: DescriptorLimits & { maxFiles: number };
  refreshIntervalMs: number;
  now?: () => Date;
}

/** The part of the server that reads sources into the catalog. */
export interface SourcesWorker {
  stop(): Promise<void>;
}

/** Parser threads: two cores are the common machine. */
const PARSER_THREADS = 2;
/** Sources read at once: mostly waiting for git, for the disk, and for their turn to write. */
const PARALLEL_READS = 4;

export async function startSourcesWorker(options: SourcesWorkerOptions): Promise<SourcesWorker> {
  const { database, log, limits, kinds } = options;
  const now = options.now ?? (() => new Date());
  const sources = createSourcesRepository(database, options.refreshIntervalMs / 1000);
  const ingestion = createIngestionRepository(database);
  const { maxFiles, ...parseLimits } = limits;
  const parser = createDescriptorParser({ kinds, limits: parseLimits, maxThreads: PARSER_THREADS });
  const reading = createSourceReading({
    sources,
    ingestion,
    parser,
    openReader: (source) =>
      openReader(source, { home: options.home, maxFiles, maxFileBytes: limits.maxFileBytes }),
    fingerprint: parserFingerprint(kinds, parseLimits),
    refreshIntervalMs: options.refreshIntervalMs,
    now,
    log,
  });
  await declareSources(options.declarations, sources, ingestion, log);
  const scheduler = await startRefreshScheduler({
    databaseUrl: database.url,
    sources,
    read: (sourceId, signal) => reading.read(sourceId, signal),
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
      await parser.close();
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
  for (const id of await sources.declare(declarations)) {
    await ingestion.ingest(id, async (open, transaction) => {
      const { removed } = await open.merge({ listedPaths: [], isComplete: true });
      await sources.remove(transaction, id);
      log.info({ sourceId: id, removed }, 'sources: no longer declared, removed with its entities');
    });
  }
}

/** The reader for a source's type. */
export function openReader(
  { type, target, branch, path }: SourceToRead,
  settings: { home: string; maxFiles: number; maxFileBytes: number },
): SourceReader {
  return type === 'git'
    ? createGitReader({ ...settings, url: target, branch, pattern: path })
    : createFileReader({ ...settings, target, pattern: path });
}
