import { inLongTransaction, inTransaction, type Database, type Transaction } from '@waymark/db';
import type { SourceProblem } from '@waymark/contracts';
import { KEEP_ENDING_VERSIONS } from './ending.sql.ts';
import { withIncomingTables } from './incoming.repository.ts';
import * as incoming from './incoming.sql.ts';
import * as sql from './ingestion.sql.ts';
import { announce, nextMoment, passOn, removeDoomed, runOn } from './catalog-write.repository.ts';
import { leaveInsteadOfGoing } from './leaving.repository.ts';
import * as leaving from './leaving.sql.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';
import type { SourceChanges } from './readers/source-reader.ts';
import { SOURCES_READ_CHANNEL } from './sources.repository.ts';

/** Rows that one statement takes: bounds the text that is in memory at once. */
const ROWS_PER_STATEMENT = 2_000;
/** From this many on PostgreSQL is told how many rows there are, and claims get indexes. */
const MANY = 200;

/** What one reading changed. */
export interface IngestionResult {
  version: number;
  added: number;
  changed: number;
  removed: number;
}

/** A file whose parsing is done, with the id that its content goes by. */
export interface IncomingFile extends ParsedFile {
  contentId: string;
  /** `type:target` of the file itself, by which the same file is known in another source. */
  location: string;
  /** What decides beside the content whether the file has to be read again. */
  dependencies: { references: Record<string, string>; failures: Record<string, string> } | null;
}

/** How a reading ends. */
export interface IngestionEnd {
  /** All paths that the source has now, unchanged ones too. */
  listedPaths: readonly string[];
  /** False: what is not listed is not known to be gone. */
  isComplete: boolean;
  /**
   * What this reading has no more may have moved to another source, so it stays until those were read. Without
   * it, as when the source itself goes, it goes at once.
   */
  mayHaveMoved?: boolean;
  /** Commits of the files that changed or went, where the source keeps any. */
  changes?: SourceChanges | undefined;
}

/** An open reading: files are handed over as they are parsed, and merged at the end in one go. */
export interface Ingestion {
  addFiles(files: readonly IncomingFile[]): Promise<void>;
  merge(end: IngestionEnd): Promise<IngestionResult>;
}

type Ingest = <Result>(
  sourceId: string,
  work: (ingestion: Ingestion, transaction: Transaction) => Promise<Result>,
) => Promise<Result>;

/** Writes of the catalog: by set, one transaction a source, only what changed. */
export interface IngestionRepository {
  /**
   * Runs `work` with an open reading in one transaction; whatever it throws leaves the catalog as it
   * was. State that must agree with the result is written on the same transaction.
   */
  ingest: Ingest;
  /** The same for what takes a moment, as when a source goes: it does not wait for readings to take their turn. */
  ingestAtOnce: Ingest;
}

export function createIngestionRepository(database: Database): IngestionRepository {
  const ingestIn =
    (transact: typeof inTransaction): Ingest =>
    (sourceId, work) =>
      transact(database, (transaction) =>
        withIncomingTables(transaction, () => work(openIngestion(transaction, sourceId), transaction)),
      );
  return { ingest: ingestIn(inLongTransaction), ingestAtOnce: ingestIn(inTransaction) };
}

function openIngestion(transaction: Transaction, sourceId: string): Ingestion {
  let documents = 0;
  return {
    async addFiles(files) {
      for (const { rowCount } of files) documents += rowCount;
      await insertInChunks(
        transaction,
        incoming.INSERT_INCOMING_FILES,
        files.map((file) => JSON.stringify(toFileRow(file))),
      );
      const rows = files.map((file) => file.rows).filter(({ length }) => length > 0);
      if (rows.length > 0) await transaction.copyIn(incoming.COPY_INCOMING_DOCUMENTS, rows);
    },
    merge: (end) => merge(transaction, sourceId, end, documents >= MANY),
  };
}

async function merge(
  transaction: Transaction,
  sourceId: string,
  end: IngestionEnd,
  hasManyClaims: boolean,
): Promise<IngestionResult> {
  const run = runOn(transaction);
  transaction.send(incoming.INSERT_LISTED_FILES, [end.listedPaths]);
  await insertInChunks(transaction, incoming.INSERT_FILE_CHANGES, fileChangeRows(end.changes));
  if (end.listedPaths.length >= MANY) transaction.send(incoming.ANALYZE_INCOMING);
  const [moment, hadFiles] = await Promise.all([nextMoment(transaction), hasFiles(transaction, sourceId)]);
  const { version, at } = moment;
  const revision = end.changes?.revision ?? null;

  transaction.send(sql.UPSERT_FILES, [sourceId]);
  transaction.send(sql.INSERT_CLAIMS, [sourceId]);
  if (hasManyClaims) transaction.send(sql.INDEX_CLAIMS);
  const doomed =
    (hadFiles ? await doom(transaction, sourceId, end) : 0) + (await run(leaving.DOOM_TAKEN_OVER));
  const isEnding = doomed > 0;
  const left =
    isEnding && end.mayHaveMoved ? await leaveInsteadOfGoing(transaction, sourceId, moment, revision) : 0;
  if (hadFiles || isEnding) transaction.send(KEEP_ENDING_VERSIONS, [sourceId, at, revision]);
  const changed = hadFiles ? await updateKnown(transaction, [sourceId, version, at, revision]) : 0;
  const removed = isEnding ? await removeDoomed(transaction, version) : 0;
  if (hadFiles && end.isComplete) transaction.send(sql.DELETE_GONE_FILES, [sourceId]);
  const adding = countNewHolders(transaction, [sourceId, version, at, revision]);
  transaction.send(sql.TOUCH_NEW_EDGES, [sourceId, version]);
  if (isEnding) passOn(transaction, moment);
  transaction.send(sql.UPDATE_PROBLEM_COUNTS, [sourceId]);
  if (hasManyClaims) transaction.send(sql.DROP_CLAIM_INDEXES);

  const result = { version, added: await adding, changed, removed: removed + left };
  announce(transaction, sourceId, version, {
    event: { type: 'catalog.source-read', subject: `source:${sourceId}`, payload: result },
    notify: [{ channel: SOURCES_READ_CHANNEL, payload: sourceId }],
  });
  return result;
}

/** A source that had no file has nothing that could change or go: most statements would find nothing to do. */
async function hasFiles(transaction: Transaction, sourceId: string): Promise<boolean> {
  const { rows } = await transaction.query<{ has_files: boolean }>(sql.HAS_FILES, [sourceId]);
  return rows[0]?.has_files === true;
}

/** Finds what the reading has no more, and what only moved. Resolves to how many entities are to go. */
async function doom(
  transaction: Transaction,
  sourceId: string,
  { isComplete, mayHaveMoved = false }: IngestionEnd,
): Promise<number> {
  const run = runOn(transaction);
  const missing = await run(sql.DOOM_MISSING, sourceId);
  const gone = isComplete ? await run(sql.DOOM_GONE_FILES, sourceId, mayHaveMoved) : 0;
  const doomed = missing + gone;
  const moved = doomed > 0 ? await run(sql.FIND_RENAMED, sourceId) : 0;
  if (moved > 0) transaction.send(sql.RESCUE_RENAMED);
  if ((await run(leaving.FORGET_RETURNED, sourceId)) > 0) transaction.send(leaving.FORGET_AWAITED_READS);
  return doomed - moved;
}

/** Brings what the source had before to what its files say now. Resolves to how many entities changed. */
async function updateKnown(
  transaction: Transaction,
  [sourceId, version, at, revision]: [string, number, Date, string | null],
): Promise<number> {
  const run = runOn(transaction);
  transaction.send(sql.MOVE_RENAMED, [sourceId, version, at, revision]);
  transaction.send(sql.TOUCH_CHANGED_EDGES);
  const updating = Promise.all([
    run(sql.UPDATE_CHANGED, sourceId, version, at, revision),
    run(sql.UPDATE_HEALED, sourceId, version),
  ]);
  transaction.send(sql.UPDATE_PLACES, [sourceId]);
  transaction.send(sql.MARK_BROKEN, [sourceId, version]);
  const [changed, healed] = await updating;
  return changed + healed;
}

async function countNewHolders(transaction: Transaction, values: unknown[]): Promise<number> {
  const { rows } = await transaction.query<{ added: number }>(sql.INSERT_NEW, values);
  return rows[0]?.added ?? 0;
}

function fileChangeRows(changes: SourceChanges | undefined): string[] {
  return [...(changes?.byPath ?? [])].map(([path, { revision, changedBy, reason }]) =>
    JSON.stringify({ path, revision, changed_by: changedBy, reason }),
  );
}

async function insertInChunks(
  transaction: Transaction,
  statement: string,
  rows: readonly string[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await transaction.query(statement, [`[${rows.slice(start, start + ROWS_PER_STATEMENT).join(',')}]`]);
  }
}

function toFileRow(file: IncomingFile): {
  path: string;
  content_id: string;
  problems: SourceProblem[];
  broken_refs: string[];
  keeps_missing: boolean;
  location: string;
  dependencies: IncomingFile['dependencies'];
} {
  return {
    path: file.path,
    content_id: file.contentId,
    problems: file.problems,
    broken_refs: file.brokenRefs,
    keeps_missing: file.hasUnidentified,
    location: file.location,
    dependencies: file.dependencies,
  };
}
