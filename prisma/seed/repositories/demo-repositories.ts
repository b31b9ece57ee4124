import { demoEpoch, organisationRepository } from '../organisation/company.ts';
import type { System, Team } from '../organisation/model.ts';
import { systems } from '../organisation/systems.ts';
import { dissolvedTeam, teams } from '../organisation/teams.ts';
import { randomChoices } from '../random.ts';
import type { Commit } from './commits.ts';
import { commitsOf } from './commits.ts';
import {
  currentGoldenPaths,
  goldenPathsChanges,
  goldenPathsDescriptor,
  goldenPathsFiles,
  goldenPathsOwner,
  goldenPathsRepository,
} from './golden-paths-repository.ts';
import {
  currentOrganisation,
  organisationChanges,
  organisationFiles,
  organisationRepositoryOwner,
} from './organisation-repository.ts';
import { currentState, systemChanges } from './system-history.ts';
import { systemFiles } from './system-files.ts';

/** A repository of the demo organisation with its whole history. */
export interface DemoRepository {
  name: string;
  commits: readonly Commit[];
}

/** Names of all repositories: `org` first, then the golden paths, then systems by name. */
export const repositoryNames: readonly string[] = [
  organisationRepository,
  goldenPathsRepository,
  ...systems.map(({ name }) => name).sort(),
];

/** Which files of a repository describe entities, as a pattern; undefined where it is what a source takes by itself. */
export function descriptorPath(repository: string): string | undefined {
  return repository === goldenPathsRepository ? goldenPathsDescriptor : undefined;
}

/** Builds every repository in memory; the same `epoch` gives the same bytes. */
export function demoRepositories(epoch: Date = demoEpoch): DemoRepository[] {
  const all = new Map(
    [
      organisation(epoch),
      goldenPaths(epoch),
      ...systems.map((system) => systemRepository(system, epoch)),
    ].map((one) => [one.name, one]),
  );
  return repositoryNames.flatMap((name) => all.get(name) ?? []);
}

function organisation(epoch: Date): DemoRepository {
  const commits = commitsOf({
    now: currentOrganisation,
    changes: organisationChanges(),
    filesOf: organisationFiles,
    firstMessage: 'Describe the company, its teams and domains in the catalog',
    ownerTeam: organisationRepositoryOwner,
    epoch,
    random: randomChoices('commits:org'),
  });
  return { name: organisationRepository, commits };
}

function goldenPaths(epoch: Date): DemoRepository {
  const commits = commitsOf({
    now: currentGoldenPaths,
    changes: goldenPathsChanges(),
    filesOf: goldenPathsFiles,
    firstMessage: 'Offer services in Node.js and Python',
    ownerTeam: goldenPathsOwner,
    epoch,
    random: randomChoices('commits:golden-paths'),
  });
  return { name: goldenPathsRepository, commits };
}

function systemRepository(system: System, epoch: Date): DemoRepository {
  const team = teamNamed(system.owner);
  const changes = systemChanges(system, team).map((change) => ({
    ...change,
    // Nobody is left in the dissolved team to commit anything.
    team: change.team === dissolvedTeam ? system.owner : change.team,
  }));
  const commits = commitsOf({
    now: currentState(system, team),
    changes,
    filesOf: systemFiles,
    firstMessage: `Describe the ${system.title} system in the catalog`,
    ownerTeam: system.owner,
    epoch,
    random: randomChoices(`commits:${system.name}`),
  });
  return { name: system.name, commits };
}

function teamNamed(name: string): Team {
  const team = teams.find((candidate) => candidate.name === name);
  if (team === undefined) throw new Error(`no team is called ${name}`);
  return team;
}
