import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { getRepository } from '@waymark/contracts';
import { createApiClient } from '@waymark/api-client';
import { describe, expect, it } from 'vitest';
import { checkoutAt, git, gitOk, initCheckout } from '../../../testing/git-client.ts';
import { useHostedRepositories } from '../../../testing/hosted-repositories.ts';

const given = useHostedRepositories();

async function fsck(directory: string): Promise<void> {
  const { exitCode, output, complaint } = await git(['--git-dir', directory, 'fsck', '--strict', '--full']);
  expect({ exitCode, output, complaint: complaint.replace(/^notice:.*\n/gm, '') }).toEqual({
    ...{ exitCode: 0, output: '', complaint: '' },
  });
}

describe('stock git', () => {
  it('clones an empty repository, pushes to it, and clones what was pushed', async () => {
    const repository = await given.create();
    const empty = given.newPath();
    const cloned = await git(['clone', '--quiet', repository.url, empty]);
    expect([cloned.exitCode, cloned.complaint]).toEqual([
      0,
      'warning: You appear to have cloned an empty repository.\n',
    ]);
    const checkout = checkoutAt(empty);
    const commit = await checkout.commit({ 'README.md': '# Hello\n', 'src/a.ts': 'export {};\n' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const other = given.newPath();
    await gitOk(['clone', '--quiet', repository.url, other]);
    expect(await gitOk(['rev-parse', 'HEAD'], { cwd: other })).toBe(commit);
    expect(readdirSync(other).sort()).toEqual(['.git', 'README.md', 'src']);
    await fsck(repository.directory);
    const api = createApiClient({ baseUrl: given.server.url, fetch });
    const shown = await api.call(getRepository, { params: { owner: 'acme', name: repository.name } });
    expect(Date.parse(shown.pushedAt ?? '')).toBeGreaterThan(Date.parse(shown.createdAt));
  });

  it('fetches what others pushed, tags too, and takes a part of the history alone', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' }, 'One');
    await checkout.ok(['tag', '-a', 'v1', '-m', 'Version 1']);
    await checkout.ok(['push', '--quiet', '--follow-tags', 'origin', 'HEAD:main']);
    const other = given.newPath();
    await gitOk(['clone', '--quiet', repository.url, other]);
    const commit = await checkout.commit({ 'a.txt': '2' }, 'Two');
    await checkout.ok(['tag', 'light']);
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main', 'light']);
    await gitOk(['fetch', '--quiet', '--tags', 'origin'], { cwd: other });
    expect(await gitOk(['rev-parse', 'origin/main'], { cwd: other })).toBe(commit);
    expect(await gitOk(['tag'], { cwd: other })).toBe('light\nv1');
    const shallow = given.newPath();
    await gitOk(['clone', '--quiet', '--depth=1', repository.url, shallow]);
    expect(await gitOk(['rev-list', '--count', 'HEAD'], { cwd: shallow })).toBe('1');
    await gitOk(['fetch', '--quiet', '--unshallow'], { cwd: shallow });
    expect(await gitOk(['rev-list', '--count', 'HEAD'], { cwd: shallow })).toBe('2');
    const partial = given.newPath();
    await gitOk(['clone', '--quiet', '--filter=blob:none', repository.url, partial]);
    expect(await gitOk(['show', 'HEAD~1:a.txt'], { cwd: partial })).toBe('1');
    await fsck(repository.directory);
  });

  it.each(['0', '1', '2'])('speaks version %s of the protocol', async (version) => {
    const { repository, checkout } = await given.createWithCheckout();
    const commit = await checkout.commit({ 'a.txt': '1' });
    const protocol = ['-c', `protocol.version=${version}`];
    await checkout.ok([...protocol, 'push', '--quiet', 'origin', 'HEAD:main']);
    expect(await gitOk([...protocol, 'ls-remote', repository.url])).toBe(
      `${commit}\tHEAD\n${commit}\trefs/heads/main`,
    );
  });

  it('pushes more than it holds in memory at once, and fetches it with a long negotiation', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    // Beyond http.postBuffer: git sends it in chunks, after a probe.
    await checkout.commit({ 'large.bin': randomBytes(8 * 1024 * 1024) });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const other = await initCheckout(given.newPath(), repository.url);
    // Commits that the server does not have make the request for the rest so long that git packs it.
    await other.ok(['fast-import', '--quiet'], { input: importOf(600) });
    await other.ok(['fetch', '--quiet', 'origin']);
    expect(await other.ok(['rev-parse', 'origin/main'])).toBe(await checkout.ok(['rev-parse', 'HEAD']));
    await fsck(repository.directory);
  }, 60_000);

  it('clones twenty times at once', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    const files = Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`folder-${i % 7}/${i}.txt`, `${i}`]),
    );
    const commit = await checkout.commit(files);
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const heads = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const place = given.newPath();
        await gitOk(['clone', '--quiet', repository.url, place]);
        return gitOk(['rev-parse', 'HEAD'], { cwd: place });
      }),
    );
    expect(heads).toEqual(Array.from({ length: 20 }, () => commit));
  }, 60_000);

  it('moves other branches by force, and takes them away', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main', 'HEAD:feature/x']);
    await checkout.ok(['commit', '--quiet', '--amend', '-m', 'Another']);
    await checkout.ok(['push', '--quiet', '--force', 'origin', 'HEAD:feature/x']);
    const moved = await checkout.ok(['rev-parse', 'HEAD']);
    expect(await gitOk(['ls-remote', repository.url, 'feature/x'])).toBe(`${moved}\trefs/heads/feature/x`);
    await checkout.ok(['push', '--quiet', 'origin', '--delete', 'feature/x']);
    expect(await gitOk(['ls-remote', repository.url, 'feature/x'])).toBe('');
  });

  it('finds a repository in any case, and its folder made again when it is missing', async () => {
    const repository = await given.create('MixedCase');
    const { rm } = await import('node:fs/promises');
    await rm(repository.directory, { recursive: true });
    expect(await gitOk(['ls-remote', repository.url.replace('Acme/MixedCase', 'aCME/mixedcase')])).toBe('');
    expect(existsSync(path.join(repository.directory, 'HEAD'))).toBe(true);
  });
});

describe('a browser', () => {
  it('is led from the address of a clone to the page of the repository', async () => {
    const repository = await given.create();
    const answer = await fetch(repository.url, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      `/repositories/Acme/${repository.name}`,
    ]);
  });

  it('stays on this server, whatever the address says', async () => {
    const answer = await fetch(`${given.server.url}/git/%2F%2Fevil.example/%5Cx.git`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([
      302,
      '/repositories/%2F%2Fevil.example/%5Cx',
    ]);
  });
});

/** Commits that nobody else has, as input of `git fast-import`. */
function importOf(count: number): string {
  return Array.from(
    { length: count },
    (_, i) =>
      `reset refs/heads/b${i}\n\ncommit refs/heads/b${i}\ncommitter A <a@example.com> ${1_700_000_000 + i} +0000\ndata 1\n${i % 10}\n`,
  ).join('\n');
}
