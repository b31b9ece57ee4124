import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { tryLock, waitForLock } from './process-lock.mjs';

let folder;
let path;
let children;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-lock-'));
  path = join(folder, 'the.lock');
  children = [];
});

afterEach(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

/** A process of its own that takes the lock, says so, and keeps it. */
async function startHolder() {
  const program = join(folder, `holder-${children.length}.mjs`);
  const lockModule = new URL('./process-lock.mjs', import.meta.url).href;
  writeFileSync(
    program,
    `import { tryLock } from ${JSON.stringify(lockModule)};
     process.on('message', () => undefined);
     process.send('lock' in tryLock(${JSON.stringify(path)}, { url: 'http://holder' }) ? 'held' : 'refused');`,
  );
  const child = fork(program, { execArgv: [] });
  children.push(child);
  const [answer] = await once(child, 'message');
  return { child, answer };
}

describe('tryLock', () => {
  test('is held by one process at a time and tells who holds it', async () => {
    const { child, answer } = await startHolder();
    expect(answer).toBe('held');
    expect(tryLock(path, {})).toMatchObject({ holder: { pid: child.pid, url: 'http://holder' } });
    expect(child.exitCode).toBeNull();
  });

  test('is free again after its release, and leaves no file', () => {
    const first = tryLock(path, {});
    first.lock.release();
    expect(readdirSync(folder)).toEqual([]);
    expect(tryLock(path, {})).toHaveProperty('lock');
  });

  test('is free when its owner was killed', async () => {
    const { child } = await startHolder();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(tryLock(path, {})).toHaveProperty('lock');
  });

  test('is free when the process id of its dead owner belongs to somebody else', async () => {
    const stranger = spawn('sleep', ['30']);
    children.push(stranger);
    tryLock(path, {});
    const content = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path, JSON.stringify({ ...content, pid: stranger.pid }));
    expect(tryLock(path, {})).toHaveProperty('lock');
  });

  test.each(['', '{', '[]', 'null', '{"pid":"12"}', '{"pid":-1}'])(
    'is free when its file holds %j',
    (content) => {
      writeFileSync(path, content);
      expect(tryLock(path, {})).toHaveProperty('lock');
    },
  );

  test('is won by exactly one of many that find a dead owner', async () => {
    const dead = await startHolder();
    dead.child.kill('SIGKILL');
    await once(dead.child, 'exit');
    const rivals = await Promise.all(Array.from({ length: 6 }, startHolder));
    expect(rivals.filter(({ answer }) => answer === 'held')).toHaveLength(1);
    const winner = rivals.find(({ answer }) => answer === 'held');
    expect(tryLock(path, {})).toMatchObject({ holder: { pid: winner.child.pid } });
  });

  test('does not release what another process took over', async () => {
    const { lock } = tryLock(path, {});
    rmSync(path);
    const { child } = await startHolder();
    lock.release();
    expect(tryLock(path, {})).toMatchObject({ holder: { pid: child.pid } });
  });
});

describe('waitForLock', () => {
  test('waits for the holder, says so once, and then holds it', async () => {
    const { child } = await startHolder();
    const waitedFor = [];
    const waiting = waitForLock(path, {
      onWait(holder) {
        waitedFor.push(holder.pid);
        child.kill('SIGKILL');
      },
    });
    const lock = await waiting;
    expect(waitedFor).toEqual([child.pid]);
    expect(JSON.parse(readFileSync(path, 'utf8')).pid).toBe(process.pid);
    lock.release();
  });

  test('gives up when it is told to', async () => {
    await startHolder();
    const aborter = new AbortController();
    const waiting = waitForLock(path, { signal: aborter.signal, onWait: () => aborter.abort() });
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
  });
});
