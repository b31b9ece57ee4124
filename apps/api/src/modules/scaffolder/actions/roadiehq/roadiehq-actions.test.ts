import { inflateRawSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { tryAction } from '../../../../testing/action-trial.ts';
import { useTemporaryFolder } from '../../../../testing/temporary-folder.ts';
import type { JsonObject } from '../../engine/json.ts';
import { createTemplateEngine } from '../../engine/template-engine.ts';
import { emptyWorkspace } from '../../workspace/scratch-workspace.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { createRoadiehqActions } from './index.ts';

/** Inputs as the templates of others have them, against the real processes. */

const folder = useTemporaryFolder();
const engine = createTemplateEngine({ hosts: {}, maxProcesses: 1 });
const actions = new Map(createRoadiehqActions(engine, { maxWaitMs: 1_000 }).map((each) => [each.id, each]));
let workspace: Workspace;

beforeEach(() => {
  ({ workspace } = emptyWorkspace(folder.path));
});
afterAll(() => engine.close());

async function act(name: string, input: JsonObject, options: { isDryRun?: boolean } = {}) {
  const action = actions.get(`roadiehq:utils:${name}`);
  if (!action) throw new Error(`There is no action ${name}.`);
  return tryAction(action, input, { workspace, ...options });
}

async function put(file: string, text: string): Promise<void> {
  await workspace.write(file, Buffer.from(text));
}

async function textOf(file: string): Promise<string> {
  return (await workspace.read(file)).toString();
}

it('has the ids that templates ask for, and each works in a dry run', () => {
  expect([...actions.keys()].map((id) => id.replace('roadiehq:utils:', '')).toSorted()).toEqual([
    ...['fs:append', 'fs:parse', 'fs:replace', 'fs:write', 'json:merge', 'jsonata'],
    ...['jsonata:json:transform', 'jsonata:yaml:transform', 'merge', 'serialize:json', 'serialize:yaml'],
    ...['sleep', 'zip'],
  ]);
  expect(new Set([...actions.values()].map(({ dryRun }) => dryRun))).toEqual(new Set(['runs']));
});

describe('fs:write and fs:append', () => {
  it('write texts as they are, and JSON indented unless it is to stay as it is', async () => {
    expect((await act('fs:write', { path: './a.json', content: '{"a":[1]}' })).output).toEqual({
      path: './a.json',
    });
    expect(await textOf('a.json')).toBe('{\n  "a": [\n    1\n  ]\n}');
    await act('fs:write', { path: 'b.json', content: '{"a":1}', preserveFormatting: true });
    expect(await textOf('b.json')).toBe('{"a":1}');
    await act('fs:write', { path: 'VERSION', content: '1.10' });
    expect(await textOf('VERSION')).toBe('1.10');
  });

  it('put a text at the end of a file, or into a new one, and leave programs executable', async () => {
    await workspace.write('run.sh', Buffer.from('#!/bin/sh\n'), { isExecutable: true });
    await act('fs:append', { path: 'run.sh', content: 'true\n' });
    await act('fs:append', { path: 'new/file.txt', content: 'one' });
    expect(await textOf('run.sh')).toBe('#!/bin/sh\ntrue\n');
    expect(await textOf('new/file.txt')).toBe('one');
    expect(workspace.isExecutable('run.sh')).toBe(true);
  });

  it('touch nothing outside the workspace', async () => {
    for (const path of ['../out.txt', '/etc/out.txt', '.git/config']) {
      await expect(act('fs:write', { path, content: 'x' })).rejects.toThrow(/workspace|absolute|Git/);
      await expect(act('fs:append', { path, content: 'x' })).rejects.toThrow(/workspace|absolute|Git/);
    }
  });
});

describe('fs:parse', () => {
  it('gives the text, or the data of JSON, YAML and streams of YAML', async () => {
    await put('a.yaml', 'a: 1\nb: [x]\n');
    await put('many.yaml', 'a: 1\n---\na: 2\n');
    await put('a.json', '{"a":null}');
    expect((await act('fs:parse', { path: 'a.yaml' })).output).toEqual({ content: 'a: 1\nb: [x]\n' });
    const parsed = async (path: string, parser: string) => (await act('fs:parse', { path, parser })).output;
    expect(await parsed('a.yaml', 'yaml')).toEqual({ content: { a: 1, b: ['x'] } });
    expect(await parsed('many.yaml', 'multiyaml')).toEqual({ content: [{ a: 1 }, { a: 2 }] });
    expect(await parsed('a.json', 'json')).toEqual({ content: { a: null } });
  });

  it('says what is wrong with a file', async () => {
    await put('bad.json', '{"a":');
    await put('bad.yaml', 'a: 1\nb: [\n');
    await put('many.yaml', 'a: 1\n---\na: 2\n');
    await put('bomb.yaml', bomb);
    await put('proto.json', '{"__proto__":{"x":1}}');
    await put('large.txt', 'x'.repeat(300 * 1024));
    const refusal = (path: string, parser: string) => expect(act('fs:parse', { path, parser })).rejects;
    await refusal('bad.json', 'json').toThrow(/bad\.json is not valid JSON/);
    await refusal('bad.yaml', 'yaml').toThrow(/bad\.yaml is not valid YAML at line \d/);
    await refusal('many.yaml', 'yaml').toThrow(/has 2 YAML documents.*multiyaml/);
    await refusal('bomb.yaml', 'yaml').toThrow(/alias/);
    await refusal('proto.json', 'json').toThrow(/"__proto__" is not allowed/);
    await expect(act('fs:parse', { path: 'large.txt' })).rejects.toThrow(/more than 256 KiB/);
    await expect(act('fs:parse', { path: 'missing' })).rejects.toThrow(/no file or folder "missing"/);
  });
});

/** Nine levels of nine references each. */
const bomb = Array.from({ length: 9 }, (_, level) => {
  const items = level === 0 ? 'x' : `*a${level - 1}`;
  return `a${level}: &a${level} [${Array.from({ length: 9 }, () => items).join(', ')}]`;
}).join('\n');

describe('fs:replace', () => {
  it('replaces what templates of others replace', async () => {
    await put('manifest.yaml', 'a: 1\n\n  \nb: 2\n');
    const files = [{ file: 'manifest.yaml', find: '\\n\\s*\\n', replaceWith: '\n', matchRegex: true }];
    await act('fs:replace', { files });
    expect(await textOf('manifest.yaml')).toBe('a: 1\nb: 2\n');
  });

  it('takes a text as a text, with every sign in it, and a pattern with its groups', async () => {
    await put('a.txt', 'a.b a.b axb');
    await act('fs:replace', { files: [{ file: './a.txt', find: 'a.b', replaceWith: '$&$1' }] });
    expect(await textOf('a.txt')).toBe('$&$1 $&$1 axb');
    await put('a.txt', 'one=1 two=2');
    const find = '(\\w+)=(?<value>\\d)';
    const files = [{ file: 'a.txt', find, replaceWith: '$1: $<value>', matchRegex: true }];
    await act('fs:replace', { files });
    expect(await textOf('a.txt')).toBe('one: 1 two: 2');
  });

  it('goes through the files of a glob, those with a dot only when asked to, and no other than texts', async () => {
    await put('src/a.ts', 'old');
    await put('src/deep/b.ts', 'old');
    await put('src/.hidden.ts', 'old');
    await put('c.md', 'old');
    await act('fs:replace', { files: [{ file: 'src/**/*.ts', find: 'old', replaceWith: 'new' }] });
    const texts = async () =>
      Promise.all(['src/a.ts', 'src/deep/b.ts', 'src/.hidden.ts', 'c.md'].map(textOf));
    expect(await texts()).toEqual(['new', 'new', 'old', 'old']);
    const files = [{ file: '**/*', find: 'old', replaceWith: 'new', includeDotFiles: true }];
    await workspace.write('image.png', Buffer.from([0x89, 0xff, 0x00]));
    expect((await act('fs:replace', { files })).log).toContain('Passed over image.png, which is no text');
    expect(await texts()).toEqual(['new', 'new', 'new', 'new']);
    expect([...(await workspace.read('image.png'))]).toEqual([0x89, 0xff, 0x00]);
  });

  it('says that nothing was there, and what a pattern cannot be', async () => {
    const { log } = await act('fs:replace', { files: [{ file: 'no.txt', find: 'a', replaceWith: 'b' }] });
    expect(log).toEqual(['There is no file no.txt to replace anything in']);
    await put('a.txt', 'a');
    const files = [{ file: 'a.txt', find: '(?!a)', replaceWith: '', matchRegex: true }];
    await expect(act('fs:replace', { files })).rejects.toThrow(/\(\?!a\) cannot be used.*Lookahead/);
  });

  it('needs no longer for a pattern that is meant to take for ever', async () => {
    await put('a.txt', `${'a'.repeat(50_000)}!`);
    const files = [{ file: 'a.txt', find: '(a+)+$', replaceWith: '', matchRegex: true }];
    await act('fs:replace', { files });
    expect(await textOf('a.txt')).toHaveLength(50_001);
  });
});

describe('json:merge and merge', () => {
  const original = '{\n    "name": "x",\n    "list": [1],\n    "deep": { "a": 1, "b": 2 }\n}\n';

  it('merge mappings at every level and put lists in the place of lists', async () => {
    await put('package.json', original);
    const content = { list: [2], deep: { b: 3 }, constructors: null };
    expect((await act('json:merge', { path: 'package.json', content })).output).toEqual({
      path: 'package.json',
    });
    const text = await textOf('package.json');
    expect(JSON.parse(text)).toEqual({ name: 'x', list: [2], deep: { a: 1, b: 3 }, constructors: null });
    expect(text).toContain('\n  "name"');
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('put what is new at the end of lists, and keep the indentation, when that is asked for', async () => {
    await put('package.json', original);
    const content = '{"list":[2,3],"name":"y"}';
    const input = { path: 'package.json', content, mergeArrays: true, matchFileIndent: true };
    await act('json:merge', input);
    const text = await textOf('package.json');
    expect(JSON.parse(text)).toMatchObject({ name: 'y', list: [1, 2, 3] });
    expect(text).toContain('\n    "name"');
  });

  it('begin a JSON file that is not there, and no other', async () => {
    await act('json:merge', { path: 'new.json', content: { a: 1 } });
    expect(JSON.parse(await textOf('new.json'))).toEqual({ a: 1 });
    await expect(act('merge', { path: 'new.yaml', content: { a: 1 } })).rejects.toThrow(/no file or folder/);
    await put('a.toml', '');
    await expect(act('merge', { path: 'a.toml', content: { a: 1 } })).rejects.toThrow(/neither a JSON/);
  });

  it('merge into YAML, with its comments when that is asked for', async () => {
    const yaml = '# top\nmetadata: # of it\n  name: x # the name\n  tags: [a]\n8080: web\n';
    const content = { metadata: { name: 'y', tags: ['b'], annotations: { k: 'v' } }, '8080': 'api' };
    await put('a.yaml', yaml);
    await act('merge', { path: 'a.yaml', content });
    expect(await textOf('a.yaml')).not.toContain('#');
    await put('a.yaml', yaml);
    await act('merge', { path: 'a.yaml', content, preserveYamlComments: true, mergeArrays: true });
    expect(await textOf('a.yaml')).toBe(
      '# top\nmetadata:\n  # of it\n  name: y # the name\n  tags: [ a, b ]\n  annotations:\n    k: v\n8080: api\n',
    );
  });

  it('merge into the document that has a field, and leave the others as they are', async () => {
    await put('many.yaml', 'metadata:\n  name: one # 1\n---\nmetadata:\n  name: two\n');
    const path = 'many.yaml';
    const content = { spec: { owner: 'a' } };
    await expect(act('merge', { path, content })).rejects.toThrow(/useDocumentIncludingField/);
    await act('merge', { path, content, useDocumentIncludingField: { key: 'name', value: 'two' } });
    expect(await textOf(path)).toBe(
      'metadata:\n  name: one # 1\n---\nmetadata:\n  name: two\nspec:\n  owner: a\n',
    );
  });

  it('change no prototype', async () => {
    await put('a.json', '{}');
    const content = '{"__proto__":{"polluted":true}}';
    await expect(act('json:merge', { path: 'a.json', content })).rejects.toThrow(/"__proto__"/);
    expect(await textOf('a.json')).toBe('{}');
  });
});

describe('serialize', () => {
  it('makes JSON and YAML of data', async () => {
    const serialized = async (name: string, input: JsonObject) =>
      (await act(name, input)).output['serialized'];
    const data = { hello: 'world', list: [1] };
    expect(await serialized('serialize:json', { data })).toBe('{"hello":"world","list":[1]}');
    expect(await serialized('serialize:json', { data, replacer: ['hello'], space: '  ' })).toBe(
      '{\n  "hello": "world"\n}',
    );
    expect(await serialized('serialize:yaml', { data })).toBe('hello: world\nlist:\n  - 1\n');
    const options = { indentSeq: false, directives: true, noRefs: true };
    expect(await serialized('serialize:yaml', { data, options })).toBe('---\nhello: world\nlist:\n- 1\n');
  });
});

describe('sleep', () => {
  it('waits as long as allowed, and not in a dry run', async () => {
    await act('sleep', { amount: 0.01 });
    await act('sleep', { amount: 1 }, { isDryRun: true });
    await expect(act('sleep', { amount: 7_200 })).rejects.toThrow(/at most 1 are allowed/);
  });
});

describe('zip', () => {
  it('archives a folder as seen from it, or one file, and never itself', async () => {
    await put('service/a.txt', 'one');
    await put('service/deep/b.txt', 'two'.repeat(100));
    const { output } = await act('zip', { path: './service', outputPath: 'out/service.zip' });
    expect(output).toEqual({ outputPath: 'out/service.zip', path: 'out/service.zip' });
    expect(readZip(await workspace.read('out/service.zip'))).toEqual({
      ...{ 'a.txt': 'one', 'deep/b.txt': 'two'.repeat(100) },
    });
    const first = await workspace.read('out/service.zip');
    await act('zip', { path: 'service', outputPath: 'out/service.zip' });
    expect(first.equals(await workspace.read('out/service.zip'))).toBe(true);
    await act('zip', { path: 'service/a.txt', outputPath: 'a.zip' });
    expect(readZip(await workspace.read('a.zip'))).toEqual({ 'a.txt': 'one' });
    await act('zip', { path: '', outputPath: 'all.zip' });
    expect(Object.keys(readZip(await workspace.read('all.zip')))).not.toContain('all.zip');
    await expect(act('zip', { path: '..', outputPath: 'x.zip' })).rejects.toThrow(/out of the workspace/);
    await expect(act('zip', { path: 'none', outputPath: 'x.zip' })).rejects.toThrow(/no file or folder/);
  });
});

/** Contents by name, by the central directory of an archive (PKWARE APPNOTE 4.3.12). */
function readZip(bytes: Buffer): Record<string, string> {
  const files: Record<string, string> = {};
  for (let at = bytes.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0;) {
    const nameEnd = at + 46 + bytes.readUInt16LE(at + 28);
    const start = bytes.readUInt32LE(at + 42);
    const begin = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    const packed = bytes.subarray(begin, begin + bytes.readUInt32LE(at + 20));
    const content = bytes.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed;
    files[bytes.toString('utf8', at + 46, nameEnd)] = content.toString();
    at = bytes.indexOf('PK\x01\x02', nameEnd, 'latin1');
  }
  return files;
}
