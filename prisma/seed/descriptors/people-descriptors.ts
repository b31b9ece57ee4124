import { company } from '../organisation/company.ts';
import type { Department, Domain, Person, Team } from '../organisation/model.ts';
import type { Descriptor } from './descriptor.ts';
import { withoutEmpty } from './descriptor.ts';
import { demoLabels } from './software-descriptors.ts';

const apiVersion = 'backstage.io/v1alpha1';

/** The root of the organisation chart. */
export function companyDescriptor(departments: readonly Department[]): Descriptor {
  return {
    apiVersion,
    kind: 'Group',
    metadata: {
      name: company.slug,
      title: company.title,
      description: company.description,
      labels: demoLabels,
      links: [{ url: `https://www.${company.host}`, title: 'Website', icon: 'web' }],
    },
    spec: {
      type: 'organization',
      profile: { displayName: company.title, email: `hello@${company.host}` },
      children: departments.map((department) => department.name),
    },
  };
}

/** A department with its teams. */
export function departmentDescriptor(department: Department, teams: readonly Team[]): Descriptor {
  const children = teams.filter((team) => team.department === department.name).map((team) => team.name);
  return {
    apiVersion,
    kind: 'Group',
    metadata: {
      name: department.name,
      title: department.title,
      description: department.description,
      labels: demoLabels,
    },
    spec: {
      type: 'department',
      profile: { displayName: department.title, email: `${department.name}@${company.host}` },
      parent: company.slug,
      children,
    },
  };
}

/** A team. */
export function teamDescriptor(team: Team): Descriptor {
  return {
    apiVersion,
    kind: 'Group',
    metadata: {
      name: team.name,
      title: team.title,
      description: team.description,
      labels: { ...demoLabels, [`${company.host}/cost-centre`]: team.costCentre },
      annotations: { 'github.com/team-slug': `${company.slug}/${team.name}` },
      links: [
        { url: `https://chat.${company.host}/channel/${team.name}`, title: 'Team channel', icon: 'chat' },
        { url: `https://oncall.${company.host}/${team.name}`, title: 'Who is on call', icon: 'alert' },
      ],
    },
    spec: {
      type: 'team',
      profile: { displayName: team.title, email: `${team.name}@${company.host}` },
      parent: team.department,
      children: [],
    },
  };
}

/** A person. */
export function personDescriptor(person: Person): Descriptor {
  return {
    apiVersion,
    kind: 'User',
    metadata: {
      name: person.name,
      title: person.displayName,
      description: person.role,
      labels: demoLabels,
      annotations: { 'github.com/user-login': person.name.replace('.', '-') },
    },
    spec: {
      profile: { displayName: person.displayName, email: `${person.name}@${company.host}` },
      memberOf: [...person.memberOf],
    },
  };
}

/** An area of the business. */
export function domainDescriptor(domain: Domain): Descriptor {
  return {
    apiVersion,
    kind: 'Domain',
    metadata: {
      name: domain.name,
      title: domain.title,
      description: domain.description,
      labels: demoLabels,
      links: [{ url: `https://wiki.${company.host}/domains/${domain.name}`, title: 'Wiki', icon: 'docs' }],
    },
    spec: withoutEmpty({ owner: domain.owner, subdomainOf: domain.partOf }),
  };
}
