import { link, lstat, mkdir, readFile, rename, symlink, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { linkFolder, Workspace, WorkspaceError } from './workspace.ts';

const folder = useTemporaryFolder();

async function makeWorkspace(): Promise<Workspace> {
  await mkdir(folder.at('workspace'));
  await writeFile(folder.at('outside.txt'), 'secret of the machine');
  return new Workspace(folder.at('workspace'));
}

describe('a workspace', () => {
  it('keeps what is written, with its mode, and lists it in order', async () => {
    const workspace = await makeWorkspace();
    await workspace.write('b/run.sh', Buffer.from('#!/bin/sh\n'), { isExecutable: true });
    await workspace.write('a.txt', Buffer.from('one'));
    await workspace.write('a.txt', Buffer.from('two'));
    expect((await workspace.read('a.txt')).toString()).toBe('two');
    expect(await workspace.list()).toEqual([
      { path: 'a.txt', bytes: 3, isExecutable: false },
      { path: 'b/run.sh', bytes: 10, isExecutable: true },
    ]);
  });

  it('shares files with a copy, and changes to one are not seen in the other', async () => {
    const workspace = await makeWorkspace();
    await workspace.write('a.txt', Buffer.from('before'));
    await linkFolder(workspace.directory, folder.at('copy'));
    await new Workspace(folder.at('copy')).write('a.txt', Buffer.from('after'));
    expect((await workspace.read('a.txt')).toString()).toBe('before');
  });

  it('reads, writes, moves, removes and lists nothing through a link, a chain of links or a dangling one', async () => {
    const workspace = await makeWorkspace();
    await symlink(folder.at('outside.txt'), path.join(workspace.directory, 'file'));
    await symlink('file', path.join(workspace.directory, 'chain'));
    await symlink(folder.path, path.join(workspace.directory, 'folder'));
    await symlink(folder.at('future.txt'), path.join(workspace.directory, 'dangling'));
    for (const name of ['file', 'chain', 'folder/outside.txt', 'dangling', 'folder']) {
      await expect(workspace.read(name), name).rejects.toThrow(WorkspaceError);
      await expect(workspace.write(name, Buffer.from('x')), name).rejects.toThrow(WorkspaceError);
      await expect(workspace.remove(name), name).rejects.toThrow(WorkspaceError);
      await expect(workspace.move(name, 'elsewhere'), name).rejects.toThrow(WorkspaceError);
    }
    await expect(workspace.list('folder')).rejects.toThrow(WorkspaceError);
    expect(await workspace.list()).toEqual([]);
    expect(await readFile(folder.at('outside.txt'), 'utf8')).toBe('secret of the machine');
    await expect(lstat(folder.at('future.txt'))).rejects.toThrow();
  });

  it('never gives what lies outside while a folder is swapped for a link', async () => {
    const workspace = await makeWorkspace();
    await workspace.write('d/outside.txt', Buffer.from('inside'));
    const place = path.join(workspace.directory, 'd');
    const away = folder.at('away');
    let isOver = false;
    const swapping = (async () => {
      while (!isOver) {
        await rename(place, away);
        await symlink(folder.path, place);
        await unlink(place);
        await rename(away, place);
      }
    })();
    const seen = new Set<string>();
    for (let attempt = 0; attempt < 1_000; attempt += 1) {
      const text = await workspace.read('d/outside.txt').then(String, () => 'refused');
      seen.add(text);
    }
    isOver = true;
    await swapping;
    expect([...seen].filter((text) => text !== 'inside' && text !== 'refused')).toEqual([]);
  });

  it('refuses what is in the way, and what is missing, in words', async () => {
    const workspace = await makeWorkspace();
    await workspace.write('a/b.txt', Buffer.from('x'));
    await expect(workspace.write('a', Buffer.from('x'))).rejects.toThrow(/"a" cannot be written: a folder/);
    await expect(workspace.write('a/b.txt/c', Buffer.from('x'))).rejects.toThrow(/a file is there already/);
    await expect(workspace.read('nowhere')).rejects.toThrow(/There is no file or folder "nowhere"/);
    await expect(workspace.move('a', 'a/c')).rejects.toThrow(/the thing itself/);
    await expect(workspace.remove('.')).rejects.toThrow(/workspace itself/);
    await link(folder.at('outside.txt'), path.join(workspace.directory, 'hard'));
    await workspace.write('hard', Buffer.from('new'));
    expect(await readFile(folder.at('outside.txt'), 'utf8')).toBe('secret of the machine');
  });
});
