import { company } from '../organisation/company.ts';
import type { Person } from '../organisation/model.ts';
import { people } from '../organisation/people.ts';
import type { RandomChoices } from '../random.ts';
import { joinedWeeksAgo } from './organisation-repository.ts';
import type { Change, FileTree } from './repository-state.ts';

/** One commit: what it changes against the one before. */
export interface Commit {
  message: string;
  author: { name: string; email: string };
  at: Date;
  /** Path → new text, or undefined for a file that goes away. */
  files: ReadonlyMap<string, string | undefined>;
}

/** What {@link commitsOf} needs to tell the story of a repository. */
export interface RepositoryStory<State> {
  now: State;
  changes: readonly Change<State>[];
  filesOf: (state: State) => FileTree;
  firstMessage: string;
  ownerTeam: string;
  epoch: Date;
  random: RandomChoices;
}

/** The first commit lies this far back, before every change. */
const firstCommitWeeksAgo = 52;

/**
 * Commits from the oldest to the newest that end in today's files. Today is the starting point: each change
 * is undone in turn, which gives the state before it, and a commit holds the difference of two states.
 */
export function commitsOf<State>(story: RepositoryStory<State>): Commit[] {
  const { random, epoch } = story;
  const dated = story.changes.map((change) => ({
    change,
    at: workingMoment(epoch, change.weeksAgo, random),
  }));
  dated.sort((left, right) => right.at.getTime() - left.at.getTime());
  const newestFirst: Commit[] = [];
  let state = story.now;
  let files = story.filesOf(state);
  for (const { change, at } of dated) {
    state = change.undo(state);
    const before = story.filesOf(state);
    const author = authorFrom(change.team, change.weeksAgo, random);
    newestFirst.push({ message: change.message, author, at, files: difference(before, files) });
    files = before;
  }
  const at = workingMoment(epoch, firstCommitWeeksAgo, random);
  newestFirst.push({ message: story.firstMessage, author: leadOf(story.ownerTeam), at, files });
  return newestFirst.reverse();
}

/** A moment between Monday and Friday, 08:00 to 17:00 UTC, in the week that began so many weeks before `epoch`. */
function workingMoment(epoch: Date, weeksAgo: number, random: RandomChoices): Date {
  const minutesMs = 60_000;
  const day = 24 * 60 * random.below(5);
  return new Date(
    epoch.getTime() - weeksAgo * 7 * 24 * 60 * minutesMs + (day + random.below(9 * 60)) * minutesMs,
  );
}

function difference(before: FileTree, after: FileTree): Map<string, string | undefined> {
  const changed = new Map<string, string | undefined>();
  for (const [path, text] of after) if (before.get(path) !== text) changed.set(path, text);
  for (const path of before.keys()) if (!after.has(path)) changed.set(path, undefined);
  return changed;
}

/** Somebody who was already in the team. */
function authorFrom(team: string, weeksAgo: number, random: RandomChoices): Commit['author'] {
  const wasThere = ({ name, memberOf }: Person) =>
    memberOf[0] === team && (joinedWeeksAgo.get(name) ?? Number.POSITIVE_INFINITY) > weeksAgo;
  return identity(random.pick(people.filter(wasThere)));
}

function leadOf(team: string): Commit['author'] {
  const lead = people.find(({ memberOf }) => memberOf[0] === team);
  if (lead === undefined) throw new Error(`team ${team} has no members`);
  return identity(lead);
}

function identity(person: Person): Commit['author'] {
  return { name: person.displayName, email: `${person.name}@${company.host}` };
}
