import type { Entity } from '@waymark/contracts';
import type { Database } from '@waymark/db';

/** Entities by ref for processes that keep no index: as their files have them, without relations and status. */
export interface EntityLookup {
  /** In the order of the refs, which are canonical; undefined for what the catalog does not have. */
  find(refs: readonly string[]): Promise<(Entity | undefined)[]>;
}

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
  };
}
