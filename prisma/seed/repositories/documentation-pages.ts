import { stringify } from 'yaml';
import { entityTitle } from '../descriptors/entity-title.ts';
import { company } from '../organisation/company.ts';
import type { Component, System } from '../organisation/model.ts';

/** `README.md` at the root. */
export function readme(system: System): string {
  return `# ${system.title}

${system.description}

| folder | holds |
| --- | --- |
| \`services\`, \`apps\`, \`jobs\`, \`pipelines\`, \`libraries\` | the software, one folder a component |
| \`apis\` | definitions of what others may call |
| \`infrastructure\` | databases, topics and whatever else it runs on |
| \`docs\` | pages for people |

Owned by the ${system.owner} team: https://chat.${company.host}/channel/${system.owner}

_Demo data of Waymark. ${company.title} is a fictional company._
`;
}

/** `.github/CODEOWNERS`: the team of the system reviews everything. */
export function codeOwners(system: System): string {
  return `* @${company.slug}/${system.owner}\n`;
}

/** `mkdocs.yml` of a documentation site. */
export function siteNavigation(name: string, hasRunbook: boolean): string {
  const nav = [{ Home: 'index.md' }, ...(hasRunbook ? [{ Runbook: 'runbook.md' }] : [])];
  return stringify({ site_name: entityTitle(name), nav, plugins: ['techdocs-core'] });
}

/** First page of a system's documentation. */
export function systemPage(system: System): string {
  const components = system.components
    .map(({ name, description }) => `- **${name}**: ${description}`)
    .join('\n');
  const apis = system.apis.map(({ name, description }) => `- **${name}**: ${description}`).join('\n');
  return `# ${system.title}

${system.description}

## What it is made of

${components}

## What others may call

${apis || 'Nothing: this system has no API.'}
`;
}

/** First page of a component's own documentation. */
export function componentPage(component: Component, system: System): string {
  return `# ${entityTitle(component.name)}

${component.description}

It is part of the ${system.title} system and written in ${component.language}.

## Needs

${bullets([...component.dependsOn, ...component.consumes.map((api) => `api:${api}`)], 'Nothing else.')}

## Offers

${bullets(
  component.provides.map((api) => `api:${api}`),
  'No API.',
)}
`;
}

/** What to do when the system misbehaves. */
export function runbookPage(system: System): string {
  const critical = system.components.filter(({ tier }) => tier === 1).map(({ name }) => name);
  return `# Runbook

## First five minutes

1. Look at the [dashboard](https://grafana.${company.host}/d/system-${system.name}): errors, latency, queue length.
2. Was something deployed in the last hour? Roll it back first and ask afterwards.
3. Say in the [team channel](https://chat.${company.host}/channel/${system.owner}) that you are on it.

## What pages somebody at night

${bullets(critical, 'Nothing. It can wait for the morning.')}

## Who to call

The ${system.owner} team: https://oncall.${company.host}/${system.owner}
`;
}

function bullets(items: readonly string[], otherwise: string): string {
  return items.length > 0 ? items.map((item) => `- \`${item}\``).join('\n') : otherwise;
}
