import type { Database } from '@waymark/db';
import { withoutPassword } from '../../platform/shown-url.ts';

/** An entity with its place and what findings say about it. */
export interface FoundEntity {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | undefined;
  type: string | undefined;
  lifecycle: string | undefined;
  /** The owner as it stands in the file. */
  ownerText: string | undefined;
  /** Declared edges, `type target-ref`. */
  relations: string[];
  sourceId: string;
  sourceTarget: string;
  path: string;
  line: number;
  editUrl: string | undefined;
  /** Why its source no longer gives this version, e.g. the error of its document. */
  status: { level: string; message: string } | undefined;
}

/** A claim to a ref that another document holds. */
export interface RivalClaim {
  ref: string;
  sourceId: string;
  sourceTarget: string;
  path: string;
  line: number;
  /** How many other documents claim the same ref and wait too. */
  otherRivals: number;
}

/** A source whose last good read is too long ago. */
export interface LateSource {
  id: string;
  target: string;
  isPaused: boolean;
  /** Absent when no read ever went well. */
  lastSuccessAt: Date | undefined;
  errorMessage: string | undefined;
}

/** A page of refs in the order of their text. */
export interface RefPage {
  afterRef: string;
  limit: number;
}

/** Reads of the catalog's tables for the checks that the index in memory cannot answer. */
export interface OwnershipRepository {
  /** What is known of the refs that the catalog has, in no order. */
  readEntities(refs: readonly string[]): Promise<FoundEntity[]>;
  countOrphans(): Promise<number>;
  readOrphanRefs(page: RefPage): Promise<string[]>;
  countConflicts(): Promise<number>;
  readConflictRefs(page: RefPage): Promise<string[]>;
  /** The oldest waiting claim to each ref. */
  readRivals(refs: readonly string[]): Promise<RivalClaim[]>;
  /** Sources that provide something and whose last good read was before `lateBefore`, the oldest first. */
  readLateSources(lateBefore: Date): Promise<LateSource[]>;
  countEntitiesOf(sourceIds: readonly string[]): Promise<number>;
  readRefsOf(sourceIds: readonly string[], page: RefPage): Promise<string[]>;
}

/** More sources than a configuration, its discoveries and its people bring. */
const MAX_LATE_SOURCES = 10_000;

/**
 * Kept although its source no longer gives it: its document is broken now, or is gone and may turn up in
 * another source. The status of an entity holds nothing else, and few have one.
 */
const IS_ORPHAN = `e.is_holder AND e.status_items IS NOT NULL AND e.status_items <> '[]'::jsonb`;

interface FoundRow {
  ref: string;
  kind: string;
  namespace: string | null;
  name: string;
  title: string | null;
  type: string | null;
  lifecycle: string | null;
  owner: string | null;
  relations: string[];
  source_id: string;
  target: string;
  path: string;
  line: number;
  edit_url: string | null;
  status_level: string | null;
  status_message: string | null;
}

const READ_ENTITIES = `
  SELECT e.ref, e.entity ->> 'kind' AS kind, e.entity #>> '{metadata,namespace}' AS namespace,
         e.entity #>> '{metadata,name}' AS name, e.entity #>> '{metadata,title}' AS title,
         e.entity #>> '{spec,type}' AS type, e.entity #>> '{spec,lifecycle}' AS lifecycle,
         e.entity #>> '{spec,owner}' AS owner, e.relations, e.source_id, s.target, f.path, e.line,
         e.entity #>> '{metadata,annotations,backstage.io/edit-url}' AS edit_url,
         e.status_items -> 0 ->> 'level' AS status_level, e.status_items -> 0 ->> 'message' AS status_message
    FROM catalog_entity e
    JOIN catalog_file f ON f.id = e.file_id
    JOIN catalog_source s ON s.id = e.source_id
   WHERE e.ref = ANY($1::text[]) AND e.is_holder`;

export function createOwnershipRepository({ pool }: Database): OwnershipRepository {
  const readRefs = async (text: string, values: unknown[]): Promise<string[]> => {
    const { rows } = await pool.query<{ ref: string }>(text, values);
    return rows.map(({ ref }) => ref);
  };
  const readCount = async (text: string, values: unknown[] = []): Promise<number> => {
    const { rows } = await pool.query<{ count: number }>(text, values);
    return rows[0]?.count ?? 0;
  };

  return {
    async readEntities(refs) {
      const { rows } = await pool.query<FoundRow>(READ_ENTITIES, [refs]);
      return rows.map(toFoundEntity);
    },

    countOrphans: () => readCount(`SELECT count(*)::int AS count FROM catalog_entity e WHERE ${IS_ORPHAN}`),
    readOrphanRefs: ({ afterRef, limit }) =>
      readRefs(
        `SELECT e.ref FROM catalog_entity e
          WHERE ${IS_ORPHAN} AND e.ref > $1 COLLATE "C" ORDER BY e.ref COLLATE "C" LIMIT $2`,
        [afterRef, limit],
      ),

    countConflicts: () =>
      readCount('SELECT count(DISTINCT ref)::int AS count FROM catalog_entity WHERE NOT is_holder'),
    readConflictRefs: ({ afterRef, limit }) =>
      readRefs(
        `SELECT DISTINCT ref COLLATE "C" AS ref FROM catalog_entity
          WHERE NOT is_holder AND ref > $1 COLLATE "C" ORDER BY ref COLLATE "C" LIMIT $2`,
        [afterRef, limit],
      ),

    async readRivals(refs) {
      const { rows } = await pool.query<{
        ref: string;
        source_id: string;
        target: string;
        path: string;
        line: number;
        other_rivals: number;
      }>(
        `SELECT DISTINCT ON (e.ref) e.ref, e.source_id, s.target, f.path, e.line,
                (count(*) OVER (PARTITION BY e.ref) - 1)::int AS other_rivals
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           JOIN catalog_source s ON s.id = e.source_id
          WHERE e.ref = ANY($1::text[]) AND NOT e.is_holder
          ORDER BY e.ref, e.id`,
        [refs],
      );
      return rows.map((row) => ({
        ref: row.ref,
        sourceId: row.source_id,
        sourceTarget: withoutPassword(row.target),
        path: row.path,
        line: row.line,
        otherRivals: row.other_rivals,
      }));
    },

    async readLateSources(lateBefore) {
      const { rows } = await pool.query<{
        id: string;
        target: string;
        is_paused: boolean;
        last_success_at: Date | null;
        message: string | null;
      }>(
        `SELECT id, target, is_paused, last_success_at, error ->> 'message' AS message
           FROM catalog_source
          WHERE entities > 0
            AND COALESCE(last_success_at, created_at) + make_interval(secs => COALESCE(duration_ms, 0) / 1000.0) < $1
          ORDER BY last_success_at NULLS FIRST, id
          LIMIT $2`,
        [lateBefore, MAX_LATE_SOURCES],
      );
      return rows.map((row) => ({
        id: row.id,
        target: withoutPassword(row.target),
        isPaused: row.is_paused,
        lastSuccessAt: row.last_success_at ?? undefined,
        errorMessage: row.message ?? undefined,
      }));
    },

    countEntitiesOf: (sourceIds) =>
      readCount(
        'SELECT count(*)::int AS count FROM catalog_entity WHERE is_holder AND source_id = ANY($1::bigint[])',
        [sourceIds],
      ),
    readRefsOf: (sourceIds, { afterRef, limit }) =>
      readRefs(
        `SELECT ref FROM catalog_entity
          WHERE is_holder AND source_id = ANY($1::bigint[]) AND ref > $2 COLLATE "C"
          ORDER BY ref COLLATE "C" LIMIT $3`,
        [sourceIds, afterRef, limit],
      ),
  };
}

function toFoundEntity(row: FoundRow): FoundEntity {
  return {
    ref: row.ref,
    kind: row.kind,
    namespace: row.namespace ?? 'default',
    name: row.name,
    title: row.title ?? undefined,
    type: row.type ?? undefined,
    lifecycle: row.lifecycle ?? undefined,
    ownerText: row.owner ?? undefined,
    relations: row.relations,
    sourceId: row.source_id,
    sourceTarget: withoutPassword(row.target),
    path: row.path,
    line: row.line,
    editUrl: row.edit_url ?? undefined,
    status:
      row.status_message === null
        ? undefined
        : { level: row.status_level ?? 'error', message: row.status_message },
  };
}
