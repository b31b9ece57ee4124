import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashInputs } from './input-hash.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'waymark-inputs-'));
  await mkdir(join(root, 'src/deep'), { recursive: true });
  await writeFile(join(root, 'src/one.ts'), 'one');
  await writeFile(join(root, 'src/deep/two.ts'), 'two');
  await writeFile(join(root, 'lock.json'), '{}');
});
afterEach(async () => {
  await rm(root, { recursive: true, force: true });
});

const hash = (options: Partial<Parameters<typeof hashInputs>[1]> = {}) =>
  hashInputs(root, { paths: ['src', 'lock.json'], ...options });

describe('hashInputs', () => {
  test('is the same for the same files', async () => {
    expect(await hash()).toBe(await hash({ paths: ['lock.json', 'src'] }));
  });

  test.each([
    ['a content', () => writeFile(join(root, 'src/deep/two.ts'), 'TWO')],
    ['a new file', () => writeFile(join(root, 'src/three.ts'), '')],
    ['a removed file', () => rm(join(root, 'src/one.ts'))],
    ['a new name', () => rename(join(root, 'src/one.ts'), join(root, 'src/uno.ts'))],
    ['a single file', () => writeFile(join(root, 'lock.json'), '{ }')],
  ])('changes with %s', async (_, change) => {
    const before = await hash();
    await change();
    expect(await hash()).not.toBe(before);
  });

  test('does not change with files that are no input', async () => {
    const isInput = (path: string) => path !== 'src/deep/two.ts';
    const before = await hash({ isInput });
    await writeFile(join(root, 'src/deep/two.ts'), 'TWO');
    expect(await hash({ isInput })).toBe(before);
  });

  test('changes with the salt', async () => {
    expect(await hash({ salt: 'a' })).not.toBe(await hash({ salt: 'b' }));
  });

  test('fails when an input is missing, instead of calling nothing up to date', async () => {
    await expect(hash({ paths: ['no-such-folder'] })).rejects.toThrow('ENOENT');
  });
});
