import { entityTitle } from '../../lib/entities/entity-ref.ts';
import { countBelow, treeRows, type GroupNode, type GroupRow } from '../../lib/groups/group-tree.ts';
import type { GroupDirectory } from '../../lib/groups/groups.queries.ts';
import { profileOf } from '../../lib/people/profile.ts';

/** Orders of the list of teams; the first is the default. */
export const teamOrders = ['tree', 'name', 'owned'] as const;
export type TeamOrder = (typeof teamOrders)[number];

/** A team as a row of the list. */
export interface TeamRow extends GroupRow {
  members: number;
  /** Things that name the team itself as their owner. */
  owned: number;
  /** The same with those of every team below it. */
  ownedBelow: number;
}

/** Every team as a row, in the order of the tree. It adds up what is below each, so ask once for a directory. */
export function teamRows({ tree, ownedBy, membersOf }: GroupDirectory): TeamRow[] {
  return treeRows(tree).map((row) => ({
    ...row,
    members: membersOf.get(row.node.ref) ?? 0,
    owned: ownedBy.get(row.node.ref) ?? 0,
    ownedBelow: countBelow(tree, row.node.ref, ownedBy),
  }));
}

/**
 * The teams in the chosen order, narrowed by a text. In the tree, the teams above a match stay, so that one sees
 * where it belongs.
 */
export function shownTeams(
  rows: readonly TeamRow[],
  { text, order }: { text: string; order: TeamOrder },
): TeamRow[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (row: TeamRow) => isMatch(row.node, words);
  if (order === 'tree') return words.length === 0 ? [...rows] : withTheirAncestors(rows, matches);
  const title = (row: TeamRow) => entityTitle(row.node.entity);
  return rows
    .filter(matches)
    .map((row) => ({ ...row, depth: 0 }))
    .sort((a, b) => (order === 'owned' ? b.owned - a.owned : 0) || title(a).localeCompare(title(b)));
}

function withTheirAncestors(rows: readonly TeamRow[], matches: (row: TeamRow) => boolean): TeamRow[] {
  const shown: TeamRow[] = [];
  // From the end, a row is kept for the sake of the deeper rows that follow it.
  let neededDepth = 0;
  for (const row of rows.toReversed()) {
    if (!matches(row) && row.depth >= neededDepth) continue;
    shown.push(row);
    neededDepth = row.depth;
  }
  return shown.toReversed();
}

function isMatch({ ref, entity }: GroupNode, words: readonly string[]): boolean {
  const text = [ref, entityTitle(entity), entity.metadata?.description, profileOf(entity).email]
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
