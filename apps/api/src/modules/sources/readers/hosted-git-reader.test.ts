import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { listAll, readAll as readFiles } from '../../../testing/reader-results.ts';
import { tarArchive } from '../../../testing/tar-archive.ts';
import type { HostedGit } from '../hosts/hosted-git.ts';
import { createHostedGitReader, type HostedGitReaderOptions } from './hosted-git-reader.ts';

const signal = new AbortController().signal;

function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest('hex');
}

interface FakeOptions {
  /** What the archive has; the files themselves unless it moved on. Null: there is none. */
  archived?: Record<string, string> | null;
  isTruncated?: boolean;
  links?: string[];
}

/** A repository in memory that counts how often each method is called. */
function fakeGit(
  files: Record<string, string>,
  { archived = files, isTruncated = false, links = [] }: FakeOptions = {},
) {
  const calls: string[] = [];
  const unused = () => Promise.reject(new Error('A reader of a repository does not ask for this.'));
  const git: HostedGit = {
    repositories: unused,
    repository: unused,
    organisation: unused,
    async head(_address, _branch, knownRevision) {
      calls.push('head');
      if (knownRevision === 'r1') return { isUnchanged: true };
      const listed = Object.entries(files).map(([path, text]) => ({
        ...{ path, blobId: blobId(text), bytes: text.length, isLink: links.includes(path) },
      }));
      return { isUnchanged: false, tree: { revision: 'r1', files: isTruncated ? [] : listed, isTruncated } };
    },
    async archive() {
      calls.push('archive');
      if (archived === null) return undefined;
      return tarArchive(
        Object.entries(archived).map(([path, text]) => ({
          path: `root/${path}`,
          content: Buffer.from(text),
        })),
      );
    },
    async blob(_address, id) {
      calls.push('blob');
      const found = Object.values(files).find((text) => blobId(text) === id);
      return found === undefined ? unused() : Buffer.from(found);
    },
  };
  return { git, calls };
}

function readerOf(git: HostedGit, options: Partial<HostedGitReaderOptions> = {}) {
  return createHostedGitReader({
    ...{ git, repository: { id: '1', fullName: 'acme/ledger' }, flavour: 'github', branch: 'main' },
    ...{ webUrl: 'https://github.com/acme/ledger', pattern: '**/*.yaml', maxFiles: 100, maxFileBytes: 1_000 },
    ...options,
  });
}

async function readAll(reader: ReturnType<typeof readerOf>): Promise<Record<string, string>> {
  return readFiles(reader, (await listAll(reader)).files);
}

describe('a repository on a host', () => {
  it('costs one call while its branch stands still', async () => {
    const { git, calls } = fakeGit({ 'a.yaml': 'a' });
    expect(await readerOf(git).list('r1', signal)).toBeUndefined();
    expect(calls).toEqual(['head']);
  });

  it('costs one more for one file, and one more for many', async () => {
    const one = fakeGit({ 'a.yaml': 'a' });
    expect(await readAll(readerOf(one.git))).toEqual({ 'a.yaml': 'a' });
    expect(one.calls).toEqual(['head', 'blob']);
    const files = Object.fromEntries(Array.from({ length: 90 }, (_, index) => [`${index}.yaml`, `${index}`]));
    const many = fakeGit(files);
    expect(await readAll(readerOf(many.git))).toEqual(files);
    expect(many.calls).toEqual(['head', 'archive']);
  });

  it('is read as it was listed, though somebody pushed before the archive was made', async () => {
    const listed = { 'a.yaml': 'a', 'b.yaml': 'b', 'c.yaml': 'c' };
    const { git, calls } = fakeGit(listed, { archived: { 'a.yaml': 'a', 'b.yaml': 'newer' } });
    expect(await readAll(readerOf(git))).toEqual(listed);
    expect(calls).toEqual(['head', 'archive', 'blob', 'blob']);
  });

  it('is fetched file by file where there is no archive, and no more than fifty', async () => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`${index}.yaml`, `${index}`]));
    const { git, calls } = fakeGit(files, { archived: null });
    const read = await readAll(readerOf(git));
    expect(calls.filter((call) => call === 'blob')).toHaveLength(50);
    expect(Object.values(read).filter((content) => content === 'problem: file.not-fetched')).toHaveLength(10);
  });

  it('gives a text that a file of it names for one call, and five hundred in a reading', async () => {
    const { git, calls } = fakeGit({ 'apis/a.yaml': 'a', 'openapi.json': '{"openapi": "3.1.0"}' });
    const reader = readerOf(git);
    await readAll(reader);
    const resolved = await reader.resolveReference?.('apis/a.yaml', '../openapi.json', signal);
    if (!resolved || !('files' in resolved)) throw new Error('The placeholder leads nowhere.');
    const texts: unknown[] = [];
    for (let count = 0; count < 500; count += 1) texts.push(await readFiles(reader, resolved.files));
    expect(texts[0]).toEqual({ 'openapi.json': '{"openapi": "3.1.0"}' });
    expect(texts.at(-1)).toEqual({ 'openapi.json': 'problem: file.not-fetched' });
    expect(calls).toEqual(['head', ...Array.from({ length: 500 }, () => 'blob')]);
  });

  it('is listed from the archive when the host cuts its tree short', async () => {
    const files = { 'a.yaml': 'a', 'deep/b.yaml': 'b', 'c.txt': 'c' };
    const { git, calls } = fakeGit(files, { isTruncated: true });
    const reader = readerOf(git);
    expect(await readAll(reader)).toEqual({ 'a.yaml': 'a', 'deep/b.yaml': 'b' });
    expect(calls).toEqual(['head', 'archive']);
    expect(await reader.resolveTarget('a.yaml', './c.txt', signal)).toEqual({
      files: [{ path: 'c.txt', contentId: blobId('c') }],
    });
  });

  it('fails, and is not empty, when neither tree nor archive can be had', async () => {
    const { git } = fakeGit({ 'a.yaml': 'a' }, { isTruncated: true, archived: null });
    await expect(readerOf(git).list(undefined, signal)).rejects.toMatchObject({
      code: 'repository.too-large',
    });
  });

  it('has its links and overlong files told of, and its list cut with a word', async () => {
    const { git } = fakeGit(
      { 'a.yaml': 'x'.repeat(2_000), 'b.yaml': 'b', 'link.yaml': 'a.yaml' },
      { links: ['link.yaml'] },
    );
    expect(await readAll(readerOf(git))).toEqual({ 'a.yaml': 'problem: file.too-large', 'b.yaml': 'b' });
    const listing = await readerOf(git, { maxFiles: 1 }).list(undefined, signal);
    expect(listing).toMatchObject({ isComplete: false, revision: 'r1 (first 1 files)' });
    expect(listing?.problems.map(({ code }) => code)).toEqual([
      'file.outside-source',
      'source.too-many-files',
    ]);
    expect(await readerOf(git, { maxFiles: 1 }).list('r1 (first 1 files)', signal)).toBeUndefined();
  });

  it.each(['../outside.yaml', 'https://evil.example/x.yaml', './missing.yaml', '{'.repeat(600)])(
    'has no target %s',
    async (target) => {
      const reader = readerOf(fakeGit({ 'a.yaml': 'a' }).git);
      await reader.list(undefined, signal);
      expect(await reader.resolveTarget('a.yaml', target, signal)).toHaveProperty('message');
    },
  );
});
