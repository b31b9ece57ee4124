import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createKindRegistry, validateEntity } from '@waymark/catalog-model';
import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { goldenPathNames, goldenPathsFolder, readTextFiles } from './golden-path-files.ts';
import { readTemplate, templateFolder } from './render-project.ts';

const kinds = createKindRegistry();

/** Names after a word and a dot, as in `values.name`. */
function namesAfter(word: string, text: string): string[] {
  const pattern = new RegExp(String.raw`\b${word}\.(\w+)`, 'g');
  return [...new Set([...text.matchAll(pattern)].map(([, name = '']) => name))].sort();
}

describe.each(goldenPathNames)('the template %s', (name) => {
  const template = readTemplate(name);
  const { metadata, spec } = template;
  const pages = spec.parameters;
  const fields = pages.flatMap(({ properties }) => Object.entries(properties));

  it('is a valid entity that belongs to nobody in particular', () => {
    expect(validateEntity(template, kinds).problems).toEqual([]);
    expect(metadata.name).toBe(name);
    expect(metadata.description).toMatch(/^[A-Z][^.]+\.$/);
    expect(spec.owner).toBeUndefined();
  });

  it('asks on a few pages that say what they are about', () => {
    expect(pages.length).toBeLessThanOrEqual(3);
    for (const page of pages) {
      expect(page.title).toMatch(/^\w.+/);
      expect(page.description).toMatch(/\.$/);
      expect(Object.keys(page.properties)).toEqual(expect.arrayContaining(page.required ?? []));
    }
    for (const [field, schema] of fields) expect(schema.title, field).toBeDefined();
  });

  it('has schemas that hold, with defaults that they accept, and help beside each pattern', () => {
    const ajv = new Ajv({ strictSchema: false, allErrors: true });
    for (const [field, schema] of fields) {
      const isValid = ajv.compile(schema);
      if (schema.default !== undefined) expect(isValid(schema.default), field).toBe(true);
      if (schema['pattern'] !== undefined) expect(schema['ui:help'], field).toBeDefined();
    }
  });

  it('writes, publishes and registers, in this order, and says where to go on', () => {
    const actions = spec.steps.map(({ action }) => action);
    expect(actions.slice(-2)).toEqual(['publish', 'catalog:register']);
    expect(new Set(actions.slice(0, -2))).toEqual(new Set(['fetch:template']));
    expect(spec.output.links.map(({ title }) => title)).toEqual(['Repository', 'Open in catalog']);
    expect(spec.output.text).toHaveLength(1);
  });

  it('uses every answer, and no other', () => {
    const used = namesAfter('parameters', JSON.stringify(spec.steps));
    expect(used).toEqual(fields.map(([field]) => field).sort());
  });

  it('gives its files the values that they use, and no other', () => {
    for (const { input } of spec.steps.filter(({ action }) => action === 'fetch:template')) {
      const files = readTextFiles(join(templateFolder(name), input.url));
      const used = namesAfter('values', files.map(({ path, text }) => path + text).join('\n'));
      expect(Object.keys(input['values'] as object).sort()).toEqual(expect.arrayContaining(used));
      if (spec.steps.length === 3) expect(used).toEqual(Object.keys(input['values'] as object).sort());
    }
  });
});

describe('the golden paths', () => {
  it('are listed by one location, in their order', () => {
    const location = parse(readFileSync(join(goldenPathsFolder, 'catalog-info.yaml'), 'utf8')) as {
      spec: { targets: string[] };
    };
    expect(validateEntity(location, kinds).problems).toEqual([]);
    expect(location.spec.targets).toEqual(goldenPathNames.map((name) => `./templates/${name}/template.yaml`));
  });

  it('write what is not about the language in the same words', () => {
    const shared = (name: 'node-service' | 'python-service' | 'go-service') =>
      readTextFiles(join(templateFolder(name), 'skeleton')).filter(({ path }) =>
        /deploy|^(\.editorconfig|CODEOWNERS|catalog-info\.yaml|docs\/runbook\.md|mkdocs\.yml)$/.test(path),
      );
    expect(shared('python-service')).toEqual(shared('node-service'));
    expect(shared('go-service')).toEqual(shared('node-service'));
  });

  it.each(['node', 'python', 'go'])('make the same %s service from a manifest as from a form', (runtime) => {
    const original = join(goldenPathsFolder, 'templates', `${runtime}-service`, 'skeleton');
    const copy = join(templateFolder('service-from-manifest'), 'runtimes', runtime);
    // After a change: node golden-paths/copy-runtimes.mjs
    expect(readTextFiles(copy)).toEqual(readTextFiles(original));
  });

  it('ask for a manifest by the fields of its schema', () => {
    const file = join(templateFolder('service-from-manifest'), 'skeleton', 'platform.schema.json');
    const schema = JSON.parse(readFileSync(file, 'utf8')) as ManifestSchema;
    const pages = readTemplate('service-from-manifest').spec.parameters;
    const fields = withoutHints(Object.assign({}, ...pages.map(({ properties }) => properties)) as object);
    const { metadata, spec } = schema.properties;
    const asked = { ...metadata.properties, ...spec.properties };
    expect(fields).toEqual({ ...asked, repoUrl: expect.anything() as unknown });
  });
});

interface ManifestSchema {
  properties: Record<'metadata' | 'spec', { properties: object }>;
}

/** A schema without what is said to the form alone. */
function withoutHints(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutHints);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !key.startsWith('ui:'))
      .map(([key, item]) => [key, withoutHints(item)]),
  );
}
