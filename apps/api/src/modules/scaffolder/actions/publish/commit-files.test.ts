import { describe, expect, it } from 'vitest';
import { createGitRepository } from '../../../../testing/git-repository.ts';
import { useTemporaryFolder } from '../../../../testing/temporary-folder.ts';
import { ActionFailure } from '../action.ts';
import type { PublishedFile } from '../publication.ts';
import { commitToNewBranch, type CommitSettings } from './commit-files.ts';

const folder = useTemporaryFolder();
const signal = new AbortController().signal;
const settings: CommitSettings = {
  branch: 'main',
  message: 'Initial commit',
  author: { name: 'Ada Example', email: 'ada@example.com' },
  at: new Date('2026-05-01T10:00:00Z'),
};

async function* filesOf(contents: Readonly<Record<string, string | Buffer>>): AsyncGenerator<PublishedFile> {
  for (const [path, content] of Object.entries(contents)) {
    yield { path, bytes: Buffer.from(content), isExecutable: path.endsWith('.sh') };
  }
}

describe('a commit to a new branch', () => {
  it('holds every byte and mode, whatever the names and attributes say', async () => {
    const repository = createGitRepository(folder.at('odd.git'));
    const contents = {
      '.gitattributes': '* text=auto eol=lf ident working-tree-encoding=UTF-16\n',
      'windows.txt': 'one\r\ntwo\r\n$Id$\r\n',
      'binary.bin': Buffer.from([0, 255, 10, 13, 10]),
      'run.sh': '#!/bin/sh\n',
      'a "quoted" name with ünïcode': 'done\nget-mark :1\ndata 3\n',
      '-leading/dash': '',
    };
    const commit = await commitToNewBranch(repository.directory, filesOf(contents), settings, signal);
    expect(repository.git(['rev-parse', 'refs/heads/main']).trim()).toBe(commit);
    expect(repository.git(['fsck', '--strict'])).toBe('');
    for (const [path, content] of Object.entries(contents)) {
      const blob = repository.git(['rev-parse', `main:${path}`]).trim();
      expect(repository.git(['hash-object', '--stdin', '--no-filters'], Buffer.from(content)).trim()).toBe(
        blob,
      );
    }
    expect(repository.git(['ls-tree', 'main', 'run.sh'])).toMatch(/^100755 /);
    expect(repository.git(['ls-tree', 'main', 'windows.txt'])).toMatch(/^100644 /);
    expect(repository.git(['log', '-1', '--format=%an|%ae|%at|%cn|%P|%B', 'main']).trim()).toBe(
      'Ada Example|ada@example.com|1777629600|Ada Example||Initial commit',
    );
  });

  it('is made once, however often it is asked for', async () => {
    const repository = createGitRepository(folder.at('again.git'));
    const once = await commitToNewBranch(repository.directory, filesOf({ 'a.txt': 'a' }), settings, signal);
    const twice = await commitToNewBranch(repository.directory, filesOf({ 'a.txt': 'a' }), settings, signal);
    expect(twice).toBe(once);
    expect(repository.git(['rev-list', '--count', '--all']).trim()).toBe('1');
  });

  it('leaves alone what somebody else has pushed to the branch', async () => {
    const repository = createGitRepository(folder.at('theirs.git'));
    const theirs = repository.commit({ 'b.txt': 'theirs' });
    const attempt = commitToNewBranch(repository.directory, filesOf({ 'a.txt': 'a' }), settings, signal);
    await expect(attempt).rejects.toThrow(ActionFailure);
    await expect(attempt).rejects.toThrow('Somebody has pushed to the branch main');
    expect(repository.git(['rev-parse', 'main']).trim()).toBe(theirs);
  });

  it('shows nothing of files that could not all be read', async () => {
    const repository = createGitRepository(folder.at('half.git'));
    const half = async function* () {
      yield* filesOf({ 'a.txt': 'a' });
      throw new Error('the disk is gone');
    };
    await expect(commitToNewBranch(repository.directory, half(), settings, signal)).rejects.toThrow(
      'the disk is gone',
    );
    expect(repository.git(['for-each-ref'])).toBe('');
  });

  it('lets no name of an author end its line', async () => {
    const repository = createGitRepository(folder.at('author.git'));
    const author = { name: 'Eve\nparent 1234 <x>', email: 'eve@example.com>\ndone' };
    await commitToNewBranch(repository.directory, filesOf({ a: '' }), { ...settings, author }, signal);
    expect(repository.git(['fsck', '--strict'])).toBe('');
    expect(repository.git(['log', '-1', '--format=%an|%ae', 'main']).trim()).toBe(
      'Eve parent 1234  x|eve@example.com done',
    );
  });
});
