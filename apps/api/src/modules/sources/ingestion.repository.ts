import { inTransaction, recordEvent, type Database, type Transaction } from '@waymark/db';
import type { SourceProblem } from '@waymark/contracts';
import { CATALOG_CHANNEL } from '../catalog/index.ts';
import * as sql from './ingestion.sql.ts';
import type { ParsedFile } from './parsing/parsed-file.ts';

/** Old enough that no running reader is still before it. */
const REMOVALS_KEPT_VERSIONS = 5_000;
/** Rows that one statement takes: bounds the text that is in memory at once. */
const ROWS_PER_STATEMENT = 2_000;

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
}

/** How a reading ends. */
export interface IngestionEnd {
  /** All paths that the source has now, unchanged ones too. */
  listedPaths: readonly string[];
  /** False: what is not listed is not known to be gone. */
  isComplete: boolean;
}

/** An open reading: files are handed over as they are parsed, and merged at the end in one go. */
export interface Ingestion {
  addFiles(files: readonly IncomingFile[]): Promise<void>;
  merge(end: IngestionEnd): Promise<IngestionResult>;
}

/** Writes of the catalog: by set, one transaction a source, only what changed. */
export interface IngestionRepository {
  /**
   * Runs `work` with an open reading in one transaction; whatever it throws leaves the catalog as it
   * was. State that must agree with the result is written on the same transaction.
   */
  ingest<Result>(
    sourceId: string,
    work: (ingestion: Ingestion, transaction: Transaction) => Promise<Result>,
  ): Promise<Result>;
  /** Content ids of the files of a source as they were last read, by path. */
  readContentIds(sourceId: string): Promise<Map<string, string>>;
  /** Paths of unchanged files with what their Location entities point at. */
  readLocationTargets(sourceId: string): Promise<{ path: string; target: string }[]>;
}

export function createIngestionRepository(database: Database): IngestionRepository {
  return {
    ingest: (sourceId, work) =>
      inTransaction(database, async (transaction) => {
        await transaction.query(sql.CREATE_INCOMING);
        return work(openIngestion(transaction, sourceId), transaction);
      }),

    async readContentIds(sourceId) {
      const { rows } = await database.pool.query<{ path: string; content_id: string }>(
        'SELECT path, content_id FROM catalog_file WHERE source_id = $1',
        [sourceId],
      );
      return new Map(rows.map((row) => [row.path, row.content_id]));
    },

    async readLocationTargets(sourceId) {
      const { rows } = await database.pool.query<{ path: string; target: string }>(
        `SELECT f.path, t.target
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id,
                LATERAL (
                  SELECT e.entity -> 'spec' ->> 'target' AS target
                  UNION ALL
                  SELECT json_array_elements_text(e.entity -> 'spec' -> 'targets')
                   WHERE json_typeof(e.entity -> 'spec' -> 'targets') = 'array'
                ) AS t
          WHERE e.source_id = $1 AND e.ref LIKE 'location:%' AND t.target IS NOT NULL`,
        [sourceId],
      );
      return rows;
    },
  };
}

function openIngestion(transaction: Transaction, sourceId: string): Ingestion {
  return {
    async addFiles(files) {
      await insertInChunks(
        transaction,
        sql.INSERT_INCOMING_FILES,
        files.map((file) => JSON.stringify(toFileRow(file))),
      );
      await insertInChunks(
        transaction,
        sql.INSERT_INCOMING_DOCUMENTS,
        files.flatMap((file) => file.rows),
      );
    },
    merge: (end) => merge(transaction, sourceId, end),
  };
}

async function merge(
  transaction: Transaction,
  sourceId: string,
  end: IngestionEnd,
): Promise<IngestionResult> {
  const run = async (statement: string, ...values: unknown[]) =>
    (await transaction.query(statement, values)).rowCount ?? 0;
  await run(sql.INSERT_LISTED_FILES, end.listedPaths);
  await transaction.query(sql.ANALYZE_INCOMING);
  const { rows } = await transaction.query<{ version: string }>(sql.NEXT_VERSION);
  const version = Number(rows[0]?.version);

  await run(sql.UPSERT_FILES, sourceId);
  await run(sql.INSERT_CLAIMS, sourceId);
  await transaction.query(sql.INDEX_CLAIMS);
  await run(sql.DOOM_MISSING, sourceId);
  if (end.isComplete) await run(sql.DOOM_GONE_FILES, sourceId);
  await run(sql.MOVE_RENAMED);
  await run(sql.TOUCH_CHANGED_EDGES);
  const changed = await run(sql.UPDATE_CHANGED, sourceId, version);
  await run(sql.UPDATE_PLACES, sourceId);
  await run(sql.MARK_BROKEN, sourceId, version);
  await run(sql.TOUCH_DOOMED_EDGES);
  const removed = await run(sql.LOG_REMOVALS, version);
  await run(sql.DELETE_DOOMED);
  if (end.isComplete) await run(sql.DELETE_GONE_FILES, sourceId);
  const added = await countNewHolders(transaction, sourceId, version);
  await run(sql.TOUCH_NEW_EDGES, sourceId, version);
  await run(sql.PROMOTE_RIVALS, version);
  await run(sql.BUMP_TOUCHED, version);
  await run(sql.UPDATE_COUNTS, sourceId, version);
  await run(sql.UPDATE_PROBLEM_COUNTS, sourceId);
  await run(sql.FORGET_OLD_REMOVALS, version - REMOVALS_KEPT_VERSIONS);
  await run(sql.ANNOUNCE, CATALOG_CHANNEL, String(version));

  const result = { version, added, changed, removed };
  await recordEvent(transaction, {
    type: 'catalog.source-read',
    subject: `source:${sourceId}`,
    payload: result,
  });
  return result;
}

async function countNewHolders(transaction: Transaction, sourceId: string, version: number): Promise<number> {
  const { rows } = await transaction.query<{ added: number }>(sql.INSERT_NEW, [sourceId, version]);
  return rows[0]?.added ?? 0;
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
} {
  return {
    path: file.path,
    content_id: file.contentId,
    problems: file.problems,
    broken_refs: file.brokenRefs,
    keeps_missing: file.hasUnidentified,
  };
}
