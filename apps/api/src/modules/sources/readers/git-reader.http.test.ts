import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  startGitHttpServer,
  type GitHttpServer,
  type GitHttpServerOptions,
} from '../../../testing/git-http-server.ts';
import { createGitRepository, type GitRepository } from '../../../testing/git-repository.ts';
import { listAll, readAll } from '../../../testing/reader-results.ts';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createGitReader } from './git-reader.ts';

// Each test starts a dozen processes of git, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 30_000 });
const folder = useTemporaryFolder();
let repository: GitRepository;
let server: GitHttpServer | undefined;

beforeEach(() => {
  repository = createGitRepository(folder.at('repositories/org.git'));
  repository.commit({ 'catalog-info.yaml': 'one' });
});

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function serve(options: Omit<GitHttpServerOptions, 'root'> = {}): Promise<GitHttpServer> {
  server = await startGitHttpServer({ root: folder.at('repositories'), ...options });
  return server;
}

function readerOf(url: string) {
  const limits = { maxFiles: 1000, maxFileBytes: 10_000 };
  return createGitReader({ url, branch: undefined, pattern: undefined, home: folder.at('home'), ...limits });
}

/** Answers every request in the same way. */
function always(status: number, body = '', type = 'text/plain') {
  return (_request: IncomingMessage, response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(body);
    return true;
  };
}

describe('over smart HTTP', () => {
  it('reads what the branch holds', async () => {
    const { urlOf } = await serve();
    const reader = readerOf(urlOf('org.git'));
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'one' });
  });

  it('pays for an unchanged branch with one look-up and no pack', async () => {
    const { urlOf, requests } = await serve();
    const reader = readerOf(urlOf('org.git'));
    const { revision } = await listAll(reader);
    const before = requests.length;
    expect(await reader.list(revision, new AbortController().signal)).toBeUndefined();
    expect(requests.slice(before).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /org.git/info/refs?service=git-upload-pack',
      'POST /org.git/git-upload-pack',
    ]);
  });

  it('fetches only what is new after the first time', async () => {
    repository.commit({ 'catalog-info.yaml': 'one', 'big.bin': Buffer.from(randomText(300_000)) });
    let bytes = 0;
    const { urlOf } = await serve({
      intercept: (_request, response) => {
        const end = response.end.bind(response) as (chunk: Buffer) => ServerResponse;
        response.end = ((chunk: Buffer) => {
          bytes += chunk.length;
          return end(chunk);
        }) as typeof response.end;
        return false;
      },
    });
    const reader = readerOf(urlOf('org.git'));
    await listAll(reader);
    expect(bytes).toBeGreaterThan(200_000);
    bytes = 0;
    repository.commit({ 'catalog-info.yaml': 'two', 'big.bin': Buffer.from(randomText(300_000)) });
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'two' });
    expect(bytes).toBeLessThan(20_000);
  });

  it('takes the newer commit when one is pushed between the look-up and the fetch', async () => {
    let lookUps = 0;
    let pushed = '';
    const { urlOf } = await serve({
      intercept: ({ url }) => {
        lookUps += url?.includes('info/refs') ? 1 : 0;
        if (lookUps === 2 && pushed === '')
          pushed = repository.commit({ 'catalog-info.yaml': 'pushed meanwhile' });
        return false;
      },
    });
    const reader = readerOf(urlOf('org.git'));
    const listing = await listAll(reader);
    expect(listing.revision).toBe(pushed);
    expect(await readAll(reader, listing.files)).toEqual({ 'catalog-info.yaml': 'pushed meanwhile' });
  });
});

describe('a server that does not give the repository', () => {
  it.each([
    ['asks for a password', { credentials: 'reader:secret' }, 'git.credentials-required'],
    ['forbids it', { intercept: always(403) }, 'git.credentials-required'],
    ['does not have it', { intercept: always(404) }, 'git.not-found'],
    [
      'answers with a login page',
      { intercept: always(200, '<html>\n<body>Sign in</body>\n</html>\n', 'text/html') },
      'git.not-found',
    ],
    ['fails', { intercept: always(500) }, 'git.unreachable'],
  ])('is told of when it %s', async (_, options, code) => {
    const { urlOf } = await serve(options);
    await expect(listAll(readerOf(urlOf('org.git')))).rejects.toMatchObject({
      name: 'SourceReadError',
      code,
      hint: expect.stringMatching(/\w/),
    });
  });

  it('is let in with the password of the URL, which then is shown nowhere', async () => {
    const { urlOf } = await serve({ credentials: 'reader:secret' });
    const url = new URL(urlOf('org.git'));
    Object.assign(url, { username: 'reader', password: 'secret' });
    const reader = readerOf(url.href);
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'one' });
    expect(JSON.stringify(reader.annotationsFor('catalog-info.yaml'))).not.toMatch(/secret|reader/);
    expect(filesWith('secret', folder.at('home'))).toEqual([]);
  });

  it('is told of a wrong password without that password', async () => {
    const { urlOf } = await serve({ credentials: 'reader:secret' });
    const list = listAll(readerOf(urlOf('org.git').replace('//', '//reader:wrong-but-secret@')));
    const error = await list.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'git.credentials-required' });
    expect(`${String(error)} ${String((error as Error).cause)}`).not.toContain('wrong-but-secret');
  });
});

describe('giving up', () => {
  it('ends git, its helpers and their connection, and leaves no lock', async () => {
    const reached = Promise.withResolvers<undefined>();
    let isHanging = false;
    const { urlOf, openConnections } = await serve({
      intercept: () => {
        if (isHanging) reached.resolve(undefined);
        return isHanging;
      },
    });
    const reader = readerOf(urlOf('org.git'));
    await listAll(reader);
    isHanging = true;
    repository.commit({ 'catalog-info.yaml': 'two' });
    const giveUp = new AbortController();
    const list = reader.list(undefined, giveUp.signal);
    await reached.promise;
    const reason = new Error('The worker is stopping.');
    giveUp.abort(reason);
    await expect(list).rejects.toBe(reason);
    await expect.poll(openConnections, { timeout: 30_000 }).toBe(0);
    isHanging = false;
    expect(await readAll(reader, (await listAll(reader)).files)).toEqual({ 'catalog-info.yaml': 'two' });
  });

  it('starts no git when the signal was given before', async () => {
    const { urlOf, requests } = await serve();
    const reason = new Error('too late');
    await expect(readerOf(urlOf('org.git')).list(undefined, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(requests).toEqual([]);
  });
});

/** Does not compress, and is the same each time. */
function randomText(length: number): string {
  let state = 1;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
}

function filesWith(text: string, directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
