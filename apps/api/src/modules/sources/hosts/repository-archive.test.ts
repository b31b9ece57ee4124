import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tarArchive } from '../../../testing/tar-archive.ts';
import { ArchiveTooLargeError, readArchive } from './repository-archive.ts';

const text = (content: string) => Buffer.from(content);

function blobId(content: string): string {
  return createHash('sha1').update(`blob ${content.length}\0${content}`).digest('hex');
}

describe('an archive', () => {
  it('tells the id of every file, and keeps the contents of wanted ones alone', async () => {
    const archive = tarArchive([
      { path: 'acme-1a2b/', type: 'Directory' },
      { path: 'acme-1a2b/catalog-info.yaml', content: text('a: 1') },
      { path: 'acme-1a2b/docs/large.md', content: text('x'.repeat(200_000)) },
    ]);
    expect(await readArchive(archive, (path) => path.endsWith('.yaml'))).toEqual([
      { path: 'catalog-info.yaml', bytes: 4, blobId: blobId('a: 1'), content: text('a: 1') },
      { path: 'docs/large.md', bytes: 200_000, blobId: blobId('x'.repeat(200_000)), content: undefined },
    ]);
  });

  it('holds no links and no devices', async () => {
    const archive = tarArchive([
      { path: 'root/link.yaml', type: 'SymbolicLink', linkTarget: '/etc/passwd' },
      { path: 'root/hard.yaml', type: 'Link', linkTarget: 'root/file.yaml' },
      { path: 'root/device.yaml', type: 'CharacterDevice' },
      { path: 'root/file.yaml', content: text('a: 1') },
    ]);
    const files = await readArchive(archive, () => true);
    expect(files.map(({ path }) => path)).toEqual(['file.yaml']);
  });

  it.each([
    ['descriptors that would fill the memory', { maxKeptBytes: 50 }],
    ['too many entries', { maxEntries: 5 }],
    ['too much content', { maxUnpackedBytes: 50 }],
  ])('is refused with %s', async (_, bound) => {
    const entries = Array.from({ length: 7 }, (_entry, index) => ({
      path: `root/${index}.yaml`,
      content: text('ten bytes!'),
    }));
    const bounds = { maxEntries: 100, maxUnpackedBytes: 1_000, maxKeptBytes: 1_000 };
    expect(await readArchive(tarArchive(entries), () => true, bounds)).toHaveLength(7);
    const bounded = readArchive(tarArchive(entries), () => true, { ...bounds, ...bound });
    await expect(bounded).rejects.toThrow(ArchiveTooLargeError);
  });

  it('is refused when it unpacks to a thousand times its size', async () => {
    const bomb = tarArchive([{ path: 'root/bomb.yaml', content: Buffer.alloc(20 * 1024 * 1024) }]);
    await expect(readArchive(bomb, () => false)).rejects.toThrow(/ratio/);
  });

  it.each([
    ['damaged', tarArchive([{ path: 'root/a.yaml', content: text('a: 1') }]).fill(7, 20, 40)],
    ['no archive', gzipSync('<html></html>'.repeat(100))],
  ])('is refused when it is %s', async (_, bytes) => {
    await expect(readArchive(bytes, () => true)).rejects.toThrow();
  });
});
