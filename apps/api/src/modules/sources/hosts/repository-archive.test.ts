import { createHash, randomBytes } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { tarArchive } from '../../../testing/tar-archive.ts';
import { ARCHIVE_TOO_LARGE, readArchive as read, type ArchiveReading } from './repository-archive.ts';

const text = (content: string) => Buffer.from(content);
const readArchive = (
  archive: Uint8Array,
  wants: ArchiveReading['wants'],
  options: Partial<ArchiveReading> = {},
) => read(archive, { wants, signal: new AbortController().signal, ...options });

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
      {
        path: 'catalog-info.yaml',
        bytes: 4,
        blobId: blobId('a: 1'),
        isExecutable: false,
        content: text('a: 1'),
      },
      {
        path: 'docs/large.md',
        bytes: 200_000,
        blobId: blobId('x'.repeat(200_000)),
        isExecutable: false,
        content: undefined,
      },
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
    ['leads out of the archive', ['root/../../outside.yaml'], 'lies outside of it'],
    ['is absolute', ['/etc/passwd'], 'lies outside of it'],
    ['comes twice', ['root/a.yaml', 'root/a.yaml'], 'is in it twice'],
  ])('is refused when a file of it %s', async (_, paths, reason) => {
    const archive = tarArchive(paths.map((path) => ({ path, content: text('a: 1') })));
    await expect(readArchive(archive, () => true)).rejects.toThrow(reason);
  });

  it('gives of the mode of a file only whether it can be run', async () => {
    const archive = tarArchive([
      { path: 'root/a.sh', content: text('a'), mode: 0o4755 },
      { path: 'root/b.sh', content: text('b'), mode: 0o6644 },
    ]);
    const files = await readArchive(archive, () => true);
    expect(files.map(({ isExecutable }) => isExecutable)).toEqual([true, false]);
  });

  it.each([
    ['descriptors that would fill the memory', { maxKeptBytes: 50 }],
    ['too many entries', { maxEntries: 5 }],
    ['too much content', { maxUnpackedBytes: 5_000 }],
  ])('is refused with %s, and says what to do', async (_, bound) => {
    const entries = Array.from({ length: 7 }, (_entry, index) => ({
      path: `root/${index}.yaml`,
      content: text('ten bytes!'),
    }));
    const bounds = { maxEntries: 100, maxUnpackedBytes: 100_000, maxKeptBytes: 1_000 };
    expect(await readArchive(tarArchive(entries), () => true, { bounds })).toHaveLength(7);
    const bounded = readArchive(tarArchive(entries), () => true, { bounds: { ...bounds, ...bound } });
    await expect(bounded).rejects.toMatchObject({
      code: ARCHIVE_TOO_LARGE,
      message: expect.stringMatching(/more than [\d,]+/),
      hint: expect.stringContaining('type git'),
    });
  });

  it('is refused when it unpacks to a thousand times its size, before it has', async () => {
    const bomb = tarArchive([{ path: 'root/bomb.yaml', content: Buffer.alloc(40 * 1024 * 1024) }]);
    expect(bomb.length).toBeLessThan(64 * 1024);
    await expect(readArchive(bomb, () => false)).rejects.toMatchObject({
      code: ARCHIVE_TOO_LARGE,
      message: expect.stringMatching(/unpacks to more than [\d,]+ bytes/),
    });
  });

  it('is refused when it goes on and on after its end', async () => {
    const bomb = gzipSync(Buffer.alloc(40 * 1024 * 1024));
    await expect(readArchive(bomb, () => false)).rejects.toHaveProperty('code', ARCHIVE_TOO_LARGE);
  });

  it('leaves the turn to others while it is unpacked', async () => {
    const archive = tarArchive([{ path: 'root/large.txt', content: Buffer.alloc(6 * 1024 * 1024) }]);
    let isRead = false;
    let turns = 0;
    const reading = readArchive(archive, () => false).finally(() => (isRead = true));
    const others = async () => {
      while (!isRead) {
        turns += 1;
        await setImmediate();
      }
    };
    await Promise.all([reading, others()]);
    expect(turns).toBeGreaterThan(10);
  });

  it('is given up in the middle when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const entries = Array.from({ length: 200 }, (_, index) => ({
      path: `root/${index}.txt`,
      content: randomBytes(10_000),
    }));
    const seen: string[] = [];
    const reason = new Error('The reading is over.');
    const reading = readArchive(
      tarArchive(entries),
      (path) => {
        seen.push(path);
        if (seen.length === 50) controller.abort(reason);
        return true;
      },
      { signal: controller.signal },
    );
    await expect(reading).rejects.toBe(reason);
    expect(seen.length).toBeLessThan(100);
  });

  it.each([
    ['damaged', tarArchive([{ path: 'root/a.yaml', content: text('a: 1') }]).fill(7, 20, 40)],
    ['broken off', tarArchive([{ path: 'root/a.yaml', content: randomBytes(5_000) }]).subarray(0, 3_000)],
    ['no archive', gzipSync('<html></html>'.repeat(100))],
    ['not packed', Buffer.from('<html></html>')],
    ['packed twice', gzipSync(tarArchive([{ path: 'root/a.yaml', content: text('a: 1') }]))],
    ['empty', new Uint8Array()],
  ])('is refused when it is %s', async (_, bytes) => {
    await expect(readArchive(bytes, () => true)).rejects.toMatchObject({
      code: 'repository.bad-archive',
      hint: expect.stringMatching(/\w/),
    });
  });
});
