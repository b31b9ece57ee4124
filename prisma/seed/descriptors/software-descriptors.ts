import { company } from '../organisation/company.ts';
import type { Api, Component, Resource, System, Team } from '../organisation/model.ts';
import { componentAnnotations, componentLinks, repositoryAnnotations } from './component-tools.ts';
import type { Descriptor } from './descriptor.ts';
import { withoutEmpty } from './descriptor.ts';
import { entityTitle } from './entity-title.ts';

const apiVersion = 'backstage.io/v1alpha1';

/** Marks everything in this organisation as demo data. */
export const demoLabels = { 'demo-data': 'true' };

/** The System of a repository, at its root, with the documentation site of the repository. */
export function systemDescriptor(system: System): Descriptor {
  return {
    apiVersion,
    kind: 'System',
    metadata: {
      name: system.name,
      title: system.title,
      description: system.description,
      labels: demoLabels,
      annotations: { ...repositoryAnnotations(system.name), 'backstage.io/techdocs-ref': 'dir:.' },
      tags: [system.domain],
      links: [
        {
          url: `https://grafana.${company.host}/d/system-${system.name}`,
          title: 'Dashboard',
          icon: 'dashboard',
        },
        { url: `https://chat.${company.host}/channel/${system.owner}`, title: 'Team channel', icon: 'chat' },
      ],
    },
    spec: { owner: system.owner, domain: system.domain },
  };
}

/** A component of a system, delivered by Jenkins or by Argo CD. */
export function componentDescriptor(
  component: Component,
  system: System,
  deliveredBy: Team['delivery']['by'],
): Descriptor {
  const owner = component.owner ?? system.owner;
  return {
    apiVersion,
    kind: 'Component',
    metadata: {
      name: component.name,
      title: entityTitle(component.name),
      description: component.description,
      labels: { ...demoLabels, [`${company.host}/tier`]: `tier-${component.tier}` },
      annotations: componentAnnotations(component, system, deliveredBy),
      tags: [component.language, ...component.tags],
      links: componentLinks(component, owner),
    },
    spec: withoutEmpty({
      type: component.type,
      lifecycle: component.lifecycle,
      owner,
      system: system.name,
      subcomponentOf: component.partOf,
      providesApis: component.provides,
      consumesApis: component.consumes,
      dependsOn: component.dependsOn,
    }),
  };
}

/** An API of a system with its definition inline. */
export function apiDescriptor(api: Api, system: System): Descriptor {
  return {
    apiVersion,
    kind: 'API',
    metadata: {
      name: api.name,
      title: entityTitle(api.name),
      description: api.description,
      labels: demoLabels,
      annotations: repositoryAnnotations(system.name),
      tags: [api.definition.type],
      links: [
        { url: `https://developers.${company.host}/${api.name}`, title: 'Developer guide', icon: 'docs' },
      ],
    },
    spec: {
      type: api.definition.type,
      lifecycle: api.lifecycle,
      owner: system.owner,
      system: system.name,
      definition: api.definition.text,
    },
  };
}

/** A resource of a system. */
export function resourceDescriptor(resource: Resource, system: System): Descriptor {
  return {
    apiVersion,
    kind: 'Resource',
    metadata: {
      name: resource.name,
      title: entityTitle(resource.name),
      description: resource.description,
      labels: demoLabels,
      annotations: repositoryAnnotations(system.name),
      tags: [resource.type],
      links: [
        {
          url: `https://infra.${company.host}/${resource.type}/${resource.name}`,
          title: 'Console',
          icon: 'cloud',
        },
      ],
    },
    spec: withoutEmpty({
      type: resource.type,
      owner: system.owner,
      system: system.name,
      dependsOn: resource.dependsOn,
    }),
  };
}
