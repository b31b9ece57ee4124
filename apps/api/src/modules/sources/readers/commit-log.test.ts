import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGitRepository, type GitRepository } from '../../../testing/git-repository.ts';
import { COMMIT_LOG_FORMAT, parseCommitLog } from './commit-log.ts';
import { createGitReader } from './git-reader.ts';

let home: string;
let repository: GitRepository;
const signal = new AbortController().signal;

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), 'waymark-log-'));
  repository = createGitRepository(path.join(home, 'repository.git'));
});

afterAll(() => rmSync(home, { recursive: true }));

function logSince(commit: string): string {
  const format = `--format=${COMMIT_LOG_FORMAT}`;
  return repository.git(['log', '-z', '--no-renames', '--name-only', format, `${commit}..main`]);
}

/** A commit on top of main with the tree of `files`, whose author and message are as they are given. */
function commitAs(author: string, message: string, files: Record<string, string>): string {
  const commit = repository.commit(files);
  const text = repository.git(['cat-file', 'commit', commit]);
  const [head = ''] = text.split('\n\n');
  const changed = head.replace(/^author .* (\d+ \+0000)$/m, `author ${author} $1`);
  const id = repository
    .git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${changed}\n\n${message}\n`)
    .trim();
  repository.git(['update-ref', 'refs/heads/main', id]);
  return id;
}

describe('parseCommitLog', () => {
  it('gives each path the last commit that touched it, whatever stands in names and messages', () => {
    const start = repository.commit({ 'a.yaml': '1', 'b.yaml': '1', 'gone.yaml': '1' });
    const awkward = 'line\nbreak.yaml';
    const first = commitAs('Ann Other <ann@example.com>', 'First\n\nBody', {
      'a.yaml': '2',
      'b.yaml': '2',
      'gone.yaml': '1',
    });
    const second = commitAs('O <o@example.com>', '', { 'a.yaml': '3', 'b.yaml': '2', [awkward]: 'x' });
    const changes = parseCommitLog(logSince(start));
    expect(changes.get('b.yaml')).toEqual({
      revision: first,
      changedBy: 'Ann Other <ann@example.com>',
      reason: 'First',
    });
    for (const file of ['a.yaml', 'gone.yaml', awkward]) {
      expect(changes.get(file)).toEqual({ revision: second, changedBy: 'O <o@example.com>', reason: '' });
    }
    expect(changes.size).toBe(4);
  });

  it('passes over commits without files', () => {
    const start = repository.commit({ 'a.yaml': '1' });
    commitAs('E <e@example.com>', 'Nothing', { 'a.yaml': '1' });
    const last = commitAs('E <e@example.com>', 'Something', { 'a.yaml': '2' });
    commitAs('E <e@example.com>', 'Nothing again', { 'a.yaml': '2' });
    expect([...parseCommitLog(logSince(start))].map(([file, { revision }]) => [file, revision])).toEqual([
      ['a.yaml', last],
    ]);
  });

  it('cuts what is too long, and keeps control characters out', () => {
    const start = repository.commit({ 'a.yaml': '1' });
    commitAs('E <e@example.com>', `\u001b[31m${'x'.repeat(1_000)}`, { 'a.yaml': '2' });
    const reason = parseCommitLog(logSince(start)).get('a.yaml')?.reason ?? '';
    expect(reason).toMatch(/^\[31mx+$/);
    expect(reason).toHaveLength(300);
    expect(parseCommitLog('')).toEqual(new Map());
  });
});

describe('the commits of a Git source', () => {
  const readerOf = () =>
    createGitReader({
      url: repository.url,
      branch: undefined,
      pattern: '**/*.yaml',
      home,
      maxFiles: 100,
      maxFileBytes: 1_000_000,
    });

  it('are found though the mirror is shallow, for what changed and what is gone', async () => {
    const start = repository.commit({ 'a.yaml': '1', 'gone.yaml': '1' });
    await readerOf().list(undefined, signal);
    const first = repository.commit({ 'a.yaml': '2', 'gone.yaml': '1' });
    const second = repository.commit({ 'a.yaml': '2', 'b.yaml': '2' });
    const reader = readerOf();
    await reader.list(start, signal);
    const changes = await reader.changesSince?.(
      start,
      ['a.yaml', 'b.yaml', 'gone.yaml', 'never.yaml'],
      signal,
    );
    expect(changes?.revision).toBe(second);
    expect([...(changes?.byPath ?? [])].map(([file, { revision }]) => [file, revision])).toEqual([
      ['a.yaml', first],
      ['b.yaml', second],
      ['gone.yaml', second],
    ]);
  });

  it('are only the one that was read in a first read, and after a history that was replaced', async () => {
    const before = repository.commit({ 'a.yaml': '1' });
    const first = readerOf();
    await first.list(undefined, signal);
    expect(await first.changesSince?.(undefined, ['a.yaml'], signal)).toEqual({
      revision: before,
      byPath: new Map(),
    });
    const forced = repository.commit({ 'a.yaml': 'forced' }, { isForced: true });
    const reader = readerOf();
    await reader.list('0'.repeat(40), signal);
    expect(await reader.changesSince?.('0'.repeat(40), ['a.yaml'], signal)).toEqual({
      revision: forced,
      byPath: new Map(),
    });
  });
});
