import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { Source, SourceConflict, SourceProblem, SourceState } from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { decodePlace, encodePlace } from './place-cursor.ts';
import { sumRepositories } from './repository-sums.repository.ts';
import { createReadingsRepository, type ReadingsRepository } from './readings.repository.ts';
import { DECLARE, REQUEST_READ, UNDECLARED } from './sources.sql.ts';
import {
  conflictOf,
  sourceKey,
  sourceOf,
  type ConflictRow,
  type SourceDeclaration,
  type SourceRow,
} from './source-row.repository.ts';

/** NOTIFY channel on which a request for a read is announced to the workers. */
export const SOURCES_CHANNEL = 'waymark_sources';
/** NOTIFY channel on which the ids of sources are announced that were read. */
export const SOURCES_READ_CHANNEL = 'waymark_sources_read';

/** One page of a list, with the cursor of the next. */
export interface Page<Item> {
  items: Item[];
  nextCursor?: string;
}

interface PageRequest {
  limit: number;
  cursor?: string | undefined;
}

/** Which sources a list shows: those of one discovery, or all but those of discoveries. */
export interface SourceListRequest extends PageRequest {
  parentId?: string | undefined;
  state?: SourceState | undefined;
}

/** State of sources, their readings, problems and conflicts. */
export interface SourcesRepository extends ReadingsRepository {
  list(page: SourceListRequest): Promise<Page<Source>>;
  find(id: string): Promise<Source | undefined>;
  problems(id: string, page: PageRequest & { level?: string | undefined }): Promise<Page<SourceProblem>>;
  conflicts(id: string, page: PageRequest): Promise<Page<SourceConflict>>;
  /** Asks for a read: the state says so at once, with an audit row in the same transaction. */
  requestRead(id: string, caller: Caller): Promise<Source | undefined>;
  /**
   * Adds what is declared and new, and takes over changed settings; resolves to the ids of sources that
   * are declared no more, the repositories of a discovery before it.
   */
  declare(declarations: readonly SourceDeclaration[]): Promise<string[]>;
  remove(transaction: Transaction, id: string): Promise<void>;
}

export function createSourcesRepository(
  database: Database,
  freshnessTargetSeconds: number,
): SourcesRepository {
  const { pool, prisma } = database;
  const toSources = async (rows: readonly SourceRow[]): Promise<Source[]> => {
    const sums = await sumRepositories(database, rows);
    return rows.map((row) => sourceOf(row, freshnessTargetSeconds, sums.get(row.id)));
  };

  return {
    async list({ limit, cursor, parentId, state }) {
      const rows = await prisma.catalogSource.findMany({
        where: {
          parentId: parentId === undefined ? null : BigInt(parentId),
          ...(cursor === undefined ? {} : { id: { gt: BigInt(cursor) } }),
          ...(state === undefined ? {} : { state }),
        },
        orderBy: { id: 'asc' },
        take: limit + 1,
      });
      const items = await toSources(rows.slice(0, limit));
      return { items, ...(rows.length > limit ? { nextCursor: items.at(-1)?.id ?? '' } : {}) };
    },

    async find(id) {
      const row = await prisma.catalogSource.findUnique({ where: { id: BigInt(id) } });
      return row ? (await toSources([row]))[0] : undefined;
    },

    async problems(id, { limit, cursor, level }) {
      const [path, ordinal] = decodePlace(cursor);
      const { rows } = await pool.query<{ path: string; ordinal: string; problem: SourceProblem }>(
        `SELECT f.path, p.ordinal, p.problem
           FROM catalog_file f, jsonb_array_elements(f.problems) WITH ORDINALITY AS p(problem, ordinal)
          WHERE f.source_id = $1 AND f.problems <> '[]'
            AND (f.path, p.ordinal) > ($2, $3)
            AND ($4::text IS NULL OR p.problem ->> 'level' = $4)
          ORDER BY f.path, p.ordinal
          LIMIT $5`,
        [id, path, ordinal, level ?? null, limit + 1],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map((row) => row.problem),
        ...(rows.length > limit && last ? { nextCursor: encodePlace(last.path, last.ordinal) } : {}),
      };
    },

    async conflicts(id, { limit, cursor }) {
      const [ref, entityId] = decodePlace(cursor);
      const { rows } = await pool.query<ConflictRow>(
        `SELECT e.id, e.ref, f.path, e.line, h.source_id AS holder_source_id, s.target AS holder_target,
                hf.path AS holder_path, h.line AS holder_line
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           JOIN catalog_entity h ON h.ref = e.ref AND h.is_holder
           JOIN catalog_file hf ON hf.id = h.file_id
           JOIN catalog_source s ON s.id = h.source_id
          WHERE e.source_id = $1 AND NOT e.is_holder AND (e.ref, e.id) > ($2, $3)
            AND (f.location = '' OR f.location <> hf.location)
          ORDER BY e.ref, e.id
          LIMIT $4`,
        [id, ref, entityId, limit + 1],
      );
      const page = rows.slice(0, limit);
      const last = page.at(-1);
      return {
        items: page.map(conflictOf),
        ...(rows.length > limit && last ? { nextCursor: encodePlace(last.ref, last.id) } : {}),
      };
    },

    async requestRead(id, { actor, requestId }) {
      const isKnown = await inTransaction(database, async (transaction) => {
        const { rowCount } = await transaction.query(REQUEST_READ, [id]);
        if (rowCount === 0) return false;
        recordChange(transaction, {
          audit: { actor: actor.ref, action: 'source.refresh', target: `source:${id}`, requestId },
          notify: [{ channel: SOURCES_CHANNEL, payload: id }],
        });
        return true;
      });
      return isKnown ? this.find(id) : undefined;
    },

    async declare(declarations) {
      const rows = declarations.map((declaration) => ({
        key: sourceKey(declaration),
        type: declaration.type,
        target: declaration.target,
        branch: declaration.branch ?? null,
        path: declaration.path ?? null,
        origin: declaration.origin,
        settings: declaration.settings ?? null,
      }));
      await pool.query(DECLARE, [JSON.stringify(rows)]);
      const { rows: stale } = await pool.query<{ id: string }>(UNDECLARED, [rows.map(({ key }) => key)]);
      return stale.map(({ id }) => id);
    },

    async remove(transaction, id) {
      await transaction.query('DELETE FROM catalog_source WHERE id = $1', [id]);
    },

    ...createReadingsRepository(database),
  };
}
