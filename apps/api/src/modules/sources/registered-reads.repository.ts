import type { Database } from '@waymark/db';
import { sourceKey } from './source-row.repository.ts';

/** How far the reading of a source is, for somebody who waits for it. */
export interface ReadState {
  /** Ordinals of the last read that began and of the last that ended. */
  started: number;
  ended: number;
  /** Why the last read failed. */
  problem: string | undefined;
}

/** What becomes of sources after they were registered. */
export interface RegisteredReadsRepository {
  /** The source that reads just this URL. */
  idOf(url: string): Promise<string | undefined>;
  /** Undefined when the source is gone. */
  stateOf(sourceId: string): Promise<ReadState | undefined>;
  /** The first entities that the catalog shows from a source. */
  entitiesOf(sourceId: string, limit: number): Promise<{ ref: string; kind: string; name: string }[]>;
}

export function createRegisteredReadsRepository({ pool }: Database): RegisteredReadsRepository {
  return {
    async idOf(url) {
      const key = sourceKey({ type: 'url', target: url });
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM catalog_source WHERE key = $1', [
        key,
      ]);
      return rows[0]?.id;
    },
    async stateOf(sourceId) {
      const { rows } = await pool.query<{ started: string; ended: string; problem: string | null }>(
        `SELECT reads_started AS started, reads_ended AS ended, error ->> 'message' AS problem
           FROM catalog_source WHERE id = $1`,
        [sourceId],
      );
      const [row] = rows;
      return (
        row && { started: Number(row.started), ended: Number(row.ended), problem: row.problem ?? undefined }
      );
    },
    async entitiesOf(sourceId, limit) {
      const { rows } = await pool.query<{ ref: string; kind: string; name: string }>(
        `SELECT ref, split_part(ref, ':', 1) AS kind, split_part(ref, '/', 2) AS name
           FROM catalog_entity WHERE source_id = $1 AND is_holder ORDER BY id LIMIT $2`,
        [sourceId, limit],
      );
      return rows;
    },
  };
}
