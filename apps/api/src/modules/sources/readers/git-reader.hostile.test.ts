import {
  existsSync,
  mkdirSync,
  readdirSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { createGitRepository, type GitRepository } from '../../../testing/git-repository.ts';
import { listAll, readAll, summarize } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createGitReader, type GitReaderOptions } from './git-reader.ts';

// Each test starts a dozen processes of git, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
const folder = useTemporaryFolder();

function readerOf(url: string, options: Partial<GitReaderOptions> = {}) {
  return createGitReader({
    ...{ url, branch: undefined, pattern: undefined, home: folder.at('home') },
    ...{ maxFiles: 1000, maxFileBytes: 10_000, ...options },
  });
}

function repositoryWith(content: string): GitRepository {
  const repository = createGitRepository(folder.at('org.git'));
  repository.commit({ 'catalog-info.yaml': content });
  return repository;
}

/** The folder of the one mirror that was made. */
function mirror(): string {
  const [name = 'none'] = readdirSync(folder.at('home/mirrors'));
  return folder.at(`home/mirrors/${name}`);
}

async function contents(url: string, options: Partial<GitReaderOptions> = {}) {
  const reader = readerOf(url, options);
  return readAll(reader, (await listAll(reader)).files);
}

describe('a repository that cannot be read', () => {
  it.each([
    ['with a branch that is missing', { branch: 'nowhere' }, 'git.branch-not-found'],
    ['with a branch that is a pattern', { branch: '*' }, 'git.branch-not-found'],
    [
      'with a branch that looks like an option',
      { branch: '--upload-pack=touch EXECUTED' },
      'git.branch-not-found',
    ],
    ['with a branch that climbs', { branch: '../tags/v1' }, 'git.branch-not-found'],
    ['with an empty branch', { branch: '' }, 'git.branch-not-found'],
  ])('is told of %s', async (_, options, code) => {
    const { url } = repositoryWith('a');
    const list = listAll(readerOf(url, options));
    await expect(list).rejects.toMatchObject({
      name: 'SourceReadError',
      code,
      hint: expect.stringMatching(/\w/),
    });
    expect(existsSync(folder.at('EXECUTED'))).toBe(false);
  });

  it('is told of when it has no commit', async () => {
    const { url } = createGitRepository(folder.at('org.git'));
    await expect(listAll(readerOf(url))).rejects.toMatchObject({ code: 'git.branch-not-found' });
  });

  it.each([
    ['-c', 'git.bad-url'],
    ['--upload-pack=touch EXECUTED', 'git.bad-url'],
    ['ext::sh -c touch% EXECUTED', 'git.protocol-not-allowed'],
    ['fd::17', 'git.protocol-not-allowed'],
    ['unknown::address', 'git.protocol-not-allowed'],
    ['ftp://example.com/a.git', 'git.protocol-not-allowed'],
    ['ssh://-oProxyCommand=touch EXECUTED/a.git', 'git.failed'],
    ['file:///nowhere/at/all.git', 'git.not-found'],
    ['/nowhere/at/all.git', 'git.not-found'],
    ['http://127.0.0.1:1/a.git', 'git.unreachable'],
  ])('is told of by URL, and nothing runs: %j', async (url, code) => {
    const template = folder.at('EXECUTED');
    const list = listAll(readerOf(url.replace('EXECUTED', template)));
    await expect(list).rejects.toMatchObject({
      name: 'SourceReadError',
      code,
      hint: expect.stringMatching(/\w/),
    });
    expect(existsSync(template)).toBe(false);
  });
});

describe('a hostile tree', () => {
  it('gives a problem for a link, wherever it leads, and nothing for a submodule', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({
      'a/catalog-info.yaml': { linkTo: '/etc/passwd' },
      'b/catalog-info.yaml': { linkTo: '../good/catalog-info.yaml' },
      'c/catalog-info.yaml': { submoduleAt: '1'.repeat(40) },
      '.gitmodules': '[submodule "c"]\n\tpath = c/catalog-info.yaml\n\turl = ext::sh -c touch% /tmp/x\n',
      'good/catalog-info.yaml': 'good',
    });
    const reader = readerOf(repository.url);
    const listing = await listAll(reader);
    expect(summarize(listing)).toEqual({
      paths: ['good/catalog-info.yaml'],
      problems: ['a/catalog-info.yaml: file.outside-source', 'b/catalog-info.yaml: file.outside-source'],
      isComplete: true,
    });
    expect(await readAll(reader, listing.files)).toEqual({ 'good/catalog-info.yaml': 'good' });
  });

  it.each([
    ['spaces and scripts', 'с пробелами/サービス 🚀'],
    ['line breaks and tabs', 'line\nbreak\tand tab'],
    ['quotes and backslashes', `"quoted" 'and' \\escaped`],
    ['options and globs', '--exec=sh/[*]'],
  ])('is read in spite of %s in its names', async (_, name) => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ [`${name}/catalog-info.yaml`]: 'a' });
    expect(await contents(repository.url)).toEqual({ [`${name}/catalog-info.yaml`]: 'a' });
  });

  it('whose entries climb out of it is read like any other, because nothing is checked out', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const blob = repository.git(['hash-object', '-w', '--stdin'], 'evil').trim();
    const inner = repository.git(['mktree'], `100644 blob ${blob}\tcatalog-info.yaml\n`).trim();
    const outer = repository.git(['mktree'], `040000 tree ${inner}\t..\n`).trim();
    const commit = repository
      .git(['-c', 'user.name=T', '-c', 'user.email=t@e', 'commit-tree', outer], 'x')
      .trim();
    repository.git(['update-ref', 'refs/heads/main', commit]);
    await contents(repository.url);
    expect(existsSync(folder.at('home/catalog-info.yaml'))).toBe(false);
    expect(existsSync(folder.at('home/mirrors/catalog-info.yaml'))).toBe(false);
  });

  it('cannot run anything by its attributes, hooks or configuration', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const marker = folder.at('EXECUTED');
    mkdirSync(path.join(repository.directory, 'hooks'), { recursive: true });
    for (const hook of ['post-checkout', 'reference-transaction', 'post-index-change']) {
      writeFileSync(path.join(repository.directory, 'hooks', hook), `#!/bin/sh\ntouch ${marker}\n`, {
        mode: 0o755,
      });
    }
    repository.commit({
      'catalog-info.yaml': 'a',
      '.gitattributes': '* filter=evil diff=evil\n',
      '.gitconfig': `[filter "evil"]\n\tsmudge = touch ${marker}\n`,
      '.git-hooks/post-checkout': `touch ${marker}`,
    });
    rmSync(marker, { force: true }); // the hooks of the remote run when the test itself writes to it
    expect(await contents(repository.url)).toEqual({ 'catalog-info.yaml': 'a' });
    expect(existsSync(marker)).toBe(false);
  });
});

describe('refs that are made to confuse', () => {
  it.each(['refs/heads/refs/heads/main', 'refs/backup/refs/heads/main', 'refs/a/HEAD'])(
    'do not stand in for the branch: %s',
    async (decoy) => {
      const repository = repositoryWith('right');
      repository.commit({ 'catalog-info.yaml': 'wrong' }, { branch: 'side', isForced: true });
      repository.git(['update-ref', decoy, 'refs/heads/side']);
      expect(await contents(repository.url, { branch: 'main' })).toEqual({ 'catalog-info.yaml': 'right' });
      expect(await contents(repository.url)).toEqual({ 'catalog-info.yaml': 'right' });
    },
  );

  it('cannot pass a tag for a branch', async () => {
    const repository = repositoryWith('a');
    repository.git(['tag', 'release']);
    await expect(listAll(readerOf(repository.url, { branch: 'release' }))).rejects.toMatchObject({
      code: 'git.branch-not-found',
    });
  });
});

describe('a mirror', () => {
  it('serves two sources that are read at the same moment', async () => {
    const repository = createGitRepository(folder.at('org.git'));
    const branches = Array.from({ length: 6 }, (_, index) => `b${index}`);
    for (const branch of branches) {
      repository.commit({ 'catalog-info.yaml': branch }, { branch });
      repository.commit({ 'catalog-info.yaml': `${branch} changed` }, { branch });
    }
    const results = await Promise.all(branches.map((branch) => contents(repository.url, { branch })));
    expect(results).toEqual(branches.map((branch) => ({ 'catalog-info.yaml': `${branch} changed` })));
    expect(readdirSync(folder.at('home/mirrors'))).toHaveLength(1);
  });

  it.each([
    ['without its HEAD', () => rmSync(`${mirror()}/HEAD`)],
    ['without its objects', () => rmSync(`${mirror()}/objects`, { recursive: true })],
    ['with its objects emptied', () => emptyFiles(`${mirror()}/objects`)],
    ['with a lock left by a git that was killed', () => writeFileSync(`${mirror()}/shallow.lock`, '')],
    ['with a broken configuration', () => writeFileSync(`${mirror()}/config`, '[core\n')],
    ['that is an empty folder', () => emptyFolder(mirror())],
    ['that is a file', () => replaceByFile(mirror())],
    ['that is a link to nothing', () => replaceByLink(mirror())],
  ])('%s is made anew', async (_, damage) => {
    const repository = createGitRepository(folder.at('org.git'));
    repository.commit({ 'catalog-info.yaml': 'one', 'same/catalog-info.yaml': 'same' });
    await contents(repository.url);
    damage();
    repository.commit({ 'catalog-info.yaml': 'two', 'same/catalog-info.yaml': 'same' });
    expect(await contents(repository.url)).toEqual({
      'catalog-info.yaml': 'two',
      'same/catalog-info.yaml': 'same',
    });
    expect(readdirSync(folder.at('home/mirrors'))).toHaveLength(1);
  });

  it('stays as it is when it is the remote that fails', async () => {
    const repository = repositoryWith('one');
    await contents(repository.url);
    const before = readdirSync(`${mirror()}/refs/waymark`);
    rmSync(repository.directory, { recursive: true });
    await expect(listAll(readerOf(repository.url))).rejects.toMatchObject({ code: 'git.not-found' });
    expect(readdirSync(`${mirror()}/refs/waymark`)).toEqual(before);
  });
});

function emptyFiles(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) {
      const file = path.join(entry.parentPath, entry.name);
      rmSync(file);
      writeFileSync(file, '');
      truncateSync(file, 0);
    }
  }
}

function emptyFolder(directory: string): void {
  rmSync(directory, { recursive: true });
  mkdirSync(directory);
}

function replaceByFile(directory: string): void {
  rmSync(directory, { recursive: true });
  writeFileSync(directory, 'not a repository');
}

function replaceByLink(directory: string): void {
  rmSync(directory, { recursive: true });
  symlinkSync('/nowhere/at/all', directory);
}
