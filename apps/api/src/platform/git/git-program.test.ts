import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { gitProgram } from './git-program.ts';

afterEach(() => vi.unstubAllEnvs());

it('is the first program of that name in the folders, and looked for again when those change', async () => {
  const directory = await mkdtemp(path.join(tmpdir(), 'waymark-programs-'));
  try {
    const folders = ['a folder of that name', 'a text of that name', 'the program', 'another'].map((name) =>
      path.join(directory, name),
    );
    const [asFolder = '', asText = '', asProgram = '', another = ''] = folders;
    await mkdir(path.join(asFolder, 'git'), { recursive: true });
    for (const folder of [asText, asProgram, another]) {
      await mkdir(folder);
      await writeFile(path.join(folder, 'git'), '');
    }
    await chmod(path.join(asProgram, 'git'), 0o755);
    await chmod(path.join(another, 'git'), 0o755);
    vi.stubEnv('PATH', ['', ...folders].join(path.delimiter));
    expect(gitProgram()).toBe(path.join(asProgram, 'git'));
    vi.stubEnv('PATH', asText);
    expect(gitProgram()).toBe('git');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
});
