import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { demoEpoch, demoLocations, seedDemoOrganisation } from './index.ts';

const identity = {
  GIT_AUTHOR_NAME: 'T',
  GIT_AUTHOR_EMAIL: 't@example.com',
  GIT_COMMITTER_NAME: 'T',
  GIT_COMMITTER_EMAIL: 't@example.com',
};

function git(...args: string[]): string {
  const env = {
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    ...identity,
  };
  return execFileSync('git', args, { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}

function heads(home: string): Record<string, string> {
  return Object.fromEntries(
    demoLocations({ home }).map(({ target }) => {
      const directory = fileURLToPath(target);
      return [directory.slice(home.length), git(`--git-dir=${directory}`, 'rev-parse', 'main')];
    }),
  );
}

const temporaryHome = () => mkdtemp(join(tmpdir(), 'waymark-seed-'));

function fakeLog() {
  return { info: vi.fn<(message: string) => void>(), warn: vi.fn<(message: string) => void>() };
}

const dayBeforeEpoch = new Date(demoEpoch.getTime() - 24 * 3_600_000);

/** Made once and copied by the tests: the organisation of today, and that of an earlier version. */
const made = { current: '', earlier: '' };
let home: string;
let log: ReturnType<typeof fakeLog>;

beforeAll(async () => {
  made.current = await temporaryHome();
  made.earlier = await temporaryHome();
  await seedDemoOrganisation({ home: made.current, log: fakeLog() });
  await seedDemoOrganisation({ home: made.earlier, log: fakeLog(), epoch: dayBeforeEpoch });
}, 60_000);

afterAll(async () => {
  for (const directory of Object.values(made)) await rm(directory, { recursive: true, force: true });
});

beforeEach(async () => {
  home = await temporaryHome();
  log = fakeLog();
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(home, { recursive: true, force: true });
});

const repositoryOf = (name: string) => join(home, 'repositories', 'ferrowick', `${name}.git`);

// Most of the time goes to starting git some fifty times.
describe('seedDemoOrganisation', { timeout: 30_000 }, () => {
  it('makes sound repositories with the same commits in every home', async () => {
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: true });
    expect(heads(home)).toEqual(heads(made.current));
    expect(new Set(Object.values(heads(home))).size).toBe(27);
    for (const { target } of demoLocations({ home }))
      git(`--git-dir=${fileURLToPath(target)}`, 'fsck', '--strict');
  });

  it('can be cloned from the places that it names, on the branch that it names', async () => {
    await cp(made.current, home, { recursive: true });
    const [organisation] = demoLocations({ home });
    git(
      'clone',
      '--quiet',
      '--branch',
      organisation?.branch ?? '',
      '--',
      organisation?.target ?? '',
      join(home, 'clone'),
    );
    expect(await readFile(join(home, 'clone', 'teams', 'platform', 'catalog-info.yaml'), 'utf8')).toContain(
      'kind: Group',
    );
  });

  it('does nothing the second time and leaves nothing but repositories behind', async () => {
    await cp(made.current, home, { recursive: true });
    const before = await stat(repositoryOf('org'));
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: false });
    expect((await stat(repositoryOf('org'))).ino).toBe(before.ino);
    const names = await readdir(join(home, 'repositories', 'ferrowick'));
    expect(names.filter((name) => !name.endsWith('.git'))).toEqual([]);
    expect(await readdir(repositoryOf('org'))).not.toContain('hooks');
  });

  it('completes what a killed run left undone', async () => {
    await cp(made.current, home, { recursive: true });
    const expected = heads(home);
    await rm(repositoryOf('accounts'), { recursive: true });
    // Process ids end far below this one on Linux and macOS: nobody has it.
    const abandoned = join(home, 'repositories', 'ferrowick', '.seeding-999999999-abc');
    await mkdir(join(abandoned, 'half.git'), { recursive: true });
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: true });
    expect(heads(home)).toEqual(expected);
    await expect(stat(abandoned)).rejects.toThrow('ENOENT');
  });

  it('makes its own repositories again when their content is of another version', async () => {
    await cp(made.earlier, home, { recursive: true });
    const old = heads(home);
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: true });
    for (const [name, head] of Object.entries(heads(home))) expect(head, name).not.toBe(old[name]);
  });

  it('keeps a repository that somebody has pushed to, and says so', async () => {
    await cp(made.earlier, home, { recursive: true });
    const clone = join(home, 'clone');
    git('clone', '--quiet', '--', repositoryOf('disputes'), clone);
    git('-C', clone, 'commit', '--quiet', '--allow-empty', '--message', 'Mine');
    git('-C', clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/mine');
    await seedDemoOrganisation({ home, log });
    expect(git(`--git-dir=${repositoryOf('disputes')}`, 'log', '-1', '--format=%s', 'mine')).toBe('Mine');
    expect(log.warn.mock.calls).toEqual([[expect.stringContaining('disputes.git has commits of yours')]]);
  });

  it('never touches a folder that it did not make', async () => {
    await mkdir(repositoryOf('checkout'), { recursive: true });
    await writeFile(join(repositoryOf('checkout'), 'mine.txt'), 'mine');
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: true });
    expect(await readdir(repositoryOf('checkout'))).toEqual(['mine.txt']);
    expect(log.warn.mock.calls).toEqual([[expect.stringContaining('checkout.git was not made by Waymark')]]);
  });

  it('gives the same repositories to two runs at once', async () => {
    await Promise.all([seedDemoOrganisation({ home, log }), seedDemoOrganisation({ home, log })]);
    expect(Object.keys(heads(home))).toHaveLength(27);
    expect(log.warn).not.toHaveBeenCalled();
  });

  it('says what to do when the git program is missing', async () => {
    vi.stubEnv('PATH', home);
    await expect(seedDemoOrganisation({ home, log })).rejects.toThrow(/git was not found.*install git/s);
    vi.unstubAllEnvs();
    expect(await seedDemoOrganisation({ home, log })).toEqual({ repositories: 27, created: true });
  });

  it('ignores the git settings and the outer repository of whoever starts it', async () => {
    vi.stubEnv('GIT_DIR', join(home, 'elsewhere.git'));
    vi.stubEnv('GIT_AUTHOR_DATE', '2001-01-01T00:00:00Z');
    await seedDemoOrganisation({ home, log });
    await expect(stat(join(home, 'elsewhere.git'))).rejects.toThrow('ENOENT');
    expect(git(`--git-dir=${repositoryOf('org')}`, 'log', '-1', '--format=%as')).toMatch(/^2026-/);
  });
});
