import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Header } from 'tar';

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
  body?: string | Buffer;
  headers?: Record<string, string>;
}

const NOT_FOUND: Answer = { status: 404, body: '{"message":"Not Found"}' };

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
  const answer = fake.failure ?? answerTo(fake, new URL(request.url ?? '/', 'http://fake'));
  const body: string | Buffer =
    'body' in answer && answer.body !== undefined ? (answer.body as string | Buffer) : '{"message":"no"}';
  const etag = `"${createHash('sha1').update(body).digest('hex')}"`;
  const isUnchanged = answer.status === 200 && request.headers['if-none-match'] === etag;
  const status = isUnchanged ? 304 : answer.status;
  fake.requests.push({ url: request.url ?? '', headers: request.headers, status });
  const ownHeaders: Record<string, string> = { 'content-type': 'application/json; charset=utf-8' };
  response.writeHead(status, {
    ...ownHeaders,
    ...(answer.status === 200 ? { etag } : {}),
    ...answer.headers,
  });
  response.end(isUnchanged ? undefined : body);
}

function answerTo(fake: FakeGitHosts, { pathname, searchParams }: URL): Answer {
  if (pathname.startsWith('/files/')) {
    return raw(fake.repositories['plain/files']?.[decodeURIComponent(pathname.slice('/files/'.length))]);
  }
  const github = /^\/github\/repos\/([^/]+\/[^/]+)(?:\/(contents|git\/trees|tarball)\/(.*))?$/.exec(pathname);
  if (github) return githubAnswer(fake, github[1] ?? '', github[2], decodeURIComponent(github[3] ?? ''));
  const gitlab = /^\/gitlab\/api\/v4\/projects\/([^/]+)(?:\/repository\/(.*))?$/.exec(pathname);
  if (gitlab) return gitlabAnswer(fake, decodeURIComponent(gitlab[1] ?? ''), gitlab[2], searchParams);
  return NOT_FOUND;
}

function githubAnswer(fake: FakeGitHosts, name: string, what: string | undefined, rest: string): Answer {
  const files = fake.repositories[name];
  if (!files) return NOT_FOUND;
  const repositoryName = name.split('/')[1] ?? name;
  switch (what) {
    case 'contents':
      if (files[rest] === undefined && Object.keys(files).some((path) => path.startsWith(`${rest}/`))) {
        return { status: 200, body: '[]' };
      }
      return raw(files[rest], 'application/vnd.github.raw; charset=utf-8');
    case 'git/trees': {
      const tree = Object.entries(files).map(([path, text]) => ({
        ...{
          path,
          mode: '100644',
          type: 'blob',
          sha: blobId(text),
          size: text.length,
          url: 'https://x.example',
        },
      }));
      return json({ sha: blobId(name), url: 'https://x.example', tree, truncated: fake.isTruncating });
    }
    case 'tarball':
      return { status: 200, body: archive(files, `${name.replace('/', '-')}-abc`) };
    default:
      return json({
        ...{ name: repositoryName, full_name: name, description: `About ${repositoryName}` },
        ...{ default_branch: 'main', language: 'TypeScript', archived: false },
      });
  }
}

function gitlabAnswer(
  fake: FakeGitHosts,
  name: string,
  what: string | undefined,
  query: URLSearchParams,
): Answer {
  const files = fake.repositories[name];
  if (!files) return NOT_FOUND;
  if (what === undefined)
    return json({ path: name.split('/').at(-1), default_branch: 'main', archived: false });
  if (what === 'archive.tar.gz') return { status: 200, body: archive(files, 'project-main-abc') };
  if (what === 'tree') {
    const size = Number(query.get('per_page') ?? 20);
    const start = (Number(query.get('page') ?? 1) - 1) * size;
    const tree = Object.entries(files).map(([path, text]) => ({
      ...{ id: blobId(text), name: path.split('/').at(-1), type: 'blob', path, mode: '100644' },
    }));
    return json(tree.slice(start, start + size));
  }
  const file = /^files\/([^/]+)\/raw$/.exec(what)?.[1];
  return raw(files[decodeURIComponent(file ?? '')]);
}

function json(value: unknown): Answer {
  return { status: 200, body: JSON.stringify(value) };
}

function raw(text: string | undefined, type = 'text/plain; charset=utf-8'): Answer {
  return text === undefined ? NOT_FOUND : { status: 200, body: text, headers: { 'content-type': type } };
}

function blobId(text: string): string {
  return createHash('sha1')
    .update(`blob ${Buffer.byteLength(text)}\0`)
    .update(text)
    .digest('hex');
}

/** A gzipped tar file below one folder, as both hosts give it. */
export function archive(files: Record<string, string>, folder: string): Buffer {
  const BLOCK = 512;
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const content = Buffer.from(text);
    const header = new Header({
      ...{ path: `${folder}/${path}`, mode: 0o644, size: content.length, type: 'File' as const },
      mtime: new Date(0),
    });
    header.encode();
    const padding = Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK);
    return [header.block ?? Buffer.alloc(BLOCK), content, padding];
  });
  return gzipSync(Buffer.concat([...blocks, Buffer.alloc(2 * BLOCK)]));
}
