import { renameSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { createGitRepository, type GitRepository } from '../../testing/git-repository.ts';
import { useTemporaryFolder } from '../../testing/temporary-folder.ts';
import { blobIdOf } from '../../platform/git/blob-id.ts';
import type { HostedRepository } from './repositories.repository.ts';
import { createRepositoryReading, type RepositoryReading } from './repository-reading.ts';
import { createBareRepositories } from './storage/bare-repositories.ts';
import { createTipFiles, type TipFiles } from './tip-files.ts';

const folder = useTemporaryFolder();
const signal = new AbortController().signal;
const [first, second] = [Buffer.from('first'), Buffer.from('second')];
const hosted: HostedRepository = {
  ...{
    id: '7',
    owner: 'acme',
    name: 'shop',
    description: '',
    defaultBranch: 'main',
    createdBy: 'user:default/ada',
  },
  ...{ createdAt: new Date(0), pushedAt: undefined, createdFor: undefined, isArchived: false },
};
let repository: GitRepository;
let tips: TipFiles;
let reading: RepositoryReading;

beforeEach(async () => {
  const storage = createBareRepositories(folder.path);
  await storage.ensure(hosted);
  repository = createGitRepository(folder.at('repositories/hosted/acme/shop.git'));
  tips = createTipFiles();
  // Only the row is made up: the repository is one.
  reading = createRepositoryReading({ find: async () => hosted }, storage, tips);
});

const read = (known?: string, ref = 'main') =>
  reading.readFile({ repository: 'acme/shop', ref, path: 'a/info.yaml' }, known, signal);

/** Git can tell nothing any more; the tips of branches stay. */
const loseObjects = () => renameSync(`${repository.directory}/objects`, `${repository.directory}/lost`);

describe('a file of a kept repository', () => {
  it('is read, and known to be unchanged without git while the branch shows the same commit', async () => {
    repository.commit({ 'a/info.yaml': first });
    const blobId = blobIdOf(first);
    expect(await read()).toEqual({ state: 'read', blobId, bytes: first });
    expect(await read(blobId)).toEqual({ state: 'unchanged', blobId });
    loseObjects();
    expect(await read(blobId)).toEqual({ state: 'unchanged', blobId });
    expect(await read(blobId, 'HEAD')).toEqual({ state: 'unchanged', blobId });
    await expect(read('another')).rejects.toThrow();
  });

  it('is read anew when the branch has moved, by whatever way', async () => {
    repository.commit({ 'a/info.yaml': first });
    await read();
    repository.commit({ 'a/info.yaml': second });
    expect(await read(blobIdOf(first))).toEqual({ state: 'read', blobId: blobIdOf(second), bytes: second });
    repository.git(['update-ref', '-d', 'refs/heads/main']);
    expect(await read(blobIdOf(second))).toEqual({ state: 'missing' });
  });

  it('is read by git when the branch is packed away, or the ref is none', async () => {
    const commit = repository.commit({ 'a/info.yaml': first });
    await read();
    repository.git(['pack-refs', '--all']);
    expect(await read()).toEqual({ state: 'read', blobId: blobIdOf(first), bytes: first });
    expect(await read(undefined, commit)).toEqual({ state: 'read', blobId: blobIdOf(first), bytes: first });
    expect(await read(undefined, '../heads/main')).toEqual({ state: 'missing' });
  });

  it('is known when this process has pushed it a moment ago, and not after another push', async () => {
    const commit = repository.commit({ 'a/info.yaml': first });
    tips.notePush('7', { branch: 'main', commit, files: [{ path: 'a/info.yaml', bytes: first }] });
    tips.notePush('8', { branch: 'main', commit, files: [{ path: 'b', bytes: second }] });
    expect(tips.find('7', 'main', 'b')).toBeUndefined();
    renameSync(`${repository.directory}/objects`, `${repository.directory}/lost`);
    expect(await read()).toEqual({ state: 'read', blobId: blobIdOf(first), bytes: first });
    renameSync(`${repository.directory}/lost`, `${repository.directory}/objects`);
    repository.commit({ 'a/info.yaml': second });
    expect(await read()).toEqual({ state: 'read', blobId: blobIdOf(second), bytes: second });
  });
});
