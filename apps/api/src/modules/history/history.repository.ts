import type { Database } from '@waymark/db';
import { withoutPassword } from '../../platform/shown-url.ts';

/** A version of an entity: the present one, or one that has ended. */
export interface VersionRow {
  uid: string;
  validFrom: Date;
  /** Undefined for the present version. */
  validTo: Date | undefined;
  /** It ended, and no other version of the ref followed at once. */
  isLastBeforeRemoval: boolean;
  sourceId: string;
  sourceTarget: string;
  path: string;
  line: number;
  revision: string | undefined;
  changedBy: string | undefined;
  reason: string | undefined;
  endedRevision: string | undefined;
  endedBy: string | undefined;
  endedReason: string | undefined;
  /** JSON text of the entity. */
  entityJson: string;
  text: string;
}

/** Reads of what entities are and were. */
export interface HistoryRepository {
  /** Versions of a ref that began before an instant, newest first. */
  versions(ref: string, before: Date, limit: number): Promise<VersionRow[]>;
  /** The version that began at an instant, or the one after which the ref went then, and the one before it. */
  versionAt(
    ref: string,
    instant: Date,
  ): Promise<{ version: VersionRow; previous: VersionRow | undefined } | undefined>;
}

interface RawVersionRow {
  uid: string;
  valid_from: Date;
  valid_to: Date | null;
  is_last: boolean;
  source_id: string;
  source_target: string;
  path: string;
  line: number;
  revision: string | null;
  changed_by: string | null;
  reason: string | null;
  ended_revision: string | null;
  ended_by: string | null;
  ended_reason: string | null;
  entity: string;
  descriptor_text: string;
}

/** `$1`: the ref. */
const VERSIONS = `
  SELECT e.uid, e.valid_from, NULL::timestamptz AS valid_to, false AS is_last, e.source_id, s.target AS source_target,
         f.path, e.line, e.revision, e.changed_by, e.reason, NULL AS ended_revision, NULL AS ended_by,
         NULL AS ended_reason, e.entity::text AS entity, e.descriptor_text
    FROM catalog_entity e
    JOIN catalog_file f ON f.id = e.file_id
    JOIN catalog_source s ON s.id = e.source_id
   WHERE e.ref = $1 AND e.is_holder
  UNION ALL
  SELECT h.uid, h.valid_from, h.valid_to,
         NOT EXISTS (SELECT 1 FROM catalog_entity_history n WHERE n.ref = h.ref AND n.valid_from = h.valid_to)
           AND NOT EXISTS (SELECT 1 FROM catalog_entity n
                            WHERE n.ref = h.ref AND n.is_holder AND n.valid_from = h.valid_to),
         h.source_id, h.source_target, h.path, h.line, h.revision, h.changed_by, h.reason, h.ended_revision,
         h.ended_by, h.ended_reason, h.entity::text, h.descriptor_text
    FROM catalog_entity_history h
   WHERE h.ref = $1`;
const SELECT_VERSIONS_BEFORE = `
  SELECT * FROM (${VERSIONS}) AS version WHERE valid_from < $2 ORDER BY valid_from DESC LIMIT $3`;
const SELECT_LAST_TWO = `
  SELECT * FROM (${VERSIONS}) AS version WHERE valid_from <= $2 ORDER BY valid_from DESC LIMIT 2`;

export function createHistoryRepository({ pool }: Database): HistoryRepository {
  return {
    async versions(ref, before, limit) {
      const { rows } = await pool.query<RawVersionRow>(SELECT_VERSIONS_BEFORE, [
        ref,
        before.toISOString(),
        limit,
      ]);
      return rows.map(toVersionRow);
    },

    async versionAt(ref, instant) {
      const { rows } = await pool.query<RawVersionRow>(SELECT_LAST_TWO, [ref, instant.toISOString()]);
      const [version, previous] = rows.map(toVersionRow);
      if (!version) return undefined;
      const begins = version.validFrom.getTime() === instant.getTime();
      const ends = version.isLastBeforeRemoval && version.validTo?.getTime() === instant.getTime();
      return begins || ends ? { version, previous } : undefined;
    },
  };
}

function toVersionRow(row: RawVersionRow): VersionRow {
  return {
    uid: row.uid,
    validFrom: row.valid_from,
    validTo: row.valid_to ?? undefined,
    isLastBeforeRemoval: row.is_last,
    sourceId: row.source_id,
    sourceTarget: withoutPassword(row.source_target),
    path: row.path,
    line: row.line,
    revision: row.revision ?? undefined,
    changedBy: row.changed_by ?? undefined,
    reason: row.reason ?? undefined,
    endedRevision: row.ended_revision ?? undefined,
    endedBy: row.ended_by ?? undefined,
    endedReason: row.ended_reason ?? undefined,
    entityJson: row.entity,
    text: row.descriptor_text,
  };
}
