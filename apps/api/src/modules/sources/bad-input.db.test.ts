import { mkdtemp, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { listSourceProblems, queryEntities, type SourceProblem } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({
    databaseUrl: database().url,
    home,
    kinds: [{ apiVersion: 'acme.example/v1', kind: 'Product' }],
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  folder = await makeSourceFolder();
  [sourceId = 'undeclared'] = await harness.declare([
    { type: 'file', target: folder.directory, origin: 'config' },
  ]);
});
afterEach(async () => {
  await harness.declare([]);
  await folder[Symbol.asyncDispose]();
});

async function read() {
  const source = await harness.read(sourceId);
  const { items } = await harness.api.call(queryEntities, { query: { limit: 1000 } });
  const problems = await harness.api.call(listSourceProblems, {
    params: { id: sourceId },
    query: { limit: 500 },
  });
  return {
    source,
    names: items.map((entity) => entity.metadata?.name).sort(),
    problems: problems.items,
    errors: problems.items.filter(({ level }) => level === 'error'),
  };
}

/** A component of seven lines of which one was exchanged, counted from 1. */
function componentWith(lineNumber: number, line: string): string {
  return componentYaml('broken')
    .split('\n')
    .map((text, index) => (index === lineNumber - 1 ? line : text))
    .join('\n');
}

const NAME_LINE = 4;
const OWNER_LINE = 8;
const ALIAS_BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
  .split('')
  .map((name, index) => {
    const previous = 'abcdefgh'[index] ?? '';
    return `${name}: &${name} [${Array.from({ length: 9 }, () => `*${previous}`).join(',')}]`;
  })
  .join('\n')}\n`;

interface BadFile {
  content: string | Uint8Array;
  code: string;
  line: number;
  documentIndex?: number | undefined;
}

/** Each stands as the second document of its file, behind a good one, so that its line is not its own. */
const badDocuments: Record<string, Omit<BadFile, 'documentIndex'>> = {
  'bad indentation': { content: componentWith(OWNER_LINE, ' owner: team-a'), code: 'yaml.syntax', line: 8 },
  'a tab': { content: componentWith(OWNER_LINE, '\towner: team-a'), code: 'yaml.syntax', line: 8 },
  'an open bracket': {
    content: componentWith(OWNER_LINE, '  owner: [team-a'),
    code: 'yaml.syntax',
    line: 10,
  },
  'a duplicate key': {
    content: componentWith(OWNER_LINE, '  owner: team-a\n  type: other'),
    code: 'yaml.duplicate-key',
    line: 9,
  },
  'an alias bomb': { content: ALIAS_BOMB, code: 'yaml.too-many-aliases', line: 4 },
  'deep nesting': { content: `${'['.repeat(5_000)}${']'.repeat(5_000)}\n`, code: 'yaml.too-deep', line: 1 },
  'a long name': {
    content: componentWith(NAME_LINE, `  name: ${'a'.repeat(64)}`),
    code: 'entity.invalid',
    line: 4,
  },
  'a bad name': { content: componentWith(NAME_LINE, '  name: a b'), code: 'entity.invalid', line: 4 },
  'an empty name': { content: componentWith(NAME_LINE, '  name: ""'), code: 'entity.invalid', line: 4 },
  'no name': { content: componentWith(NAME_LINE, '  title: x'), code: 'entity.invalid', line: 3 },
  'no owner': { content: componentWith(OWNER_LINE, ''), code: 'entity.invalid', line: 5 },
  'a null owner': { content: componentWith(OWNER_LINE, '  owner:'), code: 'entity.invalid', line: 8 },
  'an unknown kind': { content: componentWith(2, 'kind: Gadget'), code: 'entity.unknown-kind', line: 2 },
  'an unknown version': { content: componentWith(1, 'apiVersion: v9'), code: 'entity.unknown-kind', line: 1 },
  'a list': { content: '- apiVersion: x\n- kind: y\n', code: 'document.not-an-object', line: 1 },
  'a scalar': { content: 'just some text\n', code: 'document.not-an-object', line: 1 },
  'a prototype key': {
    content: componentWith(OWNER_LINE, '  owner: team-a\n  __proto__: { admin: true }'),
    code: 'yaml.forbidden-key',
    line: 9,
  },
  'a constructor key': {
    content: componentWith(OWNER_LINE, '  owner: team-a\n  constructor: { prototype: {} }'),
    code: 'yaml.forbidden-key',
    line: 9,
  },
  'a huge number': {
    content: componentWith(OWNER_LINE, '  owner: team-a\n  size: 12345678901234567890'),
    code: 'yaml.number-not-exact',
    line: 9,
  },
  'a script tag': {
    content: componentWith(OWNER_LINE, '  owner: !!js/function "x"'),
    code: 'yaml.unsupported-tag',
    line: 8,
  },
  'a NUL escape': {
    content: componentWith(OWNER_LINE, '  owner: "a\\0b"'),
    code: 'entity.not-json',
    line: 8,
  },
  'half a character': {
    content: componentWith(OWNER_LINE, '  owner: "a\\ud83d"'),
    code: 'entity.not-json',
    line: 8,
  },
};

const GOOD_FIRST = `${componentYaml('first')}---\n`;
const LINES_BEFORE = GOOD_FIRST.split('\n').length - 1;

describe('a bad document', () => {
  it.each(Object.entries(badDocuments))(
    'with %s is an error at its line, with a hint, and everything around it loads',
    async (_, { content, code, line }) => {
      await folder.write('mixed.yaml', `${GOOD_FIRST}${String(content)}\n---\n${componentYaml('last')}`);
      await folder.write('good.yaml', componentYaml('good'));
      const { source, names, errors } = await read();
      expect(names).toEqual(['first', 'good', 'last']);
      expect(source).toMatchObject({ state: 'ready', counts: { files: 2, entities: 3 } });
      expect(source.error).toBeUndefined();
      expect(source.counts.errors).toBe(errors.length);
      expect(errors[0]).toMatchObject({
        path: 'mixed.yaml',
        code,
        documentIndex: 1,
        line: LINES_BEFORE + line,
      });
      for (const { message, hint } of errors) {
        expect(message).toMatch(/\w{3}/);
        expect(hint).toMatch(/\w{3}/);
      }
      expect(({} as Record<string, unknown>)['admin']).toBeUndefined();
    },
  );

  it('of a kind that the configuration allows is an entity like any other', async () => {
    await folder.write('a.yaml', 'apiVersion: acme.example/v1\nkind: Product\nmetadata:\n  name: card\n');
    expect(await read()).toMatchObject({ names: ['card'], problems: [] });
  });

  it('that is empty, or only a comment, is no document and no problem', async () => {
    await folder.write('a.yaml', `---\n---\n# nothing\n---\n${componentYaml('good')}---\n\n...\n---\n`);
    await folder.write('empty.yaml', '');
    await folder.write('null.yaml', 'null\n');
    expect(await read()).toMatchObject({ names: ['good'], problems: [] });
  });

  it('that claims the ref of a document before it is refused, and the first one stays', async () => {
    await folder.write('a.yaml', `${componentYaml('one')}---\n${componentYaml('ONE')}`);
    const { names, errors } = await read();
    expect(names).toEqual(['one']);
    expect(errors).toMatchObject([{ code: 'entity.duplicate-ref', documentIndex: 1, line: 13 }]);
  });
});

describe('a bad file', () => {
  it.each<[string, BadFile]>([
    ['is over the size', { content: new Uint8Array(0), code: 'file.too-large', line: 1 }],
    ['is binary', { content: Uint8Array.from([0, 1, 2, 255]), code: 'file.not-text', line: 1 }],
    [
      'is UTF-16',
      { content: Buffer.from('\uFEFFkind: Component', 'utf16le'), code: 'file.not-text', line: 1 },
    ],
  ])('that %s is an error, and the rest of the source loads', async (kind, { content, code, line }) => {
    const file = path.join(folder.directory, 'bad.yaml');
    await writeFile(file, content);
    if (kind === 'is over the size') await truncate(file, 11 * 1024 * 1024);
    await folder.write('good.yaml', componentYaml('good'));
    const { source, names, errors } = await read();
    expect(names).toEqual(['good']);
    expect(source.state).toBe('ready');
    expect(errors).toMatchObject([{ path: 'bad.yaml', code, line, hint: expect.stringMatching(/\w/) }]);
  });

  it('that is a link out of the tree is an error, and nothing behind it is read', async () => {
    await writeFile(path.join(home, 'secret.yaml'), componentYaml('secret'));
    await symlink(path.join(home, 'secret.yaml'), path.join(folder.directory, 'link.yaml'));
    await folder.write('good.yaml', componentYaml('good'));
    const { names, errors } = await read();
    expect(names).toEqual(['good']);
    expect(errors).toMatchObject([{ path: 'link.yaml', code: 'file.outside-source', line: 1 }]);
  });

  it.each([
    ['a name with a quote and a line break', `it's "a"\nname.yaml`],
    ['a name that is no UTF-8', undefined],
  ])('may have %s without harm to the rest', async (_, name) => {
    const bytes = Buffer.concat([
      Buffer.from(`${folder.directory}/`),
      Buffer.from([0xff, 0x2e]),
      Buffer.from('yaml'),
    ]);
    await writeFile(name === undefined ? bytes : path.join(folder.directory, name), componentYaml('odd'));
    await folder.write('good.yaml', componentYaml('good'));
    const { source, names } = await read();
    expect(source.state).toBe('ready');
    expect(names).toContain('good');
  });
});

describe('problems', () => {
  it('never hide the error that refuses a document behind warnings of others', async () => {
    const warned = Array.from({ length: 150 }, (_, index) => componentYaml(`c${index}`, ['sytem: typo']));
    await folder.write('a.yaml', [...warned, componentWith(NAME_LINE, '  name: a b')].join('---\n'));
    const { source, errors, names } = await read();
    expect(names).toHaveLength(150);
    expect(source.counts.warnings).toBeGreaterThan(50);
    expect(errors).toMatchObject([{ code: 'entity.invalid', documentIndex: 150 }]);
  });

  it('of more documents than are listed still mark every one that lost its good version', async () => {
    const names = Array.from({ length: 150 }, (_, index) => `c${index}`);
    await folder.write('a.yaml', names.map((name) => componentYaml(name)).join('---\n'));
    await read();
    const broken = names.map((name) => componentYaml(name).replace('  owner: team-a\n', ''));
    await folder.write('a.yaml', broken.join('---\n'));
    await read();
    const last = await harness.entity('component', 'c149');
    expect(last?.status?.items).toMatchObject([
      { level: 'error', message: expect.stringContaining('a.yaml') },
    ]);
  });

  it('may quote any text of a file, cut at any place, without harm', async () => {
    // Long enough to be cut, with a character of two halves at every possible place of the cut.
    const specs = Array.from({ length: 8 }, (_, index) => [`${'x'.repeat(48 + index)}🚀🚀🚀🚀🚀🚀🚀`]);
    const documents = specs.map((owner, index) =>
      componentYaml(`c${index}`).replace('owner: team-a', `owner: ${JSON.stringify(owner)}`),
    );
    await folder.write('a.yaml', documents.join('---\n'));
    await folder.write('good.yaml', componentYaml('good'));
    const { source, names, errors } = await read();
    expect(source.error).toBeUndefined();
    expect(names).toEqual(['good']);
    expect(errors).toHaveLength(8);
    expect(errors.every(({ message }: SourceProblem) => message.isWellFormed())).toBe(true);
  });
});
