import type { Entity } from '@waymark/contracts';
import type { Database } from '@waymark/db';

/** Entities by ref for processes that keep no index. Refs are canonical. */
export interface EntityLookup {
  /** As their files have them, without relations and status; undefined for what the catalog does not have. */
  find(refs: readonly string[]): Promise<(Entity | undefined)[]>;
  /**
   * Refs of the people behind entities: a user is itself, known to the catalog or not; a group is its members and those
   * of the groups in it; of anything else it is the owners. At most {@link maxPeopleBehind}, by ref.
   */
  peopleBehind(refs: readonly string[]): Promise<string[]>;
}

/** More people than any organisation that a catalog is for. */
export const maxPeopleBehind = 100_000;

/** Both ends of an edge may declare it. `UNION` ends circles of groups. */
const PEOPLE_BEHIND = `
  WITH RECURSIVE reached (ref) AS (
    SELECT unnest($1::text[])
    UNION
    SELECT next.ref FROM reached CROSS JOIN LATERAL (
      SELECT split_part(edge, ' ', 2) AS ref
        FROM catalog_entity e CROSS JOIN unnest(e.relations) AS edge
       WHERE e.is_holder AND e.ref = reached.ref AND reached.ref NOT LIKE 'user:%'
         AND split_part(edge, ' ', 1) = ANY (
           CASE WHEN reached.ref LIKE 'group:%' THEN ARRAY['hasMember', 'parentOf'] ELSE ARRAY['ownedBy'] END
         )
      UNION ALL
      SELECT e.ref FROM catalog_entity e
       WHERE e.is_holder AND reached.ref LIKE 'group:%' AND (e.ref LIKE 'user:%' OR e.ref LIKE 'group:%')
         AND e.relations && ARRAY['memberOf ' || reached.ref, 'childOf ' || reached.ref]
    ) AS next
  )
  SELECT ref FROM reached WHERE ref LIKE 'user:%' ORDER BY ref LIMIT $2`;

export function createEntityLookup({ pool }: Database): EntityLookup {
  return {
    async find(refs) {
      const { rows } = await pool.query<{ ref: string; entity: Entity }>(
        'SELECT ref, entity FROM catalog_entity WHERE is_holder AND ref = ANY ($1)',
        [refs],
      );
      const byRef = new Map(rows.map(({ ref, entity }) => [ref, entity]));
      return refs.map((ref) => byRef.get(ref));
    },

    async peopleBehind(refs) {
      const { rows } = await pool.query<{ ref: string }>(PEOPLE_BEHIND, [refs, maxPeopleBehind]);
      return rows.map(({ ref }) => ref);
    },
  };
}
