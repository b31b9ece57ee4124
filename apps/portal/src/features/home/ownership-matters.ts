import type { OwnershipCheck } from '@waymark/contracts';
import { checkWords, ownershipChecks } from '../../lib/ownership/check-words.ts';

/** A check that something fails, for the list of what needs attention. */
export interface OwnershipMatter {
  check: OwnershipCheck;
  text: string;
  count: number;
}

/** The sources tell their conflicts themselves. */
const toldWithSources: OwnershipCheck = 'conflict';

/** What is wrong with ownership, the most urgent check first. */
export function ownershipMatters(
  checks: readonly { check: OwnershipCheck; count: number }[],
): OwnershipMatter[] {
  const counts = new Map(checks.map(({ check, count }) => [check, count]));
  return ownershipChecks
    .filter((check) => check !== toldWithSources)
    .map((check) => ({ check, count: counts.get(check) ?? 0 }))
    .filter(({ count }) => count > 0)
    .map(({ check, count }) => {
      const { one, many } = checkWords[check];
      return { check, count, text: count === 1 ? `One ${one}.` : `${count.toLocaleString('en')} ${many}.` };
    });
}
