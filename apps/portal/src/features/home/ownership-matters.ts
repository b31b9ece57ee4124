import type { OwnershipCheck } from '@waymark/contracts';
import { checkWords, ownershipChecks } from '../../lib/ownership/check-words.ts';

/** A check that something fails, for the list of what needs attention. */
export interface OwnershipMatter {
  check: OwnershipCheck;
  text: string;
  count: number;
}

/** Conflicts and late sources are told with their sources already. */
const toldWithSources = new Set<OwnershipCheck>(['conflict', 'stale']);

/** What is wrong with ownership, the most urgent check first. */
export function ownershipMatters(
  checks: readonly { check: OwnershipCheck; count: number }[],
): OwnershipMatter[] {
  const counts = new Map(checks.map(({ check, count }) => [check, count]));
  return ownershipChecks
    .filter((check) => !toldWithSources.has(check))
    .map((check) => ({ check, count: counts.get(check) ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ check, count }) => {
      const { one, many } = checkWords[check];
      return { check, count, text: count === 1 ? `One ${one}.` : `${count.toLocaleString('en')} ${many}.` };
    });
}
