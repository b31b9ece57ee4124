import type { OwnershipCheck } from '@waymark/contracts';
import type { StatusTone } from '@waymark/ui';

/** How a check is told to people. */
export interface CheckWords {
  /** Of the tab. */
  title: string;
  tone: StatusTone;
  /** What the check means and why it matters. */
  meaning: string;
  /** The good news when nothing fails it. */
  allWell: string;
  /** One entity that fails it, and several, e.g. "3 entities without an owner". */
  one: string;
  many: string;
}

/** Every check in the order of urgency. */
export const ownershipChecks = [
  'unowned',
  'owner-unknown',
  'owner-without-members',
  'conflict',
  'orphan',
  'stale',
] as const satisfies readonly OwnershipCheck[];

export const checkWords: Record<OwnershipCheck, CheckWords> = {
  unowned: {
    title: 'No owner',
    tone: 'bad',
    meaning: 'Nobody answers for these: whoever finds them in trouble has nobody to ask.',
    allWell: 'Everything that should have an owner names one.',
    one: 'entity without an owner',
    many: 'entities without an owner',
  },
  'owner-unknown': {
    title: 'Owner unknown',
    tone: 'bad',
    meaning: 'They name an owner that the catalog does not have: a team that was renamed, or a typing error.',
    allWell: 'Every owner that is named is in the catalog.',
    one: 'entity with an owner that the catalog does not have',
    many: 'entities with owners that the catalog does not have',
  },
  'owner-without-members': {
    title: 'Owner without people',
    tone: 'warning',
    meaning: 'These groups own things, but no person belongs to them or to a group below them.',
    allWell: 'Every group that owns something has people in it.',
    one: 'owning group without people',
    many: 'owning groups without people',
  },
  conflict: {
    title: 'Conflicts',
    tone: 'warning',
    meaning:
      'More than one file describes these. The first keeps the reference; what the others say is not shown.',
    allWell: 'No reference is claimed by two files.',
    one: 'reference claimed by several files',
    many: 'references claimed by several files',
  },
  orphan: {
    title: 'Orphans',
    tone: 'warning',
    meaning: 'Their source no longer gives them. The last good version stays until somebody decides.',
    allWell: 'Every entity is still given by its source.',
    one: 'entity that its source no longer gives',
    many: 'entities that their source no longer gives',
  },
  stale: {
    title: 'Stale',
    tone: 'warning',
    meaning: 'Their source was not read in time, so they may have changed since.',
    allWell: 'Every source was read within its freshness target.',
    one: 'entity whose source was not read in time',
    many: 'entities whose source was not read in time',
  },
};
