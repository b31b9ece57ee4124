import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Removes what a git that was killed left in a bare repository: locks, of which each would refuse every later push,
 * and folders of pushes that never ended. Nothing that lives is as old as `olderThanMs`.
 */
export async function removeStaleLocks(directory: string, olderThanMs: number, now: Date): Promise<void> {
  const [top, refs, objects] = await Promise.all([
    namesIn(directory),
    namesIn(path.join(directory, 'refs'), true),
    namesIn(path.join(directory, 'objects')),
  ]);
  const suspects = [
    ...top.filter(isLock).map((name) => path.join(directory, name)),
    ...refs.filter(isLock).map((name) => path.join(directory, 'refs', name)),
    ...objects.filter(isQuarantine).map((name) => path.join(directory, 'objects', name)),
  ];
  for (const suspect of suspects) {
    const modifiedAt = (await stat(suspect).catch(() => undefined))?.mtimeMs; // it may have ended just now
    if (modifiedAt === undefined || now.getTime() - modifiedAt < olderThanMs) continue;
    await rm(suspect, { recursive: true, force: true });
  }
}

async function namesIn(folder: string, isRecursive = false): Promise<string[]> {
  return readdir(folder, { recursive: isRecursive }).catch(() => []); // a folder of refs may go while it is read
}

function isLock(name: string): boolean {
  return name.endsWith('.lock');
}

function isQuarantine(name: string): boolean {
  return name.startsWith('tmp_objdir-') || name.startsWith('incoming-');
}
