import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gitId, treeEntriesOf } from './git-tree.ts';
import {
  gitlabBranch,
  gitlabError,
  gitlabGroup,
  gitlabMember,
  gitlabProject,
  gitlabTreeEntry,
} from './gitlab-resources.ts';
import { tarArchive } from './tar-archive.ts';

/** A project that the server has. */
export interface GitLabProjectFixture {
  id: number;
  path: string;
  files: Record<string, string>;
  archived?: boolean;
  lastActivityAt: string;
}

/** A group that the server has, with its direct members. */
export interface GitLabGroupFixture {
  id: number;
  fullPath: string;
  name: string;
  parentId?: number;
  members: { id: number; username: string; name: string; state?: string }[];
}

/** The part of GitLab's API (version 4) that is documented for what the catalog asks, over real HTTP. */
export interface GitLabServer extends AsyncDisposable {
  /** Base URL of the API. */
  readonly url: string;
  readonly calls: { path: string; status: number; token: string | undefined }[];
  projects: GitLabProjectFixture[];
  groups: GitLabGroupFixture[];
  hasArchives: boolean;
  /** Answers instead wherever it returns something. */
  intercept:
    | ((path: string) => { status: number; headers?: Record<string, string>; body?: unknown } | undefined)
    | undefined;
  forget(): void;
}

interface Answer {
  status: number;
  headers?: Record<string, string>;
  body: unknown;
}

const NOT_FOUND: Answer = { status: 404, body: gitlabError(404) };

export async function startGitLabServer(): Promise<GitLabServer> {
  const server = createServer((request, response) => answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/v4`;
  const fake: GitLabServer = {
    url,
    ...{ calls: [], projects: [], groups: [], hasArchives: true, intercept: undefined },
    forget: () => void fake.calls.splice(0),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const path = (request.url ?? '/').replace('/api/v4', '');
    const given = fake.intercept?.(path);
    const { status, headers = {}, body } = given ? { body: undefined, ...given } : route(new URL(path, url));
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : Buffer.from(JSON.stringify(body ?? null));
    // As GitLab does: a weak tag over the body.
    const etag = `W/"${createHash('md5').update(bytes).digest('hex')}"`;
    const isKnown = status === 200 && request.headers['if-none-match'] === etag;
    const token = request.headers['private-token'];
    fake.calls.push({
      path,
      status: isKnown ? 304 : status,
      token: token === undefined ? token : String(token),
    });
    response
      .writeHead(isKnown ? 304 : status, {
        'content-type': body instanceof Uint8Array ? 'application/octet-stream' : 'application/json',
        ...{
          etag,
          'ratelimit-limit': '2000',
          'ratelimit-remaining': '1999',
          'ratelimit-reset': '1900000000',
        },
        ...headers,
      })
      .end(isKnown ? undefined : bytes);
  }

  function route(asked: URL): Answer {
    const [kind, id = '', ...rest] = asked.pathname.slice(1).split('/').map(decodeURIComponent);
    if (kind === 'groups') return group(id, rest.join('/'), asked);
    const project = fake.projects.find((candidate) => String(candidate.id) === id);
    if (kind !== 'projects' || !project) return NOT_FOUND;
    return rest.length === 0
      ? { status: 200, body: shown(project) }
      : repository(project, rest.slice(1), asked);
  }

  function group(id: string, what: string, asked: URL): Answer {
    const found = fake.groups.find(({ id: own, fullPath }) => String(own) === id || fullPath === id);
    if (!found) return NOT_FOUND;
    const below = (path: string) => path.startsWith(`${found.fullPath}/`);
    if (what === '') return { status: 200, body: shownGroup(found) };
    if (what === 'projects') return paged(fake.projects.filter(({ path }) => below(path)).map(shown), asked);
    if (what === 'descendant_groups') {
      return paged(fake.groups.filter(({ fullPath }) => below(fullPath)).map(shownGroup), asked);
    }
    return what === 'members' ? paged(found.members.map(shownMember), asked) : NOT_FOUND;
  }

  function repository({ files }: GitLabProjectFixture, [what, ...rest]: string[], asked: URL): Answer {
    if (what === 'branches' && rest[0] === 'main') {
      return { status: 200, body: gitlabBranch('main', gitId('commit', JSON.stringify(files))) };
    }
    if (what === 'tree') return tree(files, asked);
    if (what === 'archive.tar.gz' && fake.hasArchives) {
      const entries = Object.entries(files).map(([path, text]) => ({
        path: `project-main/${path}`,
        content: Buffer.from(text),
      }));
      return { status: 200, body: tarArchive(entries) };
    }
    const text = Object.values(files).find(
      (content) => what === 'blobs' && gitId('blob', content) === rest[0],
    );
    return text === undefined ? NOT_FOUND : { status: 200, body: Buffer.from(text) };
  }

  /** Keyset paging: the token is the last path of the page. */
  function tree(files: Record<string, string>, asked: URL): Answer {
    const perPage = Number(asked.searchParams.get('per_page'));
    const after = asked.searchParams.get('page_token') ?? '';
    const rest = treeEntriesOf(files)
      .sort((left, right) => (left.path < right.path ? -1 : 1))
      .filter(({ path }) => path > after);
    const page = rest.slice(0, perPage);
    const next = new URL(`${url}${asked.pathname}${asked.search}`);
    next.searchParams.set('page_token', page.at(-1)?.path ?? '');
    return {
      status: 200,
      headers: rest.length > perPage ? { link: `<${next.href}>; rel="next"` } : {},
      body: page.map(({ sha, path, type, mode }) => gitlabTreeEntry({ id: sha, path, type, mode })),
    };
  }

  function paged(items: unknown[], asked: URL): Answer {
    const perPage = Number(asked.searchParams.get('per_page'));
    const page = Number(asked.searchParams.get('page'));
    const isLast = page * perPage >= items.length;
    return {
      status: 200,
      headers: { 'x-next-page': isLast ? '' : String(page + 1), 'x-page': String(page) },
      body: items.slice((page - 1) * perPage, page * perPage),
    };
  }

  return fake;
}

function shown({ id, path, archived = false, lastActivityAt }: GitLabProjectFixture) {
  return gitlabProject({ id, path, archived, lastActivityAt });
}

function shownGroup({ id, fullPath, name, parentId }: GitLabGroupFixture) {
  return gitlabGroup({ id, fullPath, name, parentId: parentId ?? null });
}

function shownMember({ state = 'active', ...member }: GitLabGroupFixture['members'][number]) {
  return gitlabMember({ ...member, state });
}
