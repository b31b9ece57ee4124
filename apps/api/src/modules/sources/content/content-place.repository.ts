import type { Database } from '@waymark/db';
import { sourceToRead, type SourceToRead } from '../source-row.repository.ts';

/** Where the catalog read an entity, and at which revision: from here its neighbours are found again. */
export interface ContentPlace {
  sourceId: string;
  /** Of the descriptor: relative to the root of the source, or a full URL. */
  path: string;
  revision?: string | undefined;
}

/** Where entities lie. */
export interface ContentPlaceRepository {
  /** The place of the entity that the catalog shows under a ref, or undefined. */
  placeOf(entityRef: string): Promise<ContentPlace | undefined>;
  findSource(id: string): Promise<SourceToRead | undefined>;
}

export function createContentPlaceRepository({ pool, prisma }: Database): ContentPlaceRepository {
  return {
    async placeOf(entityRef) {
      const { rows } = await pool.query<{ source_id: string; path: string; revision: string | null }>(
        `SELECT e.source_id, f.path, s.revision
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           JOIN catalog_source s ON s.id = e.source_id
          WHERE e.ref = $1 AND e.is_holder`,
        [entityRef],
      );
      const [row] = rows;
      return row && { sourceId: row.source_id, path: row.path, revision: row.revision ?? undefined };
    },
    async findSource(id) {
      const row = await prisma.catalogSource.findUnique({ where: { id: BigInt(id) } });
      return row ? sourceToRead(row) : undefined;
    },
  };
}
