import type { Database } from '@waymark/db';
import { isDiscovery, type RepositorySums, type SourceRow } from './source-row.repository.ts';

/** Counts of the repositories of each discovery among the rows, by the discovery's id. */
export async function sumRepositories(
  { prisma }: Database,
  rows: readonly SourceRow[],
): Promise<Map<bigint, RepositorySums>> {
  const discoveries = rows.filter(({ type }) => isDiscovery(type)).map(({ id }) => id);
  if (discoveries.length === 0) return new Map();
  const sums = await prisma.catalogSource.groupBy({
    by: ['parentId'],
    where: { parentId: { in: discoveries } },
    _count: true,
    _sum: {
      ...{ files: true, entities: true, added: true, changed: true, removed: true },
      ...{ errors: true, warnings: true, notes: true, conflicts: true },
    },
  });
  return new Map(
    sums.flatMap(({ parentId, _count, _sum }) => {
      if (parentId === null) return [];
      const counts = Object.fromEntries(Object.entries(_sum).map(([name, sum]) => [name, sum ?? 0]));
      // The names are those that were asked for above.
      return [[parentId, { ...counts, childCount: _count } as RepositorySums] as const];
    }),
  );
}
