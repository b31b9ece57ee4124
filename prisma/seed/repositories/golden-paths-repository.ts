import { join } from 'node:path';
import {
  goldenPathNames,
  goldenPathsFolder,
  readTextFiles,
  type GoldenPathName,
} from '@waymark/golden-paths';
import { descriptorFile } from '../descriptors/descriptor.ts';
import { demoLabels } from '../descriptors/software-descriptors.ts';
import { company } from '../organisation/company.ts';
import type { Change, FileTree } from './repository-state.ts';

/** The templates that the product ships, as the platform team of the company offers them. */
export const goldenPathsRepository = 'golden-paths';

/** The team that owns them. */
export const goldenPathsOwner = 'platform';

/** Beside the templates the repository holds descriptors that they have yet to fill in: the catalog reads this one. */
export const goldenPathsDescriptor = 'catalog-info.yaml';

/** What changes in the repository: templates are added. */
export interface GoldenPathsState {
  templates: readonly GoldenPathName[];
}

/** All templates. */
export const currentGoldenPaths: GoldenPathsState = { templates: goldenPathNames };

/** All files of the repository in one state. */
export function goldenPathsFiles({ templates }: GoldenPathsState): FileTree {
  return new Map([
    ['README.md', readme],
    ['.github/CODEOWNERS', `* @${company.slug}/${goldenPathsOwner}\n`],
    [goldenPathsDescriptor, locationDescriptor(templates)],
    ...templates.flatMap(templateFiles),
  ]);
}

function locationDescriptor(templates: readonly GoldenPathName[]): string {
  return descriptorFile({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Location',
    metadata: {
      name: goldenPathsRepository,
      title: 'Golden Paths',
      description: 'Templates for new services, jobs, sites and libraries.',
      labels: demoLabels,
    },
    spec: { targets: templates.map((name) => `./templates/${name}/template.yaml`) },
  });
}

const filesByTemplate = new Map<GoldenPathName, [path: string, text: string][]>();

/** A state of the history has most templates of the one before: each is read once. */
function templateFiles(name: GoldenPathName): [path: string, text: string][] {
  const known = filesByTemplate.get(name);
  if (known !== undefined) return known;
  const files = readTextFiles(join(goldenPathsFolder, 'templates', name)).map(
    ({ path, text }): [string, string] => [
      `templates/${name}/${path}`,
      path === 'template.yaml' ? asOfTheCompany(text) : text,
    ],
  );
  filesByTemplate.set(name, files);
  return files;
}

/** The product's templates belong to nobody; those of the company to its platform team. */
function asOfTheCompany(template: string): string {
  const labels = Object.entries(demoLabels).map(([name, value]) => `    ${name}: '${value}'\n`);
  return template
    .replace('metadata:\n', `metadata:\n  labels:\n${labels.join('')}`)
    .replace('spec:\n', `spec:\n  owner: group:default/${goldenPathsOwner}\n`);
}

const readme = `# Golden paths

How a new service, job, site or library begins here: with tests, a pipeline, manifests for the cluster, and an owner. Choose one in the portal under _Create_.

- \`templates\`: one folder for each, with its form and the files that it writes

_Demo data of Waymark. ${company.title} is a fictional company._
`;

/** Which template came when, beside those that the repository began with. */
const additions: readonly { templates: readonly GoldenPathName[]; message: string; weeksAgo: number }[] = [
  { templates: ['go-service'], message: 'Offer Go services', weeksAgo: 41 },
  {
    templates: ['batch-job'],
    message: 'Offer batch jobs, because half of the cron jobs had no alert',
    weeksAgo: 33,
  },
  { templates: ['static-site', 'library'], message: 'Offer static sites and libraries', weeksAgo: 19 },
  {
    templates: ['service-from-manifest'],
    message: 'Make services from the manifests of the pilot teams',
    weeksAgo: 6,
  },
];

/** What happened in the repository over the last year. */
export function goldenPathsChanges(): Change<GoldenPathsState>[] {
  return additions.map(({ templates: added, message, weeksAgo }) => ({
    message,
    weeksAgo,
    team: goldenPathsOwner,
    undo: ({ templates }) => ({ templates: templates.filter((name) => !added.includes(name)) }),
  }));
}
