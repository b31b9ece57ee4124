import { createHash } from 'node:crypto';
import { company } from '../organisation/company.ts';
import type { Component, ComponentType, System, Team } from '../organisation/model.ts';
import type { Link } from './descriptor.ts';

/** Annotations of everything that lives in a repository. */
export function repositoryAnnotations(repository: string): Record<string, string> {
  return { 'github.com/project-slug': `${company.slug}/${repository}` };
}

const runsInCluster: ReadonlySet<ComponentType> = new Set([
  'service',
  'website',
  'batch-job',
  'data-pipeline',
]);

/** Where the tools of the company know a component. */
export function componentAnnotations(
  component: Component,
  system: System,
  deliveredBy: Team['delivery']['by'],
): Record<string, string> {
  const { name, type } = component;
  return {
    ...repositoryAnnotations(system.name),
    ...(component.hasOwnDocs
      ? { 'backstage.io/techdocs-ref': 'dir:.' }
      : { 'backstage.io/techdocs-entity': `system:default/${system.name}` }),
    'sonarqube.org/project-key': `${company.slug}_${name}`,
    ...deliveryAnnotations(component, system, deliveredBy),
    ...(runsInCluster.has(type) && { 'backstage.io/kubernetes-id': name }),
    ...(component.tier < 3 && type !== 'library' && { 'pagerduty.com/service-id': pagerDutyId(name) }),
    ...(['website', 'mobile-app'].includes(type) && { 'sentry.io/project-slug': `${company.slug}/${name}` }),
  };
}

function deliveryAnnotations(
  component: Component,
  system: System,
  deliveredBy: Team['delivery']['by'],
): Record<string, string> {
  if (deliveredBy === 'jenkins')
    return { 'jenkins.io/job-full-name': `${system.owner}/${system.name}/${component.name}` };
  return runsInCluster.has(component.type) ? { 'argocd/app-name': component.name } : {};
}

/** An id of the shape that PagerDuty gives to services: `P` and six capitals or digits. */
function pagerDutyId(name: string): string {
  const digits = createHash('sha256').update(`pagerduty:${name}`).digest().readUInt32BE(0);
  return `P${digits.toString(36).toUpperCase().padStart(7, '0').slice(-6)}`;
}

/** Links that somebody who has the component's page open wants next. */
export function componentLinks(component: Component, owner: string): Link[] {
  return [
    ...typeLinks(component),
    { url: `https://chat.${company.host}/channel/${owner}`, title: 'Team channel', icon: 'chat' },
    ...(component.replacedBy
      ? [
          {
            url: `https://wiki.${company.host}/moving-off/${component.name}`,
            title: `How to move to ${component.replacedBy}`,
            icon: 'help',
          },
        ]
      : []),
  ];
}

function typeLinks({ name, type, language }: Component): Link[] {
  const dashboard = {
    url: `https://grafana.${company.host}/d/${name}`,
    title: 'Dashboard',
    icon: 'dashboard',
  };
  const runbook = { url: `https://runbooks.${company.host}/${name}`, title: 'Runbook', icon: 'help' };
  switch (type) {
    case 'library':
      return [{ url: `https://packages.${company.host}/${language}/${name}`, title: 'Package', icon: 'web' }];
    case 'website':
      return [
        { url: `https://${name}.${company.host}`, title: 'Production', icon: 'web' },
        dashboard,
        runbook,
      ];
    case 'mobile-app':
      return [{ url: `https://releases.${company.host}/${name}`, title: 'Releases', icon: 'web' }, dashboard];
    case 'batch-job':
      return [
        {
          url: `https://schedule.${company.host}/jobs/${name}`,
          title: 'Schedule and last runs',
          icon: 'alert',
        },
        runbook,
      ];
    case 'data-pipeline':
      return [
        { url: `https://airflow.${company.host}/dags/${name}`, title: 'Last runs', icon: 'dashboard' },
        runbook,
      ];
    case 'service':
      return [
        dashboard,
        { url: `https://logs.${company.host}/search?service=${name}`, title: 'Logs', icon: 'docs' },
        runbook,
      ];
  }
}
