import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { listAll, readAll, summarize } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createFileReader, type FileReaderOptions } from './file-reader.ts';

const folder = useTemporaryFolder();
/** File modes mean nothing to root: these tests need an ordinary user, as in CI. */
const isRoot = process.getuid?.() === 0;

function readerOf(target: string, options: Partial<FileReaderOptions> = {}) {
  return createFileReader({ target, pattern: undefined, maxFiles: 1000, maxFileBytes: 10_000, ...options });
}

describe('links', () => {
  it('are followed to a file of the same folder that nothing else takes', async () => {
    folder.write('src/files/real.txt', 'real');
    symlinkSync('files/real.txt', folder.at('src/alias.yaml'));
    const reader = readerOf(folder.at('src'));
    const listing = await listAll(reader);
    expect(summarize(listing)).toMatchObject({ paths: ['alias.yaml'], problems: [] });
    expect(await readAll(reader, listing.files)).toEqual({ 'alias.yaml': 'real' });
  });

  it('do not make a file count twice, which would be in conflict with itself', async () => {
    folder.write('src/real.yaml', 'real');
    folder.write('src/other.txt', 'other');
    symlinkSync('real.yaml', folder.at('src/alias.yaml'));
    symlinkSync('alias.yaml', folder.at('src/alias-of-alias.yaml'));
    symlinkSync('other.txt', folder.at('src/y.yaml'));
    symlinkSync('other.txt', folder.at('src/x.yaml'));
    expect(summarize(await listAll(readerOf(folder.at('src'))))).toMatchObject({
      paths: ['real.yaml', 'x.yaml'],
      problems: [],
    });
  });

  it.each([
    ['an absolute path', (outside: string) => outside],
    ['a relative path', () => '../outside/secret.yaml'],
    ['a chain of links', () => 'hop.yaml'],
  ])('out of the folder are refused with a problem: %s', async (_, linkTo) => {
    const outside = folder.write('outside/secret.yaml', 'secret');
    folder.write('src/good.yaml', 'good');
    symlinkSync('../outside/secret.yaml', folder.at('src/hop.yaml'));
    symlinkSync(linkTo(outside), folder.at('src/evil.yaml'));
    const reader = readerOf(folder.at('src'));
    const listing = await listAll(reader);
    expect(summarize(listing)).toEqual({
      paths: ['good.yaml'],
      problems: ['evil.yaml: file.outside-source', 'hop.yaml: file.outside-source'],
      isComplete: true,
    });
    expect(listing.problems[0]).toMatchObject({
      level: 'error',
      line: 1,
      hint: expect.stringContaining('link'),
    });
  });

  it('to a folder whose name begins like that of the source lead out of it', async () => {
    folder.write('src-secret/a.yaml', 'secret');
    mkdirSync(folder.at('src'));
    symlinkSync(folder.at('src-secret/a.yaml'), folder.at('src/a.yaml'));
    expect(summarize(await listAll(readerOf(folder.at('src')))).problems).toEqual([
      'a.yaml: file.outside-source',
    ]);
  });

  it('to folders are not entered, so that a loop ends', async () => {
    folder.write('src/deep/a.yaml', 'a');
    symlinkSync('..', folder.at('src/deep/up'));
    symlinkSync(folder.at('src'), folder.at('src/loop'));
    symlinkSync('loop.yaml', folder.at('src/loop.yaml'));
    expect(summarize(await listAll(readerOf(folder.at('src'))))).toEqual({
      paths: ['deep/a.yaml'],
      problems: ['loop.yaml: file.outside-source'],
      isComplete: true,
    });
  });

  it('that dangle are a problem, and say so', async () => {
    mkdirSync(folder.at('src'));
    symlinkSync('nothing.yaml', folder.at('src/a.yaml'));
    const { problems } = await listAll(readerOf(folder.at('src')));
    expect(problems).toMatchObject([{ path: 'a.yaml', message: 'The link points at nothing.' }]);
  });

  it('that no pattern asks for are not spoken of', async () => {
    mkdirSync(folder.at('src'));
    symlinkSync('/etc/passwd', folder.at('src/passwd'));
    expect(summarize(await listAll(readerOf(folder.at('src'))))).toMatchObject({ paths: [], problems: [] });
  });

  it('may be the one file that the operator named', async () => {
    folder.write('elsewhere/real.yaml', 'real');
    mkdirSync(folder.at('src'));
    symlinkSync(folder.at('elsewhere/real.yaml'), folder.at('src/single.yaml'));
    const reader = readerOf(folder.at('src/single.yaml'));
    const { files } = await listAll(reader);
    expect(await readAll(reader, files)).toEqual({ 'real.yaml': 'real' });
  });

  it('may be the way to the source itself', async () => {
    folder.write('real/a.yaml', 'a');
    symlinkSync('real', folder.at('src'));
    const reader = readerOf(folder.at('src'));
    const { files } = await listAll(reader);
    expect(await readAll(reader, files)).toEqual({ 'a.yaml': 'a' });
  });
});

describe('things that are no files', () => {
  it('are left alone, whatever their name says', async () => {
    mkdirSync(folder.at('src/folder.yaml'), { recursive: true });
    execFileSync('mkfifo', [folder.at('src/pipe.yaml')]);
    symlinkSync('pipe.yaml', folder.at('src/to-pipe.yaml'));
    folder.write('src/a.yaml', 'a');
    expect(summarize(await listAll(readerOf(folder.at('src'))))).toMatchObject({
      paths: ['a.yaml'],
      problems: [],
    });
  });

  it('do not hold up a reading when they take the place of a listed file', async () => {
    folder.write('src/a.yaml', 'a');
    const reader = readerOf(folder.at('src'));
    const { files } = await listAll(reader);
    execFileSync('rm', [folder.at('src/a.yaml')]);
    execFileSync('mkfifo', [folder.at('src/a.yaml')]);
    expect(await readAll(reader, files)).toEqual({ 'a.yaml': 'problem: file.not-readable' });
  });

  it('but two names of one file are two files', async () => {
    folder.write('src/a.yaml', 'a');
    linkSync(folder.at('src/a.yaml'), folder.at('src/b.yaml'));
    expect(summarize(await listAll(readerOf(folder.at('src')))).paths).toEqual(['a.yaml', 'b.yaml']);
  });
});

describe.skipIf(isRoot)('what this user may not read', () => {
  it('is a problem of one file, and the rest is read', async () => {
    folder.write('src/good.yaml', 'good');
    chmodSync(folder.write('src/closed.yaml', 'closed'), 0o000);
    const reader = readerOf(folder.at('src'));
    const { files } = await listAll(reader);
    expect(await readAll(reader, files)).toEqual({
      'closed.yaml': 'problem: file.not-readable',
      'good.yaml': 'good',
    });
  });

  it('is a problem of one folder, and then nothing is known to be gone', async () => {
    folder.write('src/good.yaml', 'good');
    folder.write('src/closed/a.yaml', 'closed');
    chmodSync(folder.at('src/closed'), 0o000);
    const listing = await listAll(readerOf(folder.at('src')));
    chmodSync(folder.at('src/closed'), 0o700);
    expect(summarize(listing)).toEqual({
      paths: ['good.yaml'],
      problems: ['closed: folder.not-readable'],
      isComplete: false,
    });
  });
});

describe.runIf(isRoot)('what another user may not read', () => {
  it('is told of, file by file and folder by folder, when the server runs as that user', () => {
    folder.write('src/good.yaml', 'good');
    chmodSync(folder.write('src/closed.yaml', 'closed'), 0o000);
    folder.write('src/closed/a.yaml', 'closed');
    chmodSync(folder.at('src/closed'), 0o000);
    chmodSync(folder.path, 0o755);
    // The reader in a process of its own, which gives up its rights before it reads.
    const program = `
      const { createFileReader } = await import(process.argv[1]);
      const reader = createFileReader({ target: process.argv[2], maxFiles: 9, maxFileBytes: 99 });
      process.setgroups([]);
      process.setgid(65534);
      process.setuid(65534);
      const signal = new AbortController().signal;
      const { files, problems, isComplete } = await reader.list(undefined, signal);
      const contents = [];
      for await (const { path, problem } of reader.read(files, signal)) contents.push([path, problem?.code ?? 'read']);
      process.stdout.write(JSON.stringify({ contents, problems: problems.map((p) => [p.path, p.code]), isComplete }));`;
    const output = execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        program,
        new URL('./file-reader.ts', import.meta.url).href,
        folder.at('src'),
      ],
      { encoding: 'utf8' },
    );
    expect(JSON.parse(output)).toEqual({
      contents: [
        ['closed.yaml', 'file.not-readable'],
        ['good.yaml', 'read'],
      ],
      problems: [['closed', 'folder.not-readable']],
      isComplete: false,
    });
  });
});
