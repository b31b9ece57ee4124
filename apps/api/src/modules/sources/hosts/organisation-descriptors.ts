import { compilePattern } from '../../../platform/linear-pattern.ts';
import { encodePath } from '../../../platform/outbound/index.ts';
import type { HostedOrganisation, HostedPerson, HostedTeam } from './hosted-git.ts';
import type { OrganisationSettings } from './host-settings.ts';

/** A descriptor that is made from what a host says of a person or team. */
export interface GeneratedDescriptor {
  path: string;
  /** JSON, which is YAML too. */
  text: string;
  /** Where the host shows it. */
  location: string;
}

/** Characters that hide or turn text around, and control characters. */
const DECEIVING = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const MAX_NAME_LENGTH = 250;

/**
 * Users and Groups of an organisation, named and annotated as Backstage's GitHub and GitLab providers do.
 * Whether a name is valid is decided where all descriptors are validated.
 */
export function describeOrganisation(
  flavour: 'github' | 'gitlab',
  settings: OrganisationSettings,
  { people, teams }: HostedOrganisation,
): GeneratedDescriptor[] {
  const matchesGroup = anyOf(settings.groupPatterns);
  const matchesPerson = anyOf(settings.personPattern === undefined ? [] : [settings.personPattern]);
  const shown = teams.items.filter(({ slug }) => matchesGroup(slug));
  const context = { flavour, settings, ...relate(shown) };
  return [
    ...shown.map((team) => describeTeam(team, context)),
    ...people.items
      .filter(({ login }) => matchesPerson(login))
      .map((person) => describePerson(person, context)),
  ];
}

interface Context extends Relations {
  flavour: 'github' | 'gitlab';
  settings: OrganisationSettings;
}

/** Who belongs to whom, looked up by name: an organisation can have thousands of both. */
interface Relations {
  /** Slugs of all teams that are shown. */
  shownSlugs: ReadonlySet<string>;
  /** Slugs of the teams below a team, by its slug. */
  childrenOf: ReadonlyMap<string | undefined, string[]>;
  /** Slugs of the teams of a person, by login. */
  teamsOf: ReadonlyMap<string, string[]>;
}

function relate(teams: readonly HostedTeam[]): Relations {
  const childrenOf = new Map<string | undefined, string[]>();
  const teamsOf = new Map<string, string[]>();
  const note = <Key>(map: Map<Key, string[]>, key: Key, slug: string) => {
    const known = map.get(key);
    if (known) known.push(slug);
    else map.set(key, [slug]);
  };
  for (const { slug, parentSlug, members } of teams) {
    note(childrenOf, parentSlug, slug);
    for (const login of new Set(members)) note(teamsOf, login, slug);
  }
  return { shownSlugs: new Set(teams.map(({ slug }) => slug)), childrenOf, teamsOf };
}

function describeTeam(
  team: HostedTeam,
  { flavour, settings, shownSlugs, childrenOf }: Context,
): GeneratedDescriptor {
  const { host, organisation, namespace } = settings;
  const name = groupName(team.slug, flavour, organisation);
  const { parentSlug } = team;
  const parent = parentSlug !== undefined && shownSlugs.has(parentSlug) ? parentSlug : undefined;
  const children = childrenOf.get(team.slug) ?? [];
  return descriptor(`groups/${name}`, {
    location:
      flavour === 'github'
        ? `https://${host}/orgs/${organisation}/teams/${team.slug}`
        : `https://${host}/groups/${team.slug}`,
    kind: 'Group',
    metadata: {
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(team.description ? { description: readable(team.description) } : {}),
      annotations:
        flavour === 'github'
          ? { 'github.com/team-slug': `${organisation}/${team.slug}` }
          : { [`${host}/team-path`]: team.slug },
    },
    spec: {
      type: 'team',
      profile: { displayName: readable(team.name) || name },
      ...(parent === undefined ? {} : { parent: groupName(parent, flavour, organisation) }),
      children: children.map((slug) => groupName(slug, flavour, organisation)),
      // Said on both sides: somebody of two organisations is one User, which only one of them can describe.
      members: team.members.map((login) => `default/${login}`),
    },
  });
}

function describePerson(person: HostedPerson, { flavour, settings, teamsOf }: Context): GeneratedDescriptor {
  const { host, organisation, namespace } = settings;
  const url = `https://${host}/${person.login}`;
  const groups = (teamsOf.get(person.login) ?? []).map((slug) => groupName(slug, flavour, organisation));
  const picture = person.pictureUrl !== undefined && /^https?:\/\//.test(person.pictureUrl);
  return descriptor(`users/${person.login}`, {
    location: url,
    kind: 'User',
    metadata: {
      name: person.login,
      annotations:
        flavour === 'github' ? { 'github.com/user-login': person.login } : { [`${host}/user-login`]: url },
    },
    spec: {
      profile: {
        ...(person.name ? { displayName: readable(person.name) } : {}),
        ...(person.email ? { email: readable(person.email) } : {}),
        ...(picture ? { picture: person.pictureUrl } : {}),
      },
      memberOf: groups.map((name) => (namespace === undefined ? name : `${namespace}/${name}`)),
    },
  });
}

function descriptor(
  path: string,
  { location, ...entity }: { location: string; kind: string; metadata: object; spec: object },
): GeneratedDescriptor {
  return {
    path: `${encodePath(path)}.json`,
    text: `${JSON.stringify({ apiVersion: 'backstage.io/v1alpha1', ...entity }, undefined, 2)}\n`,
    location,
  };
}

/** GitLab's groups are paths: below the configured one, with dashes for slashes, as in Backstage. */
function groupName(slug: string, flavour: 'github' | 'gitlab', organisation: string): string {
  if (flavour === 'github') return slug;
  const below = `${organisation}/`;
  return (slug.startsWith(below) ? slug.slice(below.length) : slug).replaceAll('/', '-');
}

/** Text that looks like what it is, on one line, and not for ever. */
function readable(text: string): string {
  return text.replace(DECEIVING, ' ').trim().slice(0, MAX_NAME_LENGTH);
}

function anyOf(patterns: readonly string[]): (name: string) => boolean {
  const expressions = patterns.map(compilePattern);
  return (name) => expressions.length === 0 || expressions.some((expression) => expression.test(name));
}
