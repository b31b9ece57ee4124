import { rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { createGitRepository, runPlainGit } from '../../../testing/git-repository.ts';
import { listAll, readAll, summarize } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createGitReader, type GitReaderOptions } from './git-reader.ts';

// Each test starts a dozen processes of git, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
const folder = useTemporaryFolder();
const signal = new AbortController().signal;

function readerOf(url: string, options: Partial<GitReaderOptions> = {}) {
  return createGitReader({
    ...{ url, branch: undefined, pattern: undefined, home: folder.at('home') },
    ...{ maxFiles: 1000, maxFileBytes: 10_000, ...options },
  });
}

describe('reading a repository', () => {
  it('takes the descriptors of the default branch with their contents', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const commit = repository.commit({
      'catalog-info.yaml': 'root',
      'services/pay/catalog-info.yml': 'pay',
      'services/pay/other.yaml': 'no',
      'node_modules/x/catalog-info.yaml': 'no',
    });
    const reader = readerOf(repository.url);
    const listing = await listAll(reader);
    expect(listing.revision).toBe(commit);
    expect(summarize(listing)).toEqual({
      paths: ['catalog-info.yaml', 'services/pay/catalog-info.yml'],
      problems: [],
      isComplete: true,
    });
    expect(await readAll(reader, listing.files)).toEqual({
      'catalog-info.yaml': 'root',
      'services/pay/catalog-info.yml': 'pay',
    });
  });

  it('takes the branch and the pattern that the source names', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ 'catalog-info.yaml': 'main' });
    repository.commit({ 'all/one.yaml': 'release' }, { branch: 'release/1.0' });
    const reader = readerOf(repository.url, { branch: 'release/1.0', pattern: 'all/*.yaml' });
    const { files } = await listAll(reader);
    expect(await readAll(reader, files)).toEqual({ 'all/one.yaml': 'release' });
  });

  it('says nothing changed while the branch stands still, and sees the next commit', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const first = repository.commit({ 'catalog-info.yaml': 'one' });
    const reader = readerOf(repository.url);
    await listAll(reader);
    expect(await reader.list(first, signal)).toBeUndefined();
    const second = repository.commit({ 'catalog-info.yaml': 'two' });
    const listing = await reader.list(first, signal);
    expect(listing?.revision).toBe(second);
    expect(await readAll(reader, listing?.files ?? [])).toEqual({ 'catalog-info.yaml': 'two' });
  });

  it('follows a branch that was force-pushed to another history, and back', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const first = repository.commit({ 'catalog-info.yaml': 'one' });
    const reader = readerOf(repository.url);
    await listAll(reader);
    repository.commit({ 'catalog-info.yaml': 'forced' }, { isForced: true });
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'forced' });
    repository.git(['update-ref', 'refs/heads/main', first]);
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'one' });
  });

  it('follows the default branch when the repository changes it', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ 'catalog-info.yaml': 'main' });
    repository.commit({ 'catalog-info.yaml': 'trunk' }, { branch: 'trunk' });
    const reader = readerOf(repository.url);
    await listAll(reader);
    repository.git(['symbolic-ref', 'HEAD', 'refs/heads/trunk']);
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'trunk' });
    expect(reader.annotationsFor('catalog-info.yaml')['backstage.io/managed-by-location']).toContain(
      '#trunk:',
    );
  });

  it('gives equal contents equal identities over commits, so that they are not read again', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ 'a/catalog-info.yaml': 'same', 'b/catalog-info.yaml': 'one' });
    const reader = readerOf(repository.url);
    const before = (await listAll(reader)).files.map((file) => file.contentId);
    repository.commit({ 'a/catalog-info.yaml': 'same', 'b/catalog-info.yaml': 'two' });
    const after = (await listAll(reader)).files.map((file) => file.contentId);
    expect(after[0]).toBe(before[0]);
    expect(after[1]).not.toBe(before[1]);
  });

  it('reads a repository whose objects have SHA-256 names', async () => {
    const repository = createGitRepository(folder.at('org.git'), ['--object-format=sha256']);
    const commit = repository.commit({ 'catalog-info.yaml': 'long names' });
    expect(commit).toHaveLength(64);
    const reader = readerOf(repository.url);
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({
      'catalog-info.yaml': 'long names',
    });
  });

  it('reads a repository of a format that its mirror does not have', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ 'catalog-info.yaml': 'old' });
    await listAll(readerOf(repository.url));
    rmSync(repository.directory, { recursive: true });
    createGitRepository(folder.at('org.git'), ['--object-format=sha256']).commit({
      'catalog-info.yaml': 'new',
    });
    const reader = readerOf(repository.url);
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'new' });
  });
});

describe('limits', () => {
  it('tells of a blob over the size and reads the others, in the order asked', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({
      'a/catalog-info.yaml': 'x'.repeat(100),
      'b/catalog-info.yaml': 'x'.repeat(101),
      'c/catalog-info.yaml': '',
    });
    const reader = readerOf(repository.url, { maxFileBytes: 100 });
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({
      'a/catalog-info.yaml': 'x'.repeat(100),
      'b/catalog-info.yaml': 'problem: file.too-large',
      'c/catalog-info.yaml': '',
    });
  });

  it('keeps files apart that are larger together than what is read at once', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const sizes = [9, 9, 1, 17, 0, 3].map((megabytes) => megabytes * 1024 * 1024);
    const files = sizes.map((size, index) => [
      `${index}/catalog-info.yaml`,
      Buffer.alloc(size, `${index}\n`),
    ]);
    repository.commit(Object.fromEntries(files));
    const reader = readerOf(repository.url, { maxFileBytes: 32 * 1024 * 1024 });
    const contents = await readAll(reader, (await listAll(reader)).files);
    expect(Object.values(contents).map((text) => [text.length, text.slice(0, 2)])).toEqual(
      sizes.map((size, index) => [size, size === 0 ? '' : `${index}\n`]),
    );
  });

  it('reads the first files of too many, says so, and reads the rest once the limit is raised', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit(Object.fromEntries(['a', 'b', 'c'].map((name) => [`${name}/catalog-info.yaml`, name])));
    const partial = await listAll(readerOf(repository.url, { maxFiles: 2 }));
    expect(await readerOf(repository.url, { maxFiles: 2 }).list(partial.revision, signal)).toBeUndefined();
    const whole = await readerOf(repository.url, { maxFiles: 3 }).list(partial.revision, signal);
    expect(whole).toMatchObject({ isComplete: true, problems: [] });
    expect(whole?.files).toHaveLength(3);
    expect(summarize(partial)).toEqual({
      paths: ['a/catalog-info.yaml', 'b/catalog-info.yaml'],
      problems: ['.: source.too-many-files'],
      isComplete: false,
    });
  });
});

describe('what a Location in a repository points at', () => {
  it.each([
    ['./api.json', ['deep/api.json']],
    ['../top.yaml', ['top.yaml']],
    ['/top.yaml', ['top.yaml']],
    ['../**/*.json', ['deep/api.json']],
    ['./..dots.yaml', ['deep/..dots.yaml']],
    ['./[id].yaml', ['deep/[id].yaml']],
    ['../../top.yaml', undefined],
    ['https://example.com/a.yaml', undefined],
    ['./missing.yaml', undefined],
    ['./module', undefined],
    [`./${'*'.repeat(600)}`, undefined],
    [`./${'*a'.repeat(100)}!`, undefined],
  ])('%.30s is found, or told of, from deep/all.yaml', async (target, paths) => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({
      ...{
        'top.yaml': '',
        'deep/all.yaml': '',
        'deep/api.json': '',
        'deep/..dots.yaml': '',
        'deep/[id].yaml': '',
      },
      [`deep/${'a'.repeat(200)}`]: '',
      'deep/module': { submoduleAt: '1'.repeat(40) },
    });
    const reader = readerOf(repository.url);
    await listAll(reader);
    const resolved = await reader.resolveTarget('deep/all.yaml', target, signal);
    if (paths) expect('files' in resolved && resolved.files.map((file) => file.path)).toEqual(paths);
    else
      expect(resolved).toMatchObject({
        message: expect.stringMatching(/\w/),
        hint: expect.stringMatching(/\w/),
      });
  });
});

it('the helper of these tests sees what any git sees', () => {
  const repository = createGitRepository(folder.at('org.git'));
  repository.commit({ 'a b.yaml': 'x' });
  runPlainGit(['clone', '--quiet', repository.url, folder.at('clone')]);
  expect(runPlainGit(['-C', folder.at('clone'), 'ls-files'])).toBe('a b.yaml\n');
});
