import { createKindRegistry, validateEntity } from '@waymark/catalog-model';
import { Ajv } from 'ajv';
import { check, getFileInfo } from 'prettier';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { goldenPathNames, type TextFile } from './golden-path-files.ts';
import { renderProject } from './render-project.ts';
import { dockerfileFindings } from './rules/dockerfile.ts';
import { fieldFindings, schemaFindings } from './rules/kubernetes-fields.ts';
import { podOf, securityFindings, type Manifest } from './rules/kubernetes-security.ts';
import { workflowFindings } from './rules/workflow.ts';
import { sampleAnswers } from './sample-answers.ts';

const kinds = createKindRegistry();

const projects = goldenPathNames.flatMap((template) =>
  Object.entries(sampleAnswers[template]).map(([answers, values]) => ({
    title: `${template} with ${answers} answers`,
    template,
    name: values.name,
    files: renderProject(template, values),
  })),
);

/** What every project has, whatever it is. */
const files = {
  everywhere: [
    ...[
      '.editorconfig',
      '.github/dependabot.yml',
      '.github/workflows/ci.yaml',
      '.gitignore',
      '.gitlab-ci.yml',
    ],
    ...['.github/workflows/codeql.yaml', 'AGENTS.md', 'CODEOWNERS', 'README.md', 'catalog-info.yaml'],
    ...['docs/index.md', 'docs/runbook.md', 'mkdocs.yml'],
  ],
  inCluster: ['.dockerignore', 'Dockerfile', 'deploy/kustomization.yaml', 'deploy/service-account.yaml'],
};

function textOf(project: readonly TextFile[], path: string): string {
  const file = project.find((one) => one.path === path);
  if (file === undefined) throw new Error(`no file ${path}`);
  return file.text;
}

function manifestsOf(project: readonly TextFile[]): Manifest[] {
  return project
    .filter(({ path }) => path.startsWith('deploy/') && !path.endsWith('kustomization.yaml'))
    .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS() as Manifest));
}

describe.each(projects)('$title', ({ template, name, files: project }) => {
  const paths = project.map(({ path }) => path);

  it('has the files of a golden path, each once', () => {
    expect(paths).toEqual(expect.arrayContaining(files.everywhere));
    expect(new Set(paths).size).toBe(paths.length);
  });

  it('has nothing of the template left in it', () => {
    for (const { path, text } of project) {
      expect(path).not.toMatch(/[{}%]/);
      expect(text, path).not.toMatch(
        /\$\{\{ *(values|parameters)\.|\{%-? | -?%\}|\[object Object\]|\bundefined\//,
      );
    }
  });

  it('has tidy text files', () => {
    for (const { path, text } of project) {
      if (text === '') continue;
      expect(text, path).toMatch(/[^\n]\n$/);
      expect(text, path).not.toMatch(/[ \t]+\n|\r|\n\n\n\n/);
    }
  });

  it('has YAML and JSON that can be read and is formatted', async () => {
    for (const { path, text } of project) {
      const { inferredParser } = await getFileInfo(path);
      if (inferredParser !== 'yaml' && !inferredParser?.startsWith('json')) continue;
      const isLockFile = path === 'package-lock.json';
      if (isLockFile) expect(() => JSON.parse(text) as unknown).not.toThrow();
      else expect(await check(text, { filepath: path }), path).toBe(true);
    }
  });

  it('describes itself to the catalog', () => {
    const { entity, problems } = validateEntity(parse(textOf(project, 'catalog-info.yaml')), kinds);
    expect(problems).toEqual([]);
    expect(entity).toMatchObject({
      kind: 'Component',
      metadata: {
        name,
        annotations: {
          'backstage.io/source-template': `template:default/${template}`,
          'backstage.io/techdocs-ref': 'dir:.',
        },
      },
      spec: { owner: expect.stringContaining('payments-core') as string },
    });
  });

  it('names no place that packages were fetched from, and pins what it needs', () => {
    if (!paths.includes('package.json')) return;
    const {
      name: packageName,
      dependencies = {},
      devDependencies = {},
    } = JSON.parse(textOf(project, 'package.json')) as {
      name: string;
      dependencies?: Record<string, string>;
      devDependencies?: Record<string, string>;
    };
    for (const version of Object.values({ ...dependencies, ...devDependencies }))
      expect(version).toMatch(/^\d/);
    const lock = textOf(project, 'package-lock.json');
    expect(lock).not.toContain('"resolved"');
    const { packages } = JSON.parse(lock) as { packages: Record<string, Record<string, unknown>> };
    expect(packages['']).toMatchObject({ name: packageName, devDependencies });
    expect(packages['']?.['dependencies'] ?? {}).toEqual(dependencies);
  });

  it('has workflows that GitHub accepts, with no right that they do not need', async () => {
    for (const { path, text } of project.filter((file) => file.path.startsWith('.github/workflows/'))) {
      expect(await workflowFindings(path, text), path).toEqual([]);
    }
  });
});

const inCluster = projects.filter(({ template }) => template !== 'library');

describe.each(inCluster)('what runs of $title', ({ name, files: project }) => {
  const paths = project.map(({ path }) => path);

  it('has its files', () => {
    expect(paths).toEqual(expect.arrayContaining(files.inCluster));
  });

  it('has an image that runs as nobody in particular', () => {
    expect(dockerfileFindings(textOf(project, 'Dockerfile'))).toEqual([]);
  });

  it('has manifests that Kubernetes accepts and the restricted standard allows', async () => {
    const manifests = manifestsOf(project);
    for (const manifest of manifests) {
      expect(await schemaFindings(manifest), manifest.kind).toEqual([]);
      expect(manifest.metadata.labels?.['app.kubernetes.io/name'], manifest.kind).toBe(name);
    }
    expect(manifests.filter((manifest) => podOf(manifest) !== undefined)).toHaveLength(1);
    expect(securityFindings(manifests)).toEqual([]);
  });

  it('deploys all of its manifests', () => {
    const [kustomization] = parseAllDocuments(textOf(project, 'deploy/kustomization.yaml'));
    const { resources } = kustomization?.toJS() as { resources: string[] };
    const manifests = paths.filter(
      (path) => path.startsWith('deploy/') && !path.endsWith('kustomization.yaml'),
    );
    expect(resources.map((resource) => `deploy/${resource}`).sort()).toEqual(manifests.sort());
  });
});

it('uses no field that Kubernetes does not know', () => {
  const manifests = inCluster.flatMap(({ files: project }) => manifestsOf(project));
  expect(manifests.length).toBeGreaterThan(50);
  expect(fieldFindings(manifests)).toEqual([]);
});

const fromManifest = projects.filter(({ template }) => template === 'service-from-manifest');

describe.each(fromManifest)('the manifest of $title', ({ files: project }) => {
  const manifest: unknown = parse(textOf(project, 'platform.yaml'));

  it('holds by its own schema and by that of the catalog', () => {
    const ajv = new Ajv({ allErrors: true });
    const isValid = ajv.compile(JSON.parse(textOf(project, 'platform.schema.json')) as object);
    isValid(manifest);
    expect(isValid.errors).toBeNull();
    expect(validateEntity(manifest, kinds).problems).toEqual([]);
  });
});
