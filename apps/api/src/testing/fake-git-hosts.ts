import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitId, treeEntriesOf } from './git-tree.ts';
import { githubContent, githubError, githubRepository, githubTree } from './github-resources.ts';
import { gitlabError, gitlabProject, gitlabTreeEntry } from './gitlab-resources.ts';
import { tarArchive } from './tar-archive.ts';

/** Files of the repositories of a fake host, by `owner/name`; every ref shows the same. */
export type FakeRepositories = Record<string, Record<string, string>>;

/** A request that the fake got. */
export interface FakeRequest {
  /** Path and query, decoded as little as the sender encoded it. */
  url: string;
  headers: IncomingMessage['headers'];
  status: number;
}

/**
 * GitHub's and GitLab's REST APIs over real HTTP, as far as descriptors are read through them: contents, trees,
 * archives, repositories, with validators. `/files/…` serves the files of the repository `plain/files` as they are.
 */
export interface FakeGitHosts extends AsyncDisposable {
  readonly repositories: FakeRepositories;
  readonly requests: FakeRequest[];
  /** `127.0.0.1:port` */
  readonly host: string;
  readonly githubApi: string;
  readonly gitlabApi: string;
  /** What the hosts do beside answering: nothing is asked of them while it is set. */
  failure: { status: number; headers?: Record<string, string> } | undefined;
  /** GitHub says that its trees are cut short. */
  isTruncating: boolean;
}

interface Answer {
  status: number;
  body: string | Buffer;
  headers?: Record<string, string>;
}

const CREATED_AT = '2026-01-01T00:00:00Z';

/** Starts the fake on a free port of the loopback address. */
export async function startFakeGitHosts(repositories: FakeRepositories): Promise<FakeGitHosts> {
  const server = createServer((request, response) => respond(fake, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const host = `127.0.0.1:${port}`;
  const fake: FakeGitHosts = {
    ...{ repositories, requests: [], host, failure: undefined, isTruncating: false },
    ...{ githubApi: `http://${host}/github`, gitlabApi: `http://${host}/gitlab/api/v4` },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return fake;
}

function respond(fake: FakeGitHosts, request: IncomingMessage, response: ServerResponse): void {
  const url = new URL(request.url ?? '/', `http://${fake.host}`);
  const answer = failureAt(fake, url) ?? answerTo(fake, url);
  const etag = `"${createHash('sha1').update(answer.body).digest('hex')}"`;
  const isUnchanged = answer.status === 200 && request.headers['if-none-match'] === etag;
  const status = isUnchanged ? 304 : answer.status;
  fake.requests.push({ url: request.url ?? '', headers: request.headers, status });
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    ...(answer.status === 200 ? { etag } : {}),
    ...answer.headers,
  });
  response.end(isUnchanged ? undefined : answer.body);
}

function failureAt({ failure }: FakeGitHosts, { pathname }: URL): Answer | undefined {
  if (failure === undefined) return undefined;
  const { status } = failure;
  const isGitHub = pathname.startsWith('/github/');
  return { ...failure, ...json(isGitHub ? githubError(status, 'Refused') : gitlabError(status), status) };
}

function answerTo(fake: FakeGitHosts, { pathname, searchParams }: URL): Answer {
  if (pathname.startsWith('/files/')) {
    return (
      raw(fake.repositories['plain/files']?.[decodeURIComponent(pathname.slice('/files/'.length))]) ?? {
        ...{ status: 404, body: 'Not Found' },
      }
    );
  }
  const archived = /^\/codeload\/([^/]+\/[^/]+)\/legacy\.tar\.gz\//.exec(pathname)?.[1];
  if (archived !== undefined) return archive(fake, archived, `${archived.replace('/', '-')}-abc`);
  const github = /^\/github\/repos\/([^/]+\/[^/]+)(?:\/(contents|git\/trees|tarball)\/(.*))?$/.exec(pathname);
  if (github) {
    const [, name = '', what, rest = ''] = github;
    const found = githubAnswer(fake, name, what, decodeURIComponent(rest));
    return found ?? json(githubError(404, 'Not Found'), 404);
  }
  const gitlab = /^\/gitlab\/api\/v4\/projects\/([^/]+)(?:\/repository\/(.*))?$/.exec(pathname);
  const found = gitlab && gitlabAnswer(fake, decodeURIComponent(gitlab[1] ?? ''), gitlab[2], searchParams);
  return found ?? json(gitlabError(404), 404);
}

/** Undefined for what is not there, here and below. */
function githubAnswer(
  fake: FakeGitHosts,
  name: string,
  what: string | undefined,
  rest: string,
): Answer | undefined {
  const files = fake.repositories[name];
  if (!files) return undefined;
  switch (what) {
    case 'contents':
      return raw(files[rest], 'application/vnd.github.raw; charset=utf-8') ?? folder(fake, name, rest);
    case 'git/trees': {
      const tree = treeEntriesOf(files);
      if (tree.length === 0) return json(githubError(409, 'Git Repository is empty.'), 409);
      const sha = gitId('tree', JSON.stringify(files));
      return json(githubTree(`${fake.githubApi}/repos/${name}`, { sha, tree, truncated: fake.isTruncating }));
    }
    case 'tarball': {
      // GitHub's stands on another host; this one is the only one that the tests allow.
      const location = `http://${fake.host}/codeload/${name}/legacy.tar.gz/${encodeURIComponent(rest)}`;
      return { status: 302, body: '', headers: { location } };
    }
    default:
      return json(githubRepository(repositoryFacts(name), fake.githubApi));
  }
}

function repositoryFacts(name: string) {
  const [login = name, repository] = name.split('/');
  return {
    ...{ id: 1, full_name: name, description: `About ${repository}`, language: 'TypeScript', topics: [] },
    ...{ owner: { login, id: 2, type: 'Organization' as const }, private: false, archived: false, size: 1 },
    ...{ default_branch: 'main', created_at: CREATED_AT, updated_at: CREATED_AT, pushed_at: CREATED_AT },
  };
}

/** GitHub lists a folder in JSON, whatever media type was asked for. */
function folder(fake: FakeGitHosts, name: string, path: string): Answer | undefined {
  const children = treeEntriesOf(fake.repositories[name] ?? {}).filter(
    (entry) => entry.path.startsWith(`${path}/`) && !entry.path.slice(path.length + 1).includes('/'),
  );
  if (children.length === 0) return undefined;
  return json(children.map((entry) => githubContent(name, entry, fake.githubApi)));
}

function gitlabAnswer(
  fake: FakeGitHosts,
  name: string,
  what: string | undefined,
  query: URLSearchParams,
): Answer | undefined {
  const files = fake.repositories[name];
  if (!files) return undefined;
  if (what === undefined) {
    return json(gitlabProject({ id: 1, path: name, archived: false, lastActivityAt: CREATED_AT }));
  }
  if (what === 'archive.tar.gz') return archive(fake, name, 'project-main-abc');
  if (what === 'tree') {
    const size = Number(query.get('per_page') ?? 20);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const tree = treeEntriesOf(files).map(({ path, type, mode, sha }) =>
      gitlabTreeEntry({ path, type, mode, id: sha }),
    );
    return json(tree.slice(start, start + size));
  }
  const file = /^files\/([^/]+)\/raw$/.exec(what)?.[1];
  return raw(files[decodeURIComponent(file ?? '')]);
}

function json(value: unknown, status = 200): Answer {
  return { status, body: JSON.stringify(value) };
}

function raw(text: string | undefined, type = 'text/plain; charset=utf-8'): Answer | undefined {
  return text === undefined ? undefined : { status: 200, body: text, headers: { 'content-type': type } };
}

/** A gzipped tar file below one folder, as both hosts give it. */
function archive(fake: FakeGitHosts, name: string, top: string): Answer {
  const entries = Object.entries(fake.repositories[name] ?? {}).map(([path, text]) => ({
    ...{ path: `${top}/${path}`, content: Buffer.from(text) },
  }));
  return { status: 200, body: tarArchive(entries), headers: { 'content-type': 'application/x-gzip' } };
}
