import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { APIRequestContext, Page } from '@playwright/test';
import { getEntityOrigin, type EntityOrigin } from '@waymark/contracts';
import { expect } from './portal-test.ts';

/** Git without any configuration of this machine, as the person who commits in the demo organisation. */
function git(folder: string, ...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], {
    env: {
      PATH: process.env['PATH'],
      LC_ALL: 'C',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Robin Example',
      GIT_AUTHOR_EMAIL: 'robin@example.com',
      GIT_COMMITTER_NAME: 'Robin Example',
      GIT_COMMITTER_EMAIL: 'robin@example.com',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  }).toString('utf8');
}

/** Where the catalog read an entity. */
export async function originOf(request: APIRequestContext, ref: string): Promise<EntityOrigin> {
  const [, kind = '', namespace = '', name = ''] = /^([^:]+):([^/]+)\/(.+)$/.exec(ref) ?? [];
  const path = getEntityOrigin.path
    .replace(':kind', kind)
    .replace(':namespace', namespace)
    .replace(':name', name);
  const answer = await request.get(path);
  expect(answer.ok()).toBe(true);
  return getEntityOrigin.reply.parse(await answer.json());
}

/**
 * Commits a change of one file to the demo repository that it lies in, as somebody would push it.
 *
 * @returns the commit
 */
export function commitToDemo(
  origin: EntityOrigin,
  change: (text: string) => string,
  message: string,
): string {
  const home = process.env['WAYMARK_E2E_HOME'];
  if (home === undefined) throw new Error('The Playwright configuration chooses WAYMARK_E2E_HOME.');
  const owner = basename(join(origin.sourceTarget, '..'));
  const repository = join(home, 'repositories', owner, basename(origin.sourceTarget));
  const work = mkdtempSync(join(tmpdir(), 'waymark-commit-'));
  try {
    git(work, '-c', 'safe.directory=*', 'clone', '--quiet', repository, 'clone');
    const clone = join(work, 'clone');
    const file = join(clone, origin.path);
    const before = readFileSync(file, 'utf8');
    const after = change(before);
    expect(after).not.toBe(before);
    writeFileSync(file, after);
    git(clone, 'commit', '--quiet', '--all', '--message', message);
    git(clone, '-c', 'safe.directory=*', 'push', '--quiet', 'origin', 'HEAD');
    return git(clone, 'rev-parse', 'HEAD').trim();
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** Reads a source again from its page and waits until the outcome is told. */
export async function readAgain(page: Page, sourceId: string): Promise<void> {
  await page.goto(`/sources/${sourceId}`);
  await page.getByRole('button', { name: 'Read again now' }).click();
  await expect(page.getByRole('alert').filter({ hasText: /was read|could not be read/ })).toBeVisible({
    timeout: 90_000,
  });
}
