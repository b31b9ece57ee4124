import { symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listAll, readAll } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createFileReader } from './file-reader.ts';

const folder = useTemporaryFolder();
const signal = new AbortController().signal;

/** What a Location in `fromPath` leads to: paths, or the reason why it leads nowhere. */
async function resolve(fromPath: string, target: string, maxFiles = 1000) {
  const reader = createFileReader({
    target: folder.at('src'),
    pattern: 'all.yaml',
    maxFiles,
    maxFileBytes: 1000,
  });
  await listAll(reader);
  const resolved = await reader.resolveTarget(fromPath, target, signal);
  return 'files' in resolved ? resolved.files.map((file) => file.path) : resolved;
}

describe('a Location in a folder', () => {
  it.each([
    ['./a.txt', ['deep/a.txt']],
    ['a.txt', ['deep/a.txt']],
    ['../top.yaml', ['top.yaml']],
    ['./er/../a.txt', ['deep/a.txt']],
    ['./er/*.yaml', ['deep/er/b.yaml', 'deep/er/c.yaml']],
    ['../**/b.yaml', ['deep/er/b.yaml']],
    ['..hidden.yaml', ['deep/..hidden.yaml']],
    ['../..hidden.yaml', ['..hidden.yaml']],
  ])('finds %s relative to its own file', async (target, paths) => {
    for (const file of ['deep/a.txt', 'top.yaml', 'deep/er/b.yaml', 'deep/er/c.yaml'])
      folder.write(`src/${file}`, '');
    for (const file of ['deep/..hidden.yaml', '..hidden.yaml']) folder.write(`src/${file}`, '');
    expect(await resolve('deep/all.yaml', target)).toEqual(paths);
  });

  it.each([
    '../../outside.yaml',
    '../../../etc/passwd',
    '..',
    '../..',
    '../../src/../outside.yaml',
    '../../*.yaml',
    '/etc/passwd',
    'https://example.com/catalog-info.yaml',
    'file:///etc/passwd',
  ])('is told that %s lies outside', async (target) => {
    folder.write('outside.yaml', 'secret');
    folder.write('src/deep/all.yaml', '');
    expect(await resolve('deep/all.yaml', target)).toEqual({
      message: expect.stringMatching(/outside|matches no file/),
      hint: expect.stringMatching(/\w/),
    });
  });

  it('is told of a target that is missing, or a folder', async () => {
    folder.write('src/deep/all.yaml', '');
    for (const target of ['missing.yaml', '*.missing', '.', '../deep']) {
      expect(await resolve('deep/all.yaml', target)).toMatchObject({
        message: expect.stringContaining('matches no file'),
        hint: expect.stringContaining('presence: optional'),
      });
    }
  });

  it('cannot reach out through a link to a file or to a folder', async () => {
    folder.write('outside/secret.yaml', 'secret');
    folder.write('src/all.yaml', '');
    symlinkSync('../outside/secret.yaml', folder.at('src/file.yaml'));
    symlinkSync('../outside', folder.at('src/folder'));
    for (const target of ['file.yaml', 'folder/secret.yaml']) {
      expect(await resolve('all.yaml', target)).toMatchObject({
        message: expect.stringContaining('points out'),
      });
    }
    expect(await resolve('all.yaml', '*/secret.yaml')).toMatchObject({
      message: expect.stringContaining('no file'),
    });
  });

  it('gets what it points at read like any other file', async () => {
    folder.write('src/all.yaml', '');
    folder.write('src/api.json', '{}');
    const reader = createFileReader({
      target: folder.at('src'),
      pattern: 'all.yaml',
      maxFiles: 9,
      maxFileBytes: 99,
    });
    await listAll(reader);
    const resolved = await reader.resolveTarget('all.yaml', './api.json', signal);
    expect(await readAll(reader, 'files' in resolved ? resolved.files : [])).toEqual({ 'api.json': '{}' });
  });

  it.each([
    ['longer than any path', './'.concat('x'.repeat(5_000), '*.yaml')],
    ['that is no good pattern', './[/{(*.yaml'],
    ['with an open brace', './{a,b*.yaml'],
    ['that is empty', ''],
    ['with a line break', './a\nb*.yaml'],
  ])('with a target %s is told so, and throws nothing', async (_, target) => {
    folder.write('src/all.yaml', '');
    expect(await resolve('all.yaml', target)).toMatchObject({
      message: expect.any(String),
      hint: expect.any(String),
    });
  });

  it.each([
    ['nested repetitions', `./${'+('.repeat(8)}a${')'.repeat(8)}!.yaml`, 'a'.repeat(40)],
    ['many wildcards', `./${'*a'.repeat(30)}!.yaml`, 'a'.repeat(120)],
    ['many wildcards over folders', `./${'**/a*/'.repeat(20)}!.yaml`, 'a/'.repeat(60)],
  ])('cannot freeze the server with %s', async (_, target, name) => {
    folder.write('src/all.yaml', '');
    folder.write(`src/${name}${name.endsWith('/') ? 'x' : ''}.yaml`, '');
    // A matcher that tries every split would not end here before the suite's own limit.
    expect(await resolve('all.yaml', target)).toMatchObject({ message: expect.any(String) });
  });
});
