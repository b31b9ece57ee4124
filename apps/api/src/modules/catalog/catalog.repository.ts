import { inSnapshot, type Database } from '@waymark/db';
import type { EntityOrigin } from '@waymark/contracts';
import { withoutPassword } from '../../platform/shown-url.ts';

/** A row of the catalog as the read index takes it in. */
export interface EntityRow {
  id: number;
  ref: string;
  uid: string;
  version: number;
  isHolder: boolean;
  /** JSON text of the entity without uid, etag, relations and status. */
  entityJson: string;
  /** Declared edges, `type target-ref` on a line each. */
  relations: string;
}

/** The documents of an entity row that a full answer is made of. */
export interface DocumentRow {
  id: number;
  version: number;
  uid: string;
  entityJson: string;
  statusItemsJson: string | null;
}

/** Everything that changed after a version, read in one snapshot. */
export interface CatalogChanges {
  version: number;
  /** False: more changed than was asked for, or it is so long ago that not all is known. Nothing but all of it will do. */
  isComplete: boolean;
  rows: EntityRow[];
  removedIds: number[];
}

/** Where the entity of a ref comes from, without view and edit links. */
export type OriginRow = Omit<EntityOrigin, 'viewUrl' | 'editUrl'> & {
  annotations: Record<string, string>;
};

/** Where an entity stands in its source, and what it points at if it is a Location. */
export interface EntityPlace {
  ref: string;
  sourceId: string;
  /** Path of its file from the root of the source. */
  path: string;
  annotations: Record<string, string>;
  /** What `spec.target` and `spec.targets` name. */
  targets: string[];
}

interface RawPlaceRow {
  ref: string;
  source_id: string;
  path: string;
  annotations: Record<string, string> | null;
  target: unknown;
  targets: unknown;
}

interface RawEntityRow {
  id: string;
  ref: string;
  uid: string;
  version: string;
  is_holder: boolean;
  entity: string;
  relations: string;
}

/** A row is NULL but for the first two columns when nothing changed, and but for `id` and `version` when it is gone. */
type ChangeRow = { catalog_version: string; is_complete: boolean } & (
  { id: null } | { id: string; is_removed: true } | (RawEntityRow & { is_removed: false })
);

interface RawOriginRow {
  ref: string;
  source_id: string;
  target: string;
  path: string;
  line: number;
  document_index: number;
  descriptor_text: string;
  updated_at: Date;
  annotations: Record<string, string> | null;
  is_holder: boolean;
}

const ENTITY_COLUMNS = `id, ref, uid, version, is_holder, entity::text AS entity,
  array_to_string(relations, E'\\n') AS relations`;
const SELECT_HOLDERS = `SELECT ${ENTITY_COLUMNS} FROM catalog_entity WHERE is_holder AND id > $1 ORDER BY id LIMIT $2`;
/** What changed after version `$1`, unless that is more than `$2` entities or not known any more. */
const SELECT_CHANGES = `
  WITH state AS MATERIALIZED (
    SELECT version AS catalog_version,
           removal_horizon <= $1
           AND NOT EXISTS (SELECT FROM catalog_entity e WHERE e.version > $1 OFFSET $2)
           AND NOT EXISTS (SELECT FROM catalog_removal r WHERE r.version > $1 OFFSET $2) AS is_complete
      FROM catalog_state)
  SELECT state.*, change.*
    FROM state LEFT JOIN LATERAL (
      SELECT ${ENTITY_COLUMNS}, false AS is_removed FROM catalog_entity WHERE version > $1 AND state.is_complete
      UNION ALL
      SELECT entity_id, NULL, NULL, version, NULL, NULL, NULL, true
        FROM catalog_removal WHERE version > $1 AND state.is_complete
    ) AS change ON true
   ORDER BY change.version, change.id`;
/** Two pages are in memory at once: the one that is taken in, and the next. */
const PAGE_SIZE = 1_000;

/** Reads of the catalog tables. */
export interface CatalogRepository {
  /** Calls `onRows` for all holders, page by page in one snapshot; resolves to the snapshot's version. */
  readAll(onRows: (rows: EntityRow[]) => Promise<void>): Promise<number>;
  /** @param maxRows when more changed or went, that is all that is told: loading everything is cheaper */
  readChanges(sinceVersion: number, maxRows: number): Promise<CatalogChanges>;
  readDocuments(ids: readonly number[]): Promise<DocumentRow[]>;
  /** The holder of a ref and its rivals; undefined when nobody claims it. */
  readOrigin(ref: string): Promise<OriginRow | undefined>;
  readSourceIdOf(ref: string): Promise<string | undefined>;
  /** The places of those of the refs that are there. */
  readPlaces(refs: readonly string[]): Promise<EntityPlace[]>;
}

export function createCatalogRepository(database: Database): CatalogRepository {
  const { pool } = database;

  return {
    readAll(onRows) {
      return inSnapshot(database, async (snapshot) => {
        const state = await snapshot.query<{ version: string }>('SELECT version FROM catalog_state');
        const readPage = (afterId: string) => {
          const page = snapshot.query<RawEntityRow>(SELECT_HOLDERS, [afterId, PAGE_SIZE]);
          page.catch(() => {}); // awaited below; this only keeps an early failure from being unhandled
          return page;
        };
        let page = readPage('0');
        for (;;) {
          const { rows } = await page;
          const isLast = rows.length < PAGE_SIZE;
          // The next page is read while this one is taken in.
          if (!isLast) page = readPage(rows.at(-1)?.id ?? '0');
          if (rows.length > 0) await onRows(rows.map(toEntityRow));
          if (isLast) return Number(state.rows[0]?.version ?? 0);
        }
      });
    },

    async readChanges(sinceVersion, maxRows) {
      const { rows } = await pool.query<ChangeRow>(SELECT_CHANGES, [sinceVersion, maxRows]);
      const changes: CatalogChanges = {
        version: Number(rows[0]?.catalog_version ?? 0),
        isComplete: rows[0]?.is_complete ?? false,
        rows: [],
        removedIds: [],
      };
      for (const row of rows) {
        if (row.id === null) continue;
        if (row.is_removed) changes.removedIds.push(Number(row.id));
        else changes.rows.push(toEntityRow(row));
      }
      return changes;
    },

    async readDocuments(ids) {
      const { rows } = await pool.query<{
        id: string;
        version: string;
        uid: string;
        entity: string;
        status_items: string | null;
      }>(
        `SELECT id, version, uid, entity::text AS entity, status_items::text AS status_items
           FROM catalog_entity WHERE id = ANY($1::bigint[])`,
        [ids],
      );
      return rows.map((row) => ({
        id: Number(row.id),
        version: Number(row.version),
        uid: row.uid,
        entityJson: row.entity,
        statusItemsJson: row.status_items,
      }));
    },

    async readOrigin(ref) {
      const { rows } = await pool.query<RawOriginRow>(
        `SELECT e.ref, e.source_id, s.target, f.path, e.line, e.document_index, e.descriptor_text, e.updated_at,
                e.entity -> 'metadata' -> 'annotations' AS annotations, e.is_holder
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           JOIN catalog_source s ON s.id = e.source_id
          WHERE e.id IN (
            SELECT id FROM catalog_entity WHERE ref = $1 AND is_holder
            UNION ALL
            (SELECT id FROM catalog_entity WHERE ref = $1 AND NOT is_holder ORDER BY id LIMIT 50)
          )
          ORDER BY e.is_holder DESC, e.id`,
        [ref],
      );
      const [holder, ...rivals] = rows;
      if (!holder?.is_holder) return undefined;
      return {
        ref: holder.ref,
        sourceId: holder.source_id,
        sourceTarget: withoutPassword(holder.target),
        path: holder.path,
        line: holder.line,
        documentIndex: holder.document_index,
        text: holder.descriptor_text,
        readAt: holder.updated_at.toISOString(),
        annotations: holder.annotations ?? {},
        rivals: rivals.map((row) => ({
          sourceId: row.source_id,
          sourceTarget: withoutPassword(row.target),
          path: row.path,
          line: row.line,
        })),
      };
    },

    async readSourceIdOf(ref) {
      const { rows } = await pool.query<{ source_id: string }>(
        'SELECT source_id FROM catalog_entity WHERE ref = $1 AND is_holder',
        [ref],
      );
      return rows[0]?.source_id;
    },

    async readPlaces(refs) {
      const { rows } = await pool.query<RawPlaceRow>(
        `SELECT e.ref, e.source_id, f.path, e.entity -> 'metadata' -> 'annotations' AS annotations,
                e.entity -> 'spec' -> 'target' AS target, e.entity -> 'spec' -> 'targets' AS targets
           FROM catalog_entity e JOIN catalog_file f ON f.id = e.file_id
          WHERE e.ref = ANY($1::text[]) AND e.is_holder
          ORDER BY e.ref`,
        [refs],
      );
      return rows.map(toPlace);
    },
  };
}

function toPlace({ source_id: sourceId, annotations, target, targets, ...row }: RawPlaceRow): EntityPlace {
  return {
    ...row,
    sourceId,
    annotations: annotations ?? {},
    targets: [target, targets].flat().filter((one) => typeof one === 'string'),
  };
}

function toEntityRow(row: RawEntityRow): EntityRow {
  return {
    id: Number(row.id),
    ref: row.ref,
    uid: row.uid,
    version: Number(row.version),
    isHolder: row.is_holder,
    entityJson: row.entity,
    relations: row.relations,
  };
}
