import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import { findFreePort } from './server-process.ts';
import { tarArchive } from './tar-archive.ts';

/** Of the organisation that the emulator is seeded with. */
export const ORGANISATION = 'acme';
const TOKEN = 'emulator-token';
const OWNER = 'admin';

/** An answer that stands in for the emulator's. */
export interface InjectedAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: unknown;
}

/** What a client asked for. */
export interface GitHubCall {
  path: string;
  status: number;
  authorization: string | undefined;
}

/**
 * GitHub's API over real HTTP: the emulator, with what it lacks (the list of an organisation's repositories,
 * entity tags, archives) and with faults where a test wants them.
 */
export interface GitHubEmulator extends AsyncDisposable {
  /** Base URL of the API. */
  readonly url: string;
  /** All calls since the last `forget`. */
  readonly calls: GitHubCall[];
  forget(): void;
  /** Answers instead of the emulator wherever it returns something. */
  intercept: ((path: string) => InjectedAnswer | undefined) | undefined;
  /** False: there are no archives, as in the emulator itself. */
  hasArchives: boolean;
  /** Makes a repository; one without a file was never pushed to. */
  createRepository(name: string, files?: Record<string, string>): Promise<void>;
  /** Commits one file. */
  push(repository: string, path: string, text: string): Promise<void>;
  remove(repository: string, path: string): Promise<void>;
  update(repository: string, change: { name?: string; archived?: boolean }): Promise<void>;
  delete(repository: string): Promise<void>;
  createTeam(name: string, members: readonly string[]): Promise<void>;
}

export async function startGitHubEmulator(
  people: readonly string[] = [],
  hostname = '127.0.0.1',
): Promise<GitHubEmulator> {
  const emulator = await createEmulator({
    service: 'github',
    port: await findFreePort(),
    seed: {
      tokens: { [TOKEN]: { login: OWNER, scopes: ['repo', 'admin:org'] } },
      github: {
        users: [OWNER, ...people].map((login) => ({ login, name: login, email: `${login}@example.com` })),
        orgs: [
          {
            login: ORGANISATION,
            members: [{ login: OWNER, role: 'admin' }, ...people.map((login) => ({ login }))],
          },
        ],
      },
    },
  });
  const names = new Set<string>();
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${emulator.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The emulator answered ${answer.status} to ${method} ${path}.`);
    return answer.status === 204 ? undefined : answer.json();
  };
  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error)); // shows in the client
  });
  await new Promise<void>((resolve) => server.listen(0, hostname, resolve));
  const url = `http://${hostname}:${(server.address() as AddressInfo).port}`;
  const repositoryPath = (name: string) => `/repos/${ORGANISATION}/${name}`;

  const fake: GitHubEmulator = {
    url,
    calls: [],
    intercept: undefined,
    hasArchives: true,
    forget: () => void fake.calls.splice(0),
    async createRepository(name, files = {}) {
      names.add(name);
      const isEmpty = Object.keys(files).length === 0;
      await ask('POST', `/orgs/${ORGANISATION}/repos`, { name, auto_init: !isEmpty });
      for (const [path, text] of Object.entries(files)) await fake.push(name, path, text);
    },
    async push(name, path, text) {
      const contents = `${repositoryPath(name)}/contents/${path}`;
      const known = (await ask('GET', contents).catch(() => undefined)) as { sha: string } | undefined; // a new file
      const content = Buffer.from(text).toString('base64');
      await ask('PUT', contents, { message: 'change', content, ...(known ? { sha: known.sha } : {}) });
    },
    async remove(name, path) {
      const contents = `${repositoryPath(name)}/contents/${path}`;
      const { sha } = (await ask('GET', contents)) as { sha: string };
      await ask('DELETE', contents, { message: 'remove', sha });
    },
    async update(name, change) {
      await ask('PATCH', repositoryPath(name), change);
      if (change.name === undefined) return;
      names.delete(name);
      names.add(change.name);
    },
    async delete(name) {
      await ask('DELETE', repositoryPath(name));
      names.delete(name);
    },
    async createTeam(name, members) {
      const { slug } = (await ask('POST', `/orgs/${ORGANISATION}/teams`, { name })) as { slug: string };
      for (const login of members) {
        await ask('PUT', `/orgs/${ORGANISATION}/teams/${slug}/memberships/${login}`, { role: 'member' });
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    const { authorization } = request.headers;
    const injected = fake.intercept?.(path);
    const { status, headers, body } = injected
      ? { status: injected.status, headers: injected.headers ?? {}, body: encode(injected.body) }
      : await answerAsGitHub(request, path);
    fake.calls.push({ path, status, authorization });
    response.writeHead(status, headers).end(body);
  }

  async function answerAsGitHub(request: IncomingMessage, path: string) {
    const answered = await addedAnswer(path);
    const { status, headers, body } = answered ?? (await forward(path));
    if (status !== 200) return { status, headers, body };
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    return request.headers['if-none-match'] === etag
      ? { status: 304, headers: { ...headers, etag }, body: Buffer.alloc(0) }
      : { status, headers: { ...headers, etag }, body };
  }

  async function forward(path: string) {
    const answered = await fetch(`${emulator.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const headers: Record<string, string> = {};
    for (const [name, value] of answered.headers) {
      if (/^(content-type|x-ratelimit)/.test(name)) headers[name] = value;
      if (name === 'link') headers[name] = value.replaceAll(emulator.url, url);
    }
    return { status: answered.status, headers, body: Buffer.from(await answered.arrayBuffer()) };
  }

  /** What GitHub has and the emulator has not. */
  async function addedAnswer(path: string) {
    const { pathname, searchParams } = new URL(path, url);
    if (pathname === `/orgs/${ORGANISATION}/repos`) {
      const perPage = Number(searchParams.get('per_page'));
      const page = Number(searchParams.get('page'));
      const sorted = [...names].sort();
      const items = [];
      for (const name of sorted.slice((page - 1) * perPage, page * perPage)) {
        items.push(await ask('GET', repositoryPath(name)));
      }
      const next = `<${url}${pathname}?per_page=${perPage}&page=${page + 1}>; rel="next"`;
      const headers: Record<string, string> = {
        'content-type': 'application/json; charset=utf-8',
        ...(page * perPage < sorted.length ? { link: next } : {}),
      };
      return { status: 200, headers, body: encode(items) };
    }
    const archive = /^\/repos\/[^/]+\/([^/]+)\/tarball\/(.+)$/.exec(pathname);
    if (!archive || !fake.hasArchives) return undefined;
    const [, name = '', ref = ''] = archive;
    const { tree } = (await ask('GET', `${repositoryPath(name)}/git/trees/${ref}?recursive=1`)) as {
      tree: { path: string; type: string; sha: string }[];
    };
    const entries = [];
    for (const entry of tree.filter(({ type }) => type === 'blob')) {
      const blob = (await ask('GET', `${repositoryPath(name)}/git/blobs/${entry.sha}`)) as {
        content: string;
      };
      entries.push({ path: `acme-${name}-0/${entry.path}`, content: Buffer.from(blob.content, 'base64') });
    }
    return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body: tarArchive(entries) };
  }

  return fake;
}

function encode(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}
