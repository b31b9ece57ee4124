import { inSnapshot, type Database, type Transaction } from '@waymark/db';
import type { DocumentRow, EntityRow } from './catalog.repository.ts';

/** A version of the catalog and the instant from which it stood. */
export interface PastMoment {
  version: number;
  at: Date;
}

/** A row as it was, before it has a number in an index. */
export type PastEntityRow = Omit<EntityRow, 'id'>;
/** The document of a ref as it was. */
export type PastDocumentRow = Omit<DocumentRow, 'id'> & { ref: string };

/** Reads of the catalog as it was. */
export interface PastCatalogRepository {
  /** The last version that began before or at an instant, and the instant of the last one of all. */
  momentAt(instant: Date): Promise<{ moment: PastMoment | undefined; lastAt: Date | undefined }>;
  /** Calls `onRows` for all entities as they were at a moment, page by page in one snapshot. */
  readAll(at: Date, onRows: (rows: PastEntityRow[]) => Promise<void>): Promise<void>;
  readDocuments(refs: readonly string[], at: Date): Promise<PastDocumentRow[]>;
}

interface RawPastRow {
  id: string;
  ref: string;
  uid: string;
  valid_from: Date;
  entity: string;
  relations: string;
}

const PAGE_SIZE = 2_000;
const COLUMNS = `id, ref, uid, valid_from, entity::text AS entity, array_to_string(relations, E'\\n') AS relations`;
/** What still stands, and what has ended since. A version stands from `valid_from` until just before `valid_to`. */
const STANDING = `catalog_entity WHERE is_holder AND valid_from <= $1`;
const ENDED = `catalog_entity_history WHERE valid_from <= $1 AND valid_to > $1`;
const AFTER_ID = `AND id > $2 ORDER BY id LIMIT $3`;
const SELECT_STANDING = `SELECT ${COLUMNS} FROM ${STANDING} ${AFTER_ID}`;
const SELECT_ENDED = `SELECT ${COLUMNS} FROM ${ENDED} ${AFTER_ID}`;
const DOCUMENT_COLUMNS = `ref, uid, valid_from, entity::text AS entity`;
const SELECT_DOCUMENTS = `
  SELECT ${DOCUMENT_COLUMNS} FROM ${STANDING} AND ref = ANY ($2)
  UNION ALL
  SELECT ${DOCUMENT_COLUMNS} FROM ${ENDED} AND ref = ANY ($2)`;

export function createPastCatalogRepository(database: Database): PastCatalogRepository {
  const { pool } = database;
  return {
    async momentAt(instant) {
      const { rows } = await pool.query<{ version: string; at: Date; last_at: Date }>(
        `SELECT version, at, (SELECT max(at) FROM catalog_version) AS last_at
           FROM catalog_version WHERE at <= $1 ORDER BY at DESC LIMIT 1`,
        [instant.toISOString()],
      );
      const [row] = rows;
      return {
        moment: row && { version: Number(row.version), at: row.at },
        lastAt: row?.last_at,
      };
    },

    readAll(at, onRows) {
      return inSnapshot(database, async (snapshot) => {
        await eachPage(snapshot, SELECT_STANDING, at, onRows);
        await eachPage(snapshot, SELECT_ENDED, at, onRows);
      });
    },

    async readDocuments(refs, at) {
      const { rows } = await pool.query<Omit<RawPastRow, 'id' | 'relations'>>(SELECT_DOCUMENTS, [
        at.toISOString(),
        refs,
      ]);
      return rows.map((row) => ({
        ref: row.ref,
        version: row.valid_from.getTime(),
        uid: row.uid,
        entityJson: row.entity,
        // Errors of a file are of the present: they are not kept.
        statusItemsJson: null,
      }));
    },
  };
}

async function eachPage(
  snapshot: Transaction,
  select: string,
  at: Date,
  onRows: (rows: PastEntityRow[]) => Promise<void>,
): Promise<void> {
  let afterId = '0';
  for (;;) {
    const { rows } = await snapshot.query<RawPastRow>(select, [at.toISOString(), afterId, PAGE_SIZE]);
    if (rows.length > 0) await onRows(rows.map(toPastEntityRow));
    if (rows.length < PAGE_SIZE) return;
    afterId = rows.at(-1)?.id ?? afterId;
  }
}

function toPastEntityRow(row: RawPastRow): PastEntityRow {
  return {
    ref: row.ref,
    uid: row.uid,
    version: row.valid_from.getTime(),
    isHolder: true,
    entityJson: row.entity,
    relations: row.relations,
  };
}
