import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import type { Workspace } from './workspace.ts';
import { runsWithWorkspace, WorkspaceVersions } from './workspace-versions.ts';

const folder = useTemporaryFolder();
/** More than is kept in memory. */
const LARGE = Buffer.alloc(300_000, 'large');

const open = (attempt: number) => new WorkspaceVersions(folder.path, 'task', attempt);
const layers = () => readdirSync(folder.at('workspaces/task')).sort();

async function pass(
  versions: WorkspaceVersions,
  step: number,
  change: (workspace: Workspace) => Promise<unknown>,
) {
  await change(versions.fork(step));
  await versions.keep();
  await versions.forgetOlder();
}

const put = (path: string, content: string | Buffer) => (workspace: Workspace) =>
  workspace.write(path, Buffer.from(content), { isExecutable: path.endsWith('.sh') });

describe('the workspaces of a run', () => {
  it('are gone on with by another worker, whatever their size', async () => {
    const versions = open(1);
    await pass(versions, 1, put('a/large.bin', LARGE));
    await pass(versions, 3, put('a/run.sh', 'small'));
    await versions.close();

    const later = open(2);
    expect(await later.resume(3)).toBe(true);
    const workspace = later.open();
    expect(workspace.list()).toEqual([
      { path: 'a/large.bin', bytes: LARGE.length, isExecutable: false },
      { path: 'a/run.sh', bytes: 5, isExecutable: true },
    ]);
    expect((await workspace.read('a/large.bin')).equals(LARGE)).toBe(true);
    expect((await workspace.read('a/run.sh')).toString()).toBe('small');
    await pass(later, 4, put('b', 'more'));
    expect((await later.open().read('a/run.sh')).toString()).toBe('small');
    await later.close();
  });

  it('begin again from the step before, when one is broken off', async () => {
    const versions = open(1);
    await pass(versions, 1, put('a', 'kept'));
    await put('a', LARGE)(versions.fork(2));
    await versions.close(); // as if the process had ended here

    const later = open(2);
    expect(await later.resume(1)).toBe(true);
    expect((await later.open().read('a')).toString()).toBe('kept');
    await later.fork(2).write('b', Buffer.from('b'));
    await later.discardDraft();
    expect(
      later
        .open()
        .list()
        .map(({ path }) => path),
    ).toEqual(['a']);
    await later.remove();
    expect(await runsWithWorkspace(folder.path)).toEqual([]);
  });

  it('keep the layers that files lie in, and no others', async () => {
    const versions = open(1);
    await pass(versions, 1, put('a', 'one'));
    await pass(versions, 2, put('b', 'two'));
    expect(layers()).toEqual(['1-1', '2-1']);
    await pass(versions, 3, put('a', 'three'));
    expect(layers()).toEqual(['2-1', '3-1']);
    await pass(versions, 4, async (workspace) => workspace.remove('b'));
    expect(layers()).toEqual(['3-1', '4-1']);
    expect((await versions.open().read('a')).toString()).toBe('three');
  });

  it('are not taken for what they were when a layer is missing or was torn', async () => {
    const versions = open(1);
    await pass(versions, 1, put('a', 'one'));
    await pass(versions, 2, put('b', 'two'));
    expect(await open(2).resume(0)).toBe(true);
    expect(await open(2).resume(3)).toBe(false);

    const place = folder.at('workspaces/task/2-1');
    const whole = readFileSync(place);
    for (const length of [whole.length - 1, 11, 0]) {
      truncateSync(place, length);
      expect(await open(2).resume(2), `${length} bytes`).toBe(false);
    }
    writeFileSync(place, whole);
    expect(await open(2).resume(2)).toBe(true);
    await versions.remove();
    await pass(open(1), 2, put('b', 'two'));
    expect(await open(2).resume(2)).toBe(true);
    expect(await open(2).resume(1)).toBe(false);
  });

  it('of two workers that both believe to hold the run do not mix: that of the last hold counts', async () => {
    const [lost, holder] = [open(1), open(2)];
    await put('a', LARGE)(lost.fork(1));
    await pass(holder, 1, put('a', 'of the holder'));
    await lost.keep();
    const later = open(3);
    expect(await later.resume(1)).toBe(true);
    expect((await later.open().read('a')).toString()).toBe('of the holder');
    await Promise.all([lost, holder, later].map((versions) => versions.close()));
  });

  it('can only be read when no step is at work', async () => {
    const versions = open(1);
    await pass(versions, 1, put('a', 'one'));
    await expect(versions.open().write('b', Buffer.from('b'))).rejects.toThrow(/only reads/);
    expect(() => versions.open().remove('a')).toThrow(/only reads/);
  });
});
