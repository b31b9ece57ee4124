import type { SourceProblem } from '@waymark/contracts';
import { describe, expect, it } from 'vitest';
import { sendJson } from '../../testing/json-request.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { useUrlSources } from '../../testing/url-sources.ts';

/** Documents made to choke a reader, from a host, by every door: a source, a look before it, a dry run, a question. */

const given = useUrlSources();
const TARGET = 'https://github.com/acme/shop/blob/main/all.yaml';

/** A valid component but for its last line, the ninth, which holds the text. */
const withLine = (text: string) => componentYaml('bad', [text]);

const multiplying = [...'bcdefghi']
  .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join()}]`)
  .join('\n');

interface Hostile {
  text: string;
  code: string;
  /** In the document. */
  line: number;
}

const hostile: Record<string, Hostile> = {
  'aliases that multiply': {
    text: `a: &a [x,x,x,x,x,x,x,x,x]\n${multiplying}\n`,
    ...{ code: 'yaml.too-many-aliases', line: 4 },
  },
  'few aliases that multiply': {
    text: `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b]\nd: &d [*c,*c,*c]\ne: [*d,*d]\n`,
    ...{ code: 'yaml.too-many-aliases', line: 2 },
  },
  '100,001 aliases': {
    text: withLine(`a: &a x\n  b: [${Array(100_001).fill('*a').join()}]`),
    ...{ code: 'yaml.too-many-aliases', line: 10 },
  },
  'an alias of itself': { text: withLine('a: &a [*a]'), code: 'yaml.syntax', line: 9 },
  '10,000 lists': {
    text: withLine(`a: ${'['.repeat(10_000)}${']'.repeat(10_000)}`),
    ...{ code: 'yaml.too-deep', line: 9 },
  },
  '10,000 lists that nobody closes': {
    text: withLine(`a: ${'['.repeat(10_000)}`),
    ...{ code: 'yaml.too-deep', line: 9 },
  },
  '10,000 mappings': {
    text: withLine(`a: ${'{a: '.repeat(10_000)}${'}'.repeat(10_000)}`),
    ...{ code: 'yaml.too-deep', line: 9 },
  },
  '10,000 dashes': { text: withLine(`a:\n  ${'- '.repeat(10_000)}x`), code: 'yaml.too-deep', line: 10 },
  '2 MB': { text: withLine(`a: ${'x'.repeat(2 * 1024 * 1024)}`), code: 'document.too-large', line: 1 },
  'a key twice': { text: withLine('type: other'), code: 'yaml.duplicate-key', line: 9 },
  'a key twice in another spelling': {
    text: withLine('"ty\\x70e": other'),
    code: 'yaml.duplicate-key',
    line: 9,
  },
  'a key twice in JSON': {
    text: '{"apiVersion": "backstage.io/v1alpha1", "kind": "Component",\n"kind": "API", "metadata": {"name": "bad"}}\n',
    ...{ code: 'yaml.duplicate-key', line: 2 },
  },
  'a function': {
    text: withLine('a: !!js/function "function () {}"'),
    code: 'yaml.unsupported-tag',
    line: 9,
  },
  'an undefined value': { text: withLine('a: !!js/undefined ""'), code: 'yaml.unsupported-tag', line: 9 },
  'an object of Python': {
    text: withLine('a: !!python/object/apply:os.system ["id"]'),
    ...{ code: 'yaml.unsupported-tag', line: 9 },
  },
  bytes: { text: withLine('a: !!binary aGVsbG8='), code: 'yaml.unsupported-tag', line: 9 },
  'a tag of its own': {
    text: '%TAG ! tag:evil.example,2026:\n---\na: !x 1\nkind: b\nmetadata: {}\n',
    code: 'yaml.unsupported-tag',
    line: 3,
  },
  'a key __proto__': { text: withLine('__proto__: { admin: true }'), code: 'yaml.forbidden-key', line: 9 },
  'a key constructor': { text: withLine('a: [{ constructor: {} }]'), code: 'yaml.forbidden-key', line: 9 },
  'a key prototype': { text: withLine('a:\n    prototype: x'), code: 'yaml.forbidden-key', line: 10 },
  'an escaped key': { text: withLine('"\\x5f_proto__": x'), code: 'yaml.forbidden-key', line: 9 },
  'a merged key': {
    text: withLine('a: { <<: { __proto__: { admin: true } } }'),
    code: 'yaml.forbidden-key',
    line: 9,
  },
  'a tab': { text: componentYaml('bad').replace('  owner', '\towner'), code: 'yaml.syntax', line: 8 },
  'a byte order mark before a comment': { text: withLine('\uFEFF# comment'), code: 'yaml.syntax', line: 9 },
};

/** All of them in one file, each between two good documents, with the line on which each begins. */
function fileOf(documents: readonly string[]) {
  const parts = documents.flatMap((text, index) => [componentYaml(`good-${index}`), text]);
  const lineOf = (index: number) =>
    parts.slice(0, index).join('---\n').split('\n').length + (index === 0 ? 0 : 1);
  const text = `\uFEFF${[...parts, componentYaml('last')].join('---\n')}`;
  return { text, startLines: documents.map((_, index) => lineOf(2 * index + 1)) };
}

const cases = Object.entries(hostile);
const { text, startLines } = fileOf(cases.map(([, { text: document }]) => document));
const expected = cases.map(([name, { code, line }], index) => [
  name,
  code,
  (startLines[index] ?? 0) + line - 1,
]);
const goodNames = [...cases.map((_, index) => `good-${index}`), 'last'].sort();

/** The error of each document, by the name of its case. */
const errorsIn = (problems: readonly Pick<SourceProblem, 'level' | 'code' | 'line' | 'documentIndex'>[]) =>
  cases.map(([name, { code }], index) => {
    const ofDocument = problems.filter((one) => one.level === 'error' && one.documentIndex === 2 * index + 1);
    const problem = ofDocument.find((one) => one.code === code) ?? ofDocument[0];
    return [name, problem?.code, problem?.line];
  });

describe('a file of hostile documents', () => {
  it('costs itself only: each has an error at its line with a hint, and all others load', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': text };
    const { id, source } = await given.readUrl(TARGET);
    expect(source).toMatchObject({ state: 'ready', counts: { files: 2 } });
    expect(source.error).toBeUndefined();
    expect(await given.names()).toEqual(goodNames);
    const problems = await given.problemsOf(id);
    expect(errorsIn(problems)).toEqual(expected);
    for (const { message, hint } of problems) {
      expect(message).toMatch(/\w{3}/);
      expect(hint).toMatch(/\w{3}/);
      expect(message.length).toBeLessThan(400);
    }
    expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
  });

  it('is shown before it is registered with the same errors and entities', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': text };
    const body = JSON.stringify({ target: TARGET });
    const { body: analysis } = await sendJson(
      given.harness.app,
      'POST',
      '/api/catalog/sources/analyze',
      body,
    );
    const { entities, problems } = analysis as {
      entities: { name: string }[];
      problems: Parameters<typeof errorsIn>[0];
    };
    expect(entities.map(({ name }) => name).sort()).toEqual(goodNames);
    expect(errorsIn(problems)).toEqual(expected);
  });

  it('is looked at as a location, and refused as one by its first error with its place', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': text };
    const location = { type: 'url', target: TARGET };
    const send = (path: string, body: unknown) =>
      sendJson(given.harness.app, 'POST', `/api/catalog/${path}`, JSON.stringify(body));
    const { existingEntityFiles } = (await send('analyze-location', { location })).body as {
      existingEntityFiles: { entity: { metadata: { name: string } } }[];
    };
    expect(existingEntityFiles.map(({ entity }) => entity.metadata.name).sort()).toEqual(goodNames);
    const dryRun = await send('locations?dryRun=true', location);
    expect([dryRun.status, dryRun.code]).toEqual([400, 'catalog.source-unreadable']);
    expect((dryRun.body as { detail: string }).detail).toContain(`${TARGET}:${expected[0]?.[2]}: `);
  });
});

describe('a byte order mark', () => {
  it('is nothing in front of a file, a document and a marker', async () => {
    const files = ['one', 'two', 'three'].map((name) => `\uFEFF${componentYaml(name)}`);
    given.hosts.repositories['acme/shop'] = {
      'all.yaml': `${files[0]}---\n${files[1]}\uFEFF---\r\n${files[2]}...\n\uFEFF--- # four\n${componentYaml('four')}`,
    };
    const { id } = await given.readUrl(TARGET);
    expect([await given.names(), await given.problemsOf(id)]).toEqual([['four', 'one', 'three', 'two'], []]);
  });

  it('in a key is told of, since nobody sees why the field is another', async () => {
    given.hosts.repositories['acme/shop'] = { 'all.yaml': withLine('\uFEFFsystem: shop') };
    const { id } = await given.readUrl(TARGET);
    expect(await given.problemsOf(id)).toMatchObject([
      {
        level: 'warning',
        code: 'entity.probable-typo',
        line: 9,
        message: expect.stringContaining('\\u{feff}system'),
      },
    ]);
  });
});

describe('an entity in a body', () => {
  const entity = (spec: string) =>
    `{"location":"url:https://x.example/a.yaml","entity":{"apiVersion":"backstage.io/v1alpha1","kind":"Component",
      "metadata":{"name":"x"},"spec":{"type":"t","lifecycle":"l","owner":"o",${spec}}}}`;

  it.each([
    ['10,000 lists', `"a":${'['.repeat(10_000)}${']'.repeat(10_000)}`, 400, 'catalog.entity-invalid'],
    ['10,000 objects', `"a":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, 400, 'catalog.entity-invalid'],
    ['100 levels', `"a":${'['.repeat(100)}${']'.repeat(100)}`, 400, 'catalog.entity-invalid'],
    ['a key twice', '"a":1,"type":"other"', 400, 'request.not-json'],
    ['2 MB', `"a":"${'x'.repeat(2 * 1024 * 1024)}"`, 413, 'request.too-large'],
    ['a NUL', '"a":"\\u0000"', 400, 'catalog.entity-invalid'],
    ['half a character', '"a":"\\ud83d"', 400, 'catalog.entity-invalid'],
    ['a byte order mark in it', '\uFEFF"a":1', 400, 'request.not-json'],
  ])('with %s is refused', async (_, spec, status, code) => {
    const answer = await sendJson(given.harness.app, 'POST', '/api/catalog/validate-entity', entity(spec));
    expect([answer.status, answer.code]).toEqual([status, code]);
  });

  it('with nothing of the kind is accepted', async () => {
    const answer = await sendJson(
      given.harness.app,
      'POST',
      '/api/catalog/validate-entity',
      entity('"a":[{"b":1}]'),
    );
    expect(answer.status).toBe(200);
  });
});
