import { descriptorFile } from '../descriptors/descriptor.ts';
import {
  companyDescriptor,
  departmentDescriptor,
  domainDescriptor,
  personDescriptor,
  teamDescriptor,
} from '../descriptors/people-descriptors.ts';
import { company } from '../organisation/company.ts';
import { domains } from '../organisation/domains.ts';
import type { Person } from '../organisation/model.ts';
import { people } from '../organisation/people.ts';
import { departments, teams } from '../organisation/teams.ts';
import { randomChoices } from '../random.ts';
import type { Change, FileTree } from './repository-state.ts';

/** What changes in the `org` repository: people join, and domains are added to the map. */
export interface OrganisationState {
  people: readonly Person[];
}

/** Today's organisation. */
export const currentOrganisation: OrganisationState = { people };

/** All files of the `org` repository in one state: a folder a team, one for leadership, one for domains. */
export function organisationFiles(state: OrganisationState): FileTree {
  const membersOf = (group: string) =>
    state.people.filter(({ memberOf }) => memberOf[0] === group).map(personDescriptor);
  const files = new Map<string, string>([
    ['README.md', organisationReadme],
    ['.github/CODEOWNERS', `* @${company.slug}/${organisationRepositoryOwner}\n`],
    [
      'catalog-info.yaml',
      descriptorFile(
        companyDescriptor(departments),
        ...departments.map((department) => departmentDescriptor(department, teams)),
      ),
    ],
    ['leadership/catalog-info.yaml', descriptorFile(...departments.flatMap(({ name }) => membersOf(name)))],
    ['domains/catalog-info.yaml', descriptorFile(...domains.map(domainDescriptor))],
  ]);
  for (const team of teams) {
    files.set(
      `teams/${team.name}/catalog-info.yaml`,
      descriptorFile(teamDescriptor(team), ...membersOf(team.name)),
    );
  }
  return files;
}

const organisationReadme = `# ${company.title}: people and domains

Who works here, in which team, and the areas of the business. The portal reads the descriptors in this repository.

- \`catalog-info.yaml\`: the company and its departments
- \`teams\`: each team with its members
- \`leadership\`: heads of departments
- \`domains\`: areas of the business

_Demo data of Waymark. ${company.title} is a fictional company, and nobody in it exists._
`;

/** The team that owns the `org` repository. */
export const organisationRepositoryOwner = 'platform';

/** Who joined in the last year, and how many weeks ago; everybody else was there before. */
export const joinedWeeksAgo: ReadonlyMap<string, number> = chooseJoiners();

function chooseJoiners(): Map<string, number> {
  const random = randomChoices('history:org');
  // The first of a group leads it and was here before.
  const candidates = people.filter(({ memberOf }, index) => people[index - 1]?.memberOf[0] === memberOf[0]);
  const joiners = random.shuffle(candidates).slice(0, 8);
  return new Map(joiners.map(({ name }) => [name, 2 + random.below(48)]));
}

/** A commit of their team for each person who joined. */
export function organisationChanges(): Change<OrganisationState>[] {
  return people.flatMap(({ name, displayName, memberOf: [team] }) => {
    const weeksAgo = joinedWeeksAgo.get(name);
    if (weeksAgo === undefined || team === undefined) return [];
    const undo = (state: OrganisationState) => ({
      people: state.people.filter((person) => person.name !== name),
    });
    return [{ message: `Welcome ${displayName} to ${team}`, weeksAgo, team, undo }];
  });
}
