import type { SourceProblem } from '@waymark/contracts';
import type { Database } from '@waymark/db';
import { withoutPassword } from '../../platform/shown-url.ts';

/** Rows that one answer looks at, of each sort. */
const MAX_ROWS = 20;

/** A document that claims the ref. */
export interface ClaimRow {
  sourceId: string;
  path: string;
  line: number;
  isHolder: boolean;
  readAt: Date;
  /** Since when no file describes it, while it waits for other sources to be read. */
  leavingSince: Date | undefined;
}

/** Something that a source says of a document with the ref. */
export interface ProblemRow {
  sourceId: string;
  problem: SourceProblem;
  readAt: Date;
}

/** A source as far as it matters for what is or is not in the catalog. */
export interface SourceStateRow {
  id: string;
  target: string;
  state: string;
  isPaused: boolean;
  /** It was never read well. */
  isUnread: boolean;
  lastReadAt: Date | undefined;
  nextReadAt: Date | undefined;
  error: { code: string; message: string; hint: string } | undefined;
}

/** Reads of what speaks for and against an entity. */
export interface WhyRepository {
  /** The holder first, then those that wait. */
  claims(ref: string): Promise<ClaimRow[]>;
  /** Errors of the holder's file that concern it, and everything that any file says of a document with the ref. */
  problems(ref: string): Promise<ProblemRow[]>;
  /** The given sources, and where `withTroubled` is set those that could not be read, or not yet. */
  sources(ids: readonly string[], withTroubled: boolean): Promise<SourceStateRow[]>;
  /** Sources that the ref's holder waits for before it may go. */
  awaitedSourceIds(ref: string): Promise<string[]>;
}

export function createWhyRepository({ pool }: Database): WhyRepository {
  return {
    async claims(ref) {
      const { rows } = await pool.query<{
        source_id: string;
        path: string;
        line: number;
        is_holder: boolean;
        read_at: Date;
        since: Date | null;
      }>(
        `SELECT e.source_id, f.path, e.line, e.is_holder, f.read_at, l.since
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           LEFT JOIN catalog_leave l ON l.entity_id = e.id
          WHERE e.id IN (
            SELECT id FROM catalog_entity WHERE ref = $1 AND is_holder
            UNION ALL
            (SELECT id FROM catalog_entity WHERE ref = $1 AND NOT is_holder ORDER BY id LIMIT $2)
          )
          ORDER BY e.is_holder DESC, e.id`,
        [ref, MAX_ROWS],
      );
      return rows.map((row) => ({
        sourceId: row.source_id,
        path: row.path,
        line: row.line,
        isHolder: row.is_holder,
        readAt: row.read_at,
        leavingSince: row.since ?? undefined,
      }));
    },

    async problems(ref) {
      const { rows } = await pool.query<{ source_id: string; problem: SourceProblem; read_at: Date }>(
        `SELECT f.source_id, p.problem, f.read_at
           FROM catalog_file f, jsonb_array_elements(f.problems) AS p(problem)
          WHERE f.problems <> '[]'
            AND (p.problem ->> 'entityRef' = $1
                 OR (p.problem ->> 'level' = 'error' AND NOT p.problem ? 'entityRef'
                     AND f.id IN (SELECT file_id FROM catalog_entity WHERE ref = $1 AND is_holder)))
          ORDER BY f.source_id, f.path
          LIMIT $2`,
        [ref, MAX_ROWS],
      );
      return rows.map((row) => ({ sourceId: row.source_id, problem: row.problem, readAt: row.read_at }));
    },

    async sources(ids, withTroubled) {
      const { rows } = await pool.query<{
        id: string;
        target: string;
        state: string;
        is_paused: boolean;
        is_unread: boolean;
        last_read_at: Date | null;
        next_read_at: Date | null;
        error: SourceStateRow['error'] | null;
      }>(
        `SELECT id, target, state, is_paused, last_success_at IS NULL AS is_unread, last_read_at, next_read_at, error
           FROM catalog_source
          WHERE id = ANY ($1::bigint[])
             OR ($2 AND (error IS NOT NULL OR last_success_at IS NULL OR is_paused))
          ORDER BY id = ANY ($1::bigint[]) DESC, id
          LIMIT $3`,
        [ids, withTroubled, MAX_ROWS + ids.length],
      );
      return rows.map((row) => ({
        id: row.id,
        target: withoutPassword(row.target),
        state: row.state,
        isPaused: row.is_paused,
        isUnread: row.is_unread,
        lastReadAt: row.last_read_at ?? undefined,
        nextReadAt: row.is_paused ? undefined : (row.next_read_at ?? undefined),
        error: row.error ?? undefined,
      }));
    },

    async awaitedSourceIds(ref) {
      const { rows } = await pool.query<{ source_id: string }>(
        `SELECT a.source_id
           FROM catalog_entity e
           JOIN catalog_leave l ON l.entity_id = e.id
           JOIN catalog_awaited_read a ON a.version = l.version
           JOIN catalog_source s ON s.id = a.source_id
          WHERE e.ref = $1 AND e.is_holder AND NOT s.is_paused
            AND (s.reads_ended <= a.after_read OR (a.was_healthy AND s.error IS NOT NULL))
          ORDER BY a.source_id
          LIMIT $2`,
        [ref, MAX_ROWS],
      );
      return rows.map((row) => row.source_id);
    },
  };
}
