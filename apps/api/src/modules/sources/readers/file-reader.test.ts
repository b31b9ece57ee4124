import { renameSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { listAll, readAll, summarize } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createFileReader, type FileReaderOptions } from './file-reader.ts';

const folder = useTemporaryFolder();

function readerOf(target: string, options: Partial<FileReaderOptions> = {}) {
  return createFileReader({ target, pattern: undefined, maxFiles: 1000, maxFileBytes: 10_000, ...options });
}

describe('what a file target takes', () => {
  it('takes every YAML file below a folder, in the order of their paths', async () => {
    folder.write('src/b.yml', 'b');
    folder.write('src/a.yaml', 'a');
    folder.write('src/deep/er/c.yaml', 'c');
    folder.write('src/notes.md', 'no');
    folder.write('src/yaml', 'no');
    folder.write('beside.yaml', 'no');
    const reader = readerOf(folder.at('src'));
    const listing = await listAll(reader);
    expect(summarize(listing)).toEqual({
      paths: ['a.yaml', 'b.yml', 'deep/er/c.yaml'],
      problems: [],
      isComplete: true,
    });
    expect(await readAll(reader, listing.files)).toEqual({
      'a.yaml': 'a',
      'b.yml': 'b',
      'deep/er/c.yaml': 'c',
    });
  });

  it('takes what a glob names, from its first fixed folder on', async () => {
    for (const name of ['one', 'two']) {
      folder.write(`src/${name}/catalog-info.yaml`, name);
      folder.write(`src/${name}/other.yaml`, 'no');
    }
    const reader = readerOf(folder.at('src/*/catalog-info.yaml'));
    expect(summarize(await listAll(reader)).paths).toEqual([
      'one/catalog-info.yaml',
      'two/catalog-info.yaml',
    ]);
  });

  it.each(['app (copy)', '[id]', '{x}', 'a*b'])(
    'takes a folder or file called %j for what it is',
    async (name) => {
      folder.write(`src/${name}/${name}.yaml`, 'a');
      folder.write('src/i/i.yaml', 'no');
      expect(summarize(await listAll(readerOf(folder.at(`src/${name}`)))).paths).toEqual([`${name}.yaml`]);
      expect(summarize(await listAll(readerOf(folder.at(`src/${name}/${name}.yaml`)))).paths).toEqual([
        `${name}.yaml`,
      ]);
    },
  );

  it('refuses a pattern that is longer than anybody writes', async () => {
    folder.write('src/a.yaml', 'a');
    const list = listAll(readerOf(folder.at('src'), { pattern: '*'.repeat(501) }));
    await expect(list).rejects.toMatchObject({ name: 'SourceReadError', code: 'source.bad-pattern' });
  });

  it('narrows a folder by a pattern', async () => {
    folder.write('src/a.yaml', 'no');
    folder.write('src/services/a.yaml', 'a');
    const reader = readerOf(folder.at('src'), { pattern: './services/**/*.yaml' });
    expect(summarize(await listAll(reader)).paths).toEqual(['services/a.yaml']);
  });

  it('takes a single file, whatever its name ends in', async () => {
    folder.write('src/descriptors.txt', 'a');
    folder.write('src/other.yaml', 'no');
    const reader = readerOf(folder.at('src/descriptors.txt'));
    const listing = await listAll(reader);
    expect(await readAll(reader, listing.files)).toEqual({ 'descriptors.txt': 'a' });
  });

  it('enters hidden folders, but neither .git nor node_modules at any depth', async () => {
    folder.write('src/.github/a.yaml', 'a');
    folder.write('src/.hidden.yaml', 'a');
    folder.write('src/.git/config.yaml', 'no');
    folder.write('src/deep/node_modules/pkg/b.yaml', 'no');
    folder.write('src/deep/.git/b.yaml', 'no');
    folder.write('src/node_modules.yaml', 'a');
    const { paths } = summarize(await listAll(readerOf(folder.at('src'))));
    expect(paths).toEqual(['.github/a.yaml', '.hidden.yaml', 'node_modules.yaml']);
  });

  it.each([
    ['spaces', 'with some spaces/a b.yaml'],
    ['other scripts', 'обслуживание/サービス 🚀.yaml'],
    ['a line break', 'line\nbreak/a\nb.yaml'],
    ['characters of globs and shells', "[a] {b} $(c) ;'d'/*&!.yaml"],
    ['a backslash', 'back\\slash.yaml'],
    ['a leading dash', '-rf/--help.yaml'],
  ])('takes names with %s', async (_, name) => {
    folder.write(path.join('src', name), 'a');
    const reader = readerOf(folder.at('src'));
    const listing = await listAll(reader);
    expect(await readAll(reader, listing.files)).toEqual({ [name]: 'a' });
  });

  it('tells of a name that is no UTF-8 and reads the rest', async () => {
    folder.write('src/good.yaml', 'a');
    writeFileSync(
      Buffer.concat([Buffer.from(folder.at('src/')), Buffer.from([0xff, 0xfe]), Buffer.from('.yaml')]),
      'b',
    );
    const reader = readerOf(folder.at('src'));
    const listing = await listAll(reader);
    expect(await readAll(reader, listing.files)).toEqual({
      'good.yaml': 'a',
      '\uFFFD\uFFFD.yaml': 'problem: file.not-readable',
    });
  });
});

describe('what changes the identity of a file', () => {
  it('is its content and nothing else', async () => {
    folder.write('src/a.yaml', 'one');
    const reader = readerOf(folder.at('src'));
    const before = await listAll(reader);
    writeFileSync(folder.at('src/a.yaml'), 'one');
    const rewritten = await listAll(reader);
    expect(rewritten).toEqual(before);
    writeFileSync(folder.at('src/a.yaml'), 'two');
    const changed = await listAll(reader);
    expect(changed.files[0]?.contentId).not.toBe(before.files[0]?.contentId);
    expect(changed.revision).not.toBe(before.revision);
  });

  it('is a new one when the reason why it cannot be read is another', async () => {
    folder.write('src/a.yaml', 'x'.repeat(200));
    const reader = readerOf(folder.at('src'), { maxFileBytes: 100 });
    const before = await listAll(reader);
    truncateSync(folder.at('src/a.yaml'), 300);
    const after = await listAll(reader);
    expect(after.files[0]?.contentId).not.toBe(before.files[0]?.contentId);
  });
});

describe('a target that cannot be read', () => {
  it.each([
    ['a folder', 'nowhere'],
    ['a path below a file', 'file.yaml/below'],
    ['the base of a glob', 'nowhere/*.yaml'],
  ])('is an error of the whole source when it is missing: %s', async (_, target) => {
    folder.write('file.yaml', 'a');
    const list = listAll(readerOf(folder.at(target)));
    await expect(list).rejects.toMatchObject({
      name: 'SourceReadError',
      code: 'source.not-found',
      message: expect.stringContaining(folder.path),
      hint: expect.stringContaining('configuration'),
    });
  });

  it('is an error when it is neither file nor folder, and never read without end', async () => {
    const list = listAll(readerOf('/dev/zero'));
    await expect(list).rejects.toMatchObject({ name: 'SourceReadError', code: 'source.not-readable' });
  });

  it('is an error when the folder itself goes between two readings', async () => {
    folder.write('src/a.yaml', 'a');
    const reader = readerOf(folder.at('src'));
    await listAll(reader);
    rmSync(folder.at('src'), { recursive: true });
    await expect(listAll(reader)).rejects.toMatchObject({ code: 'source.not-found' });
  });
});

describe('limits', () => {
  it('tells of files over the number that is read, reads the first, and calls the listing incomplete', async () => {
    for (const name of ['c', 'a', 'b']) folder.write(`src/${name}.yaml`, name);
    const listing = await listAll(readerOf(folder.at('src'), { maxFiles: 2 }));
    expect(summarize(listing)).toEqual({
      paths: ['a.yaml', 'b.yaml'],
      problems: ['.: source.too-many-files'],
      isComplete: false,
    });
    expect(listing.problems[0]).toMatchObject({
      level: 'error',
      line: 1,
      message: expect.stringContaining('3 descriptor files'),
      hint: expect.stringContaining('catalog.limits.maxFiles'),
    });
  });

  it('takes exactly as many files as allowed without a word', async () => {
    for (const name of ['a', 'b']) folder.write(`src/${name}.yaml`, name);
    const listing = await listAll(readerOf(folder.at('src'), { maxFiles: 2 }));
    expect(summarize(listing)).toMatchObject({ problems: [], isComplete: true });
  });

  it('takes a file of exactly the allowed size and refuses one byte more', async () => {
    folder.write('src/exact.yaml', 'x'.repeat(100));
    folder.write('src/over.yaml', 'x'.repeat(101));
    const reader = readerOf(folder.at('src'), { maxFileBytes: 100 });
    const { files } = await listAll(reader);
    expect(await readAll(reader, files)).toEqual({
      'exact.yaml': 'x'.repeat(100),
      'over.yaml': 'problem: file.too-large',
    });
  });

  it('refuses a file that grows over the limit after it was listed', async () => {
    folder.write('src/a.yaml', 'small');
    const reader = readerOf(folder.at('src'), { maxFileBytes: 100 });
    const { files } = await listAll(reader);
    truncateSync(folder.at('src/a.yaml'), 5_000);
    expect(await readAll(reader, files)).toEqual({ 'a.yaml': 'problem: file.too-large' });
  });

  it('stops between folders when the reading is given up', async () => {
    folder.write('src/a.yaml', 'a');
    const reason = new Error('given up');
    await expect(listAll(readerOf(folder.at('src')), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});

describe('a file that goes or is swapped after it was listed', () => {
  it('is a problem of that file alone when it is gone', async () => {
    folder.write('src/a.yaml', 'a');
    folder.write('src/b.yaml', 'b');
    const reader = readerOf(folder.at('src'));
    const { files } = await listAll(reader);
    rmSync(folder.at('src/a.yaml'));
    expect(await readAll(reader, files)).toEqual({ 'a.yaml': 'problem: file.not-readable', 'b.yaml': 'b' });
  });

  it.each(['a link to the file', 'a link in place of its folder'])(
    'is never read through %s',
    async (kind) => {
      folder.write('outside/a.yaml', 'secret');
      folder.write('src/deep/a.yaml', 'a');
      const reader = readerOf(folder.at('src'));
      const { files } = await listAll(reader);
      if (kind === 'a link to the file') {
        rmSync(folder.at('src/deep/a.yaml'));
        symlinkSync(folder.at('outside/a.yaml'), folder.at('src/deep/a.yaml'));
      } else {
        renameSync(folder.at('src/deep'), folder.at('elsewhere'));
        symlinkSync(folder.at('outside'), folder.at('src/deep'));
      }
      expect(await readAll(reader, files)).toEqual({ 'deep/a.yaml': 'problem: file.outside-source' });
    },
  );
});
