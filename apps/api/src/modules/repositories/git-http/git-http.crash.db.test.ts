import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { request, type ClientRequest } from 'node:http';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { gitOk, type Checkout } from '../../../testing/git-client.ts';
import { useHostedRepositories } from '../../../testing/hosted-repositories.ts';

/** How soon a request that does not end is cut, where the server itself would wait half a minute. */
const SHORT_TIMEOUT_MS = 200;
const given = useHostedRepositories(
  () => ({}),
  ({ server }) => {
    // The interval is read by Node when the server begins to listen; its types do not know it.
    Object.assign(server, {
      requestTimeout: SHORT_TIMEOUT_MS,
      headersTimeout: SHORT_TIMEOUT_MS,
      connectionsCheckingInterval: SHORT_TIMEOUT_MS / 2,
    });
  },
);

const run = promisify(execFile);

/** Process ids of the backends that this server runs now, newest last; the server goes on while they are looked for. */
async function runningBackends(): Promise<number[]> {
  const { stdout } = await run('ps', ['-A', '-o', 'pid=,ppid=,args=']);
  return stdout
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match?.[2] === String(process.pid) && match[3]?.includes('http-backend'))
    .map((match) => Number(match?.[1]));
}

async function waitForBackend(): Promise<number> {
  // Machines are shared: what counts is that it comes, not how soon.
  for (let round = 0; round < 4_000; round += 1) {
    const [pid] = await runningBackends();
    if (pid !== undefined) return pid;
    await wait(5);
  }
  throw new Error('No backend was started.');
}

async function waitForEndOfBackends(): Promise<void> {
  for (let round = 0; round < 600 && (await runningBackends()).length > 0; round += 1) await wait(10);
}

async function fsck(directory: string): Promise<string> {
  return gitOk(['--git-dir', directory, 'fsck', '--strict', '--full', '--no-dangling']);
}

/** A push as git would send it, to be sent piece by piece. */
async function pushBody(checkout: Checkout, oldId: string, newId: string): Promise<Buffer> {
  const pack = path.join(given.newPath());
  const name = await checkout.ok(['pack-objects', '--quiet', '--revs', pack], {
    input: `${newId}\n^${oldId}\n`,
  });
  const line = `${oldId} ${newId} refs/heads/main\0report-status side-band-64k agent=test`;
  const length = (line.length + 4).toString(16).padStart(4, '0');
  return Buffer.concat([Buffer.from(`${length}${line}0000`), readFileSync(`${pack}-${name}.pack`)]);
}

/** Sends the first half of a push. */
function beginPush(url: string, body: Buffer): ClientRequest {
  const asked = request(`${url}/git-receive-pack`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-git-receive-pack-request', 'content-length': body.length },
  });
  asked.write(body.subarray(0, body.length / 2));
  return asked;
}

/** Sends the first part of a push, then waits for `meanwhile`, then sends the rest; resolves to the answer, if any. */
async function pushInParts(
  url: string,
  body: Buffer,
  meanwhile: () => Promise<void>,
): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const asked = beginPush(url, body);
  asked.on('error', () => resolve(undefined));
  asked.on('response', (answer) => {
    text(answer).then(
      (answered) => resolve(answer.statusCode === 200 ? answered : undefined),
      () => resolve(undefined),
    );
  });
  await meanwhile();
  asked.end(body.subarray(body.length / 2));
  return promise;
}

describe('a push whose git is killed', () => {
  it.each([
    ['the backend alone', (pid: number) => pid],
    ['the backend and all that it started', (pid: number) => -pid],
  ])('leaves a whole repository that takes the next push: %s', async (_, target) => {
    const { repository, checkout } = await given.createWithCheckout();
    const first = await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const second = await checkout.commit({ 'large.bin': randomBytes(1024 * 1024) });
    await waitForEndOfBackends();
    const answer = await pushInParts(repository.url, await pushBody(checkout, first, second), async () => {
      const pid = await waitForBackend();
      // Far enough for git to have begun to store what it gets.
      while (
        !readdirSync(path.join(repository.directory, 'objects')).some((name) => name.startsWith('tmp_'))
      ) {
        await wait(5);
      }
      process.kill(target(pid), 'SIGKILL');
      // It may take a moment to end, and what it started would get the whole push if the rest came before that.
      await waitForEndOfBackends();
    });
    expect(answer ?? '').not.toContain('unpack ok');
    await fsck(repository.directory);
    expect(await gitOk(['ls-remote', repository.url, 'main'])).toContain(first);
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    await fsck(repository.directory);
    expect(await gitOk(['ls-remote', repository.url, 'main'])).toContain(second);
  });

  it.each([
    { moment: 'in the middle of it', arrive: waitForBackend },
    // Around the moment at which git is started; whether that is before or after it must not matter.
    ...[0, 5, 10, 20, 40].map((ms) => ({ moment: `${ms} ms after it began`, arrive: () => wait(ms) })),
  ])('leaves no git behind when its client goes $moment', async ({ arrive }) => {
    const { repository, checkout } = await given.createWithCheckout();
    const first = await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const second = await checkout.commit({ 'large.bin': randomBytes(1024 * 1024) });
    await waitForEndOfBackends();
    const asked = beginPush(repository.url, await pushBody(checkout, first, second));
    asked.on('error', () => {}); // it is cut off
    await arrive();
    asked.destroy();
    // What was still on its way to be started has been started by then.
    await wait(500);
    await waitForEndOfBackends();
    expect(await runningBackends()).toEqual([]);
    expect(await gitOk(['ls-remote', repository.url, 'main'])).toContain(first);
  });

  it('leaves no git behind when the client of a fetch goes before git is started', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    // Spread over the milliseconds in which the repository is looked up.
    for (let round = 0; round < 40; round += 1) {
      const asked = request(`${repository.url}/git-upload-pack`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-git-upload-pack-request', 'content-length': 1000 },
      });
      asked.on('error', () => {}); // it is cut off
      await new Promise<void>((resolve) => asked.write('0', () => resolve()));
      await wait(round / 4);
      asked.destroy();
    }
    await wait(500);
    await waitForEndOfBackends();
    expect(await runningBackends()).toEqual([]);
  });

  it('long ago left locks and half a push, which the next one clears away', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    const first = await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const { directory } = repository;
    const longAgo = new Date(Date.now() - 24 * 3_600_000);
    for (const name of ['refs/heads/main.lock', 'HEAD.lock', 'packed-refs.lock']) {
      writeFileSync(path.join(directory, name), '');
      utimesSync(path.join(directory, name), longAgo, longAgo);
    }
    const quarantine = path.join(directory, 'objects/tmp_objdir-incoming-abc123');
    mkdirSync(quarantine);
    utimesSync(quarantine, longAgo, longAgo);
    const young = path.join(directory, 'refs/heads/other.lock');
    writeFileSync(young, '');
    const second = await checkout.commit({ 'a.txt': '2' });
    expect(second).not.toBe(first);
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    expect(await gitOk(['ls-remote', repository.url, 'main'])).toContain(second);
    expect(existsSync(young)).toBe(true);
    expect(readdirSync(path.join(directory, 'objects')).filter((name) => name.startsWith('tmp_'))).toEqual(
      [],
    );
  });
});

describe('a body that takes longer than other requests may', () => {
  it('is taken when it is a push, and cut off elsewhere', async () => {
    const { repository, checkout } = await given.createWithCheckout();
    const first = await checkout.commit({ 'a.txt': '1' });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    const second = await checkout.commit({ 'large.bin': randomBytes(64 * 1024) });
    const body = await pushBody(checkout, first, second);
    expect(await pushInParts(repository.url, body, () => wait(5 * SHORT_TIMEOUT_MS))).toContain('unpack ok');
    // The same connection has no privilege afterwards, and no other path ever has one.
    const late = await pushInParts(`${given.server.url}/api/catalog`, body, () => wait(5 * SHORT_TIMEOUT_MS));
    expect(late).toBeUndefined();
    expect(await gitOk(['ls-remote', repository.url, 'main'])).toContain(second);
  });
});
