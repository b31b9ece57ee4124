import { readdirSync } from 'node:fs';
import { afterEach, describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import type { Layer } from './layer.ts';
import { emptyWorkspace } from './scratch-workspace.ts';
import { WORKSPACE_LIMITS, WorkspaceError } from './workspace-error.ts';

const folder = useTemporaryFolder();

let layer: Layer | undefined;

afterEach(() => layer?.close());

function makeWorkspace() {
  const made = emptyWorkspace(folder.path);
  ({ layer } = made);
  return made.workspace;
}

describe('a workspace', () => {
  it('keeps what is written, with its mode, and lists it in order', async () => {
    const workspace = makeWorkspace();
    await workspace.write('b/run.sh', Buffer.from('#!/bin/sh\n'), { isExecutable: true });
    await workspace.write('a.txt', Buffer.from('one'));
    await workspace.write('a.txt', Buffer.from('two'));
    await workspace.write('empty', Buffer.alloc(0));
    expect((await workspace.read('a.txt')).toString()).toBe('two');
    expect(await workspace.read('empty')).toEqual(Buffer.alloc(0));
    expect(workspace.isExecutable('b/run.sh')).toBe(true);
    expect(workspace.list()).toEqual([
      { path: 'a.txt', bytes: 3, isExecutable: false },
      { path: 'b/run.sh', bytes: 10, isExecutable: true },
      { path: 'empty', bytes: 0, isExecutable: false },
    ]);
    expect(workspace.children('.')).toEqual({ files: ['a.txt', 'empty'], folders: ['b'] });
  });

  it('keeps what is there when it is told to', async () => {
    const workspace = makeWorkspace();
    await workspace.write('a/b', Buffer.from('first'));
    expect(await workspace.write('a/b', Buffer.from('second'), { isKeeping: true })).toBe(false);
    expect(await workspace.write('a', Buffer.from('second'), { isKeeping: true })).toBe(false);
    expect((await workspace.read('a/b')).toString()).toBe('first');
  });

  it('reads back what is too much for memory, in whatever order it is written', async () => {
    const workspace = makeWorkspace();
    const contents = new Map(
      Array.from({ length: 40 }, (_, index) => [`f${index}`, Buffer.alloc(20_000 + index, index)] as const),
    );
    await Promise.all([...contents].map(([name, bytes]) => workspace.write(name, bytes)));
    await workspace.write('f3', Buffer.from('again'));
    for (const [name, bytes] of contents) {
      expect((await workspace.read(name)).equals(name === 'f3' ? Buffer.from('again') : bytes), name).toBe(
        true,
      );
    }
    expect(readdirSync(folder.path)).toEqual(['scratch.draft']);
  });

  it('gives what nobody can change from outside', async () => {
    const workspace = makeWorkspace();
    await workspace.write('a', Buffer.from('abc'));
    (await workspace.read('a')).fill(0);
    expect((await workspace.read('a')).toString()).toBe('abc');
  });

  it('moves files and folders, also over what lies around them', async () => {
    const workspace = makeWorkspace();
    await workspace.write('a/b/c.txt', Buffer.from('c'));
    await workspace.write('a/d.txt', Buffer.from('d'));
    workspace.move('a/d.txt', 'new/folder/d.txt');
    expect(() => workspace.move('a/b', 'a')).toThrow(/something is there already/);
    workspace.move('a/b', 'a', { isOverwriting: true });
    expect(workspace.list().map(({ path }) => path)).toEqual(['a/c.txt', 'new/folder/d.txt']);
    expect((await workspace.read('a/c.txt')).toString()).toBe('c');
  });

  it('removes files and folders, and keeps the folder that becomes empty', async () => {
    const workspace = makeWorkspace();
    await workspace.write('a/b/c.txt', Buffer.from('c'));
    expect(workspace.remove('a/b/c.txt')).toBe(true);
    expect(workspace.remove('a/b/c.txt')).toBe(false);
    expect(workspace.children('a/b')).toEqual({ files: [], folders: [] });
    expect(workspace.remove('a')).toBe(true);
    expect(workspace.kindOf('a/b')).toBeUndefined();
  });

  it('knows no name but as a name: not those of objects, and two that differ in case are two', async () => {
    const workspace = makeWorkspace();
    for (const name of ['__proto__/constructor', 'toString', 'README', 'readme'])
      await workspace.write(name, Buffer.from(name));
    expect(workspace.kindOf('hasOwnProperty')).toBeUndefined();
    expect((await workspace.read('__proto__/constructor')).toString()).toBe('__proto__/constructor');
    expect((await workspace.read('readme')).toString()).toBe('readme');
  });

  it('refuses what is in the way, and what is missing, in words', async () => {
    const workspace = makeWorkspace();
    await workspace.write('a/b.txt', Buffer.from('x'));
    await expect(workspace.write('a', Buffer.from('x'))).rejects.toThrow(/"a" cannot be written: a folder/);
    await expect(workspace.write('a/b.txt/c', Buffer.from('x'))).rejects.toThrow(/a file is there already/);
    await expect(workspace.write('.', Buffer.from('x'))).rejects.toThrow(/names no file/);
    await expect(workspace.read('nowhere')).rejects.toThrow(/There is no file or folder "nowhere"/);
    await expect(workspace.read('a')).rejects.toThrow(WorkspaceError);
    expect(() => workspace.list('a/b.txt')).toThrow(WorkspaceError);
    expect(() => workspace.move('a', 'a/c')).toThrow(/the thing itself/);
    expect(() => workspace.move('.', 'b')).toThrow(/workspace itself/);
    expect(() => workspace.move('a', '.', { isOverwriting: true })).toThrow(/workspace itself/);
    expect(() => workspace.remove('.')).toThrow(/workspace itself/);
    expect(workspace.list()).toHaveLength(1);
  });

  it('takes neither too large files, nor too many files and folders, nor too much in all', async () => {
    const workspace = makeWorkspace();
    const { maxFileBytes, maxEntries, maxBytes, maxWrittenBytes } = WORKSPACE_LIMITS;
    await expect(workspace.write('a', Buffer.alloc(maxFileBytes + 1))).rejects.toThrow(/more than 64 MiB/);
    // A path of 401 folders, fifty times.
    const deep = (index: number) => `${index}/${'d/'.repeat(400)}f`;
    const places = Array.from({ length: Math.floor(maxEntries / 402) }, (_, index) => deep(index));
    for (const place of places) await workspace.write(place, Buffer.from('x'));
    await expect(workspace.write(deep(-1), Buffer.from('x'))).rejects.toThrow(
      /more than 20000 files and folders/,
    );
    for (const index of places.keys()) workspace.remove(String(index));
    await workspace.write(deep(-1), Buffer.from('x'));
    const large = Buffer.alloc(maxFileBytes);
    for (let index = 0; index < maxBytes / maxFileBytes - 1; index += 1)
      await workspace.write(`l${index}`, large);
    await expect(workspace.write('one-more', large)).rejects.toThrow(/256 MiB/);
    const again = async () => {
      for (let bytes = 0; bytes <= maxWrittenBytes; bytes += large.length) await workspace.write('l0', large);
    };
    await expect(again()).rejects.toThrow(/have written more than 1024 MiB/);
    expect((await workspace.read('l0')).equals(large)).toBe(true);
  }, 60_000);
});
