import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import type { TreeEntry } from './git-tree.ts';
import {
  githubError,
  githubListedRepository,
  githubRepository,
  githubTree,
  type RepositoryFacts,
} from './github-resources.ts';
import { findFreePort } from './server-process.ts';
import { tarArchive } from './tar-archive.ts';

/** Of the organisation that the emulator is seeded with. */
export const ORGANISATION = 'acme';
const TOKEN = 'emulator-token';
/** The person that the emulator belongs to. */
export const OWNER = 'admin';

/** An answer that stands in for the emulator's. A refusal gets the body that GitHub gives it. */
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

interface Reply {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

/** Archives come from a host that speaks no JSON. */
const NO_ARCHIVE: Reply = {
  status: 404,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body: Buffer.from('404: Not Found'),
};
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };

/**
 * GitHub's API over real HTTP: the emulator, with what it lacks (the list of an organisation's repositories,
 * entity tags, archives, many fields) and with faults where a test wants them.
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
  /** Makes a repository of `OWNER`. */
  createPersonalRepository(name: string): Promise<void>;
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
    createPersonalRepository: async (name) => void (await ask('POST', '/user/repos', { name })),
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
    const { status, headers, body } = injected ? toReply(injected) : await answerAsGitHub(request, path);
    fake.calls.push({ path, status, authorization });
    response.writeHead(status, headers).end(body);
  }

  async function answerAsGitHub(request: IncomingMessage, path: string): Promise<Reply> {
    const answered = await addedAnswer(path);
    const { status, headers, body } = answered ?? (await forward(path));
    if (status !== 200) return { status, headers, body };
    const etag = `"${createHash('sha256').update(body).digest('hex')}"`;
    return request.headers['if-none-match'] === etag
      ? { status: 304, headers: { ...headers, etag }, body: Buffer.alloc(0) }
      : { status, headers: { ...headers, etag }, body };
  }

  async function forward(path: string): Promise<Reply> {
    const answered = await fetch(`${emulator.url}${path}`, { headers: { authorization: `Bearer ${TOKEN}` } });
    const headers: Record<string, string> = {};
    for (const [name, value] of answered.headers) {
      if (/^(content-type|x-ratelimit)/.test(name)) headers[name] = value;
      if (name === 'link') headers[name] = value.replaceAll(emulator.url, url);
    }
    const { pathname } = new URL(path, url);
    const body: unknown = await answered.json();
    if (answered.status === 404 && (await isEmpty(pathname))) {
      return refusal(409, 'Git Repository is empty.', headers);
    }
    return answered.status === 200
      ? { status: 200, headers, body: encode(completed(pathname, body)) }
      : refusal(answered.status, (body as { message: string }).message, headers);
  }

  /** The emulator tells an empty repository from none, but not where its tree is asked for. */
  async function isEmpty(pathname: string): Promise<boolean> {
    const [, name] = /^\/repos\/[^/]+\/([^/]+)\/git\//.exec(pathname) ?? [];
    if (name === undefined || !names.has(name)) return false;
    return ((await ask('GET', repositoryPath(name))) as RepositoryFacts).pushed_at === null;
  }

  /** An answer of the emulator as GitHub gives it: with all fields, and with none of the emulator's own. */
  function completed(pathname: string, body: unknown): unknown {
    const [kind, , what, ...rest] = pathname.slice(1).split('/');
    if (kind === 'repos' && rest.length === 0) return githubRepository(body as RepositoryFacts, url);
    if (kind === 'users') return (body as RepositoryFacts[]).map((item) => githubListedRepository(item, url));
    if (kind === 'repos' && rest[1] === 'trees') {
      const tree = body as { sha: string; tree: TreeEntry[]; truncated: boolean };
      return githubTree(`${url}${pathname.split('/git/')[0] ?? ''}`, tree);
    }
    // The emulator has no teams below teams in its lists, and none of enterprises at all.
    if (kind === 'orgs' && what === 'teams' && rest.length === 0) {
      return (body as object[]).map((team) => ({ ...team, type: 'organization', parent: null }));
    }
    return body;
  }

  /** What GitHub has and the emulator has not. */
  async function addedAnswer(path: string): Promise<Reply | undefined> {
    const { pathname, searchParams } = new URL(path, url);
    if (pathname === `/orgs/${ORGANISATION}/repos`) return listRepositories(pathname, searchParams);
    if (!fake.hasArchives) return undefined;
    const [, tarball, ref = ''] = /^\/repos\/[^/]+\/([^/]+)\/tarball\/(.+)$/.exec(pathname) ?? [];
    if (tarball !== undefined && names.has(tarball)) {
      // GitHub's stands on another host; this one is the only one that the tests allow.
      const location = `${url}/codeload/${ORGANISATION}/${tarball}/legacy.tar.gz/${ref}`;
      return { status: 302, headers: { location }, body: Buffer.alloc(0) };
    }
    const [, name, revision = ''] =
      /^\/codeload\/[^/]+\/([^/]+)\/legacy\.tar\.gz\/(.+)$/.exec(pathname) ?? [];
    return name === undefined ? undefined : archive(name, revision);
  }

  async function listRepositories(pathname: string, query: URLSearchParams): Promise<Reply> {
    const perPage = Number(query.get('per_page'));
    const page = Number(query.get('page'));
    const sorted = [...names].sort();
    const items = [];
    for (const name of sorted.slice((page - 1) * perPage, page * perPage)) {
      items.push(githubListedRepository((await ask('GET', repositoryPath(name))) as RepositoryFacts, url));
    }
    const next = `<${url}${pathname}?per_page=${perPage}&page=${page + 1}>; rel="next"`;
    const headers = { ...JSON_TYPE, ...(page * perPage < sorted.length ? { link: next } : {}) };
    return { status: 200, headers, body: encode(items) };
  }

  async function archive(name: string, ref: string): Promise<Reply> {
    const found = await ask('GET', `${repositoryPath(name)}/git/trees/${ref}?recursive=1`).catch(
      () => undefined,
    );
    if (found === undefined) return NO_ARCHIVE;
    const entries = [];
    for (const entry of (found as { tree: TreeEntry[] }).tree.filter(({ type }) => type === 'blob')) {
      const blob = (await ask('GET', `${repositoryPath(name)}/git/blobs/${entry.sha}`)) as {
        content: string;
      };
      entries.push({ path: `acme-${name}-0/${entry.path}`, content: Buffer.from(blob.content, 'base64') });
    }
    return { status: 200, headers: { 'content-type': 'application/x-gzip' }, body: tarArchive(entries) };
  }

  return fake;
}

function toReply({ status, headers = {}, body }: InjectedAnswer): Reply {
  const isRefusal = status >= 400 && status < 500;
  if (!isRefusal) return { status, headers, body: encode(body) };
  return refusal(status, (body as { message?: string } | undefined)?.message ?? 'Refused', headers);
}

function refusal(status: number, message: string, headers: Record<string, string> = {}): Reply {
  return { status, headers: { ...headers, ...JSON_TYPE }, body: encode(githubError(status, message)) };
}

function encode(body: unknown): Buffer {
  if (body instanceof Uint8Array) return Buffer.from(body);
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? null));
}
