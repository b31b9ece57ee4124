import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Files of the skeleton: as many as a small service has. */
const SKELETON_FILES = 20;
const LINES_A_FILE = 40;
/** Lines of the log that is followed, one after the other. */
export const CHATTER_LINES = 30;
const CHATTER_PAUSE_MS = 150;

/** Names of the templates. */
export const TEMPLATES = ['local', 'published', 'chatter'] as const;

/** What the server of the benchmark reads: three templates and the skeleton of two of them. */
export async function writeTemplates(directory: string): Promise<void> {
  const files = new Map<string, string>();
  for (const name of ['local', 'published']) {
    for (const [file, text] of Object.entries(skeleton())) files.set(`${name}/skeleton/${file}`, text);
  }
  files.set('local/template.yaml', template('local', localSteps));
  files.set('published/template.yaml', template('published', publishedSteps));
  files.set('chatter/template.yaml', template('chatter', chatterSteps));
  for (const [file, text] of files) {
    const path = join(directory, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
}

/** A file of about two kilobytes with an expression in every other line. */
export function skeletonFile(index: number): string {
  const lines = Array.from({ length: LINES_A_FILE }, (_, line) =>
    line % 2 === 0
      ? `export const value${line} = '\${{ values.name | upper }}: \${{ values.owner }} ${index}';`
      : `// Line ${line} of a file that somebody has written with care.`,
  );
  return `${lines.join('\n')}\n`;
}

function skeleton(): Record<string, string> {
  const files: Record<string, string> = { 'README.md': '# ${{ values.name }}\n' };
  for (let index = 1; index < SKELETON_FILES; index += 1) files[`src/part-${index}.ts`] = skeletonFile(index);
  return files;
}

const fetchStep = {
  ...{ id: 'fetch', action: 'fetch:template' },
  input: {
    url: './skeleton',
    values: { name: '${{ parameters.name }}', owner: '${{ parameters.owner }}' },
  },
};
const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: '${{ parameters.name }}' },
  spec: { type: 'service', lifecycle: 'experimental', owner: '${{ parameters.owner }}' },
};
const writeStep = { id: 'write', action: 'catalog:write', input: { entity } };

const localSteps = [
  fetchStep,
  writeStep,
  { id: 'log', action: 'debug:log', input: { message: 'Made ${{ parameters.name }}' } },
];
const publishedSteps = [
  fetchStep,
  writeStep,
  { id: 'publish', action: 'publish', input: { repoUrl: '${{ parameters.repoUrl }}' } },
  {
    ...{ id: 'register', action: 'catalog:register' },
    input: { repoContentsUrl: '${{ steps.publish.output.repoContentsUrl }}' },
  },
];
const chatterSteps = Array.from({ length: CHATTER_LINES }, (_, index) => [
  { id: `wait-${index}`, action: 'debug:wait', input: { milliseconds: CHATTER_PAUSE_MS } },
  { id: `say-${index}`, action: 'debug:log', input: { message: `The line of number ${index} ends.` } },
]).flat();

function template(name: string, steps: readonly object[]): string {
  const properties = { name: { type: 'string' }, owner: { type: 'string' }, repoUrl: { type: 'string' } };
  return JSON.stringify({
    apiVersion: 'scaffolder.backstage.io/v1beta3',
    kind: 'Template',
    metadata: { name },
    spec: { type: 'service', parameters: { properties }, steps },
  });
}
