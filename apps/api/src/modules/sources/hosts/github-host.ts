import { Octokit } from '@octokit/core';
import type { z } from 'zod';
import { encodePath } from '../../../platform/outbound/index.ts';
import { LINK_MODE } from '../readers/repository-tree.ts';
import { SourceReadError } from '../readers/source-reader.ts';
import {
  githubBlobSchema,
  githubMemberSchema,
  githubRepositorySchema,
  githubTeamSchema,
  githubTreeSchema,
  type GitHubRepository,
} from './github-answers.ts';
import { ARCHIVE_BOUNDS, badAnswer, notOnHost, type HostFetch } from './host-fetch.ts';
import { hasNextLink, listPages, PAGE_SIZE, type PageAnswer } from './host-pages.ts';
import {
  HostPausedError,
  type AnswerMemory,
  type HeadAnswer,
  type HostedGit,
  type HostedList,
  type HostedOrganisation,
  type HostedRepository,
} from './hosted-git.ts';

const TREE_REQUEST = 'tree';

export interface GitHubHostOptions {
  /** For messages, e.g. `github.com`. */
  host: string;
  apiBaseUrl: string;
  token: string | undefined;
  fetch: HostFetch;
  memory: AnswerMemory;
}

type Answer = { status: number; data: unknown; headers: Record<string, unknown> };

/** GitHub and GitHub Enterprise over the REST API. */
export function createGitHubHost(options: GitHubHostOptions): HostedGit {
  const github = new GitHubCalls(options);
  return {
    repositories: (organisation, signal) => github.repositories(organisation, signal),
    async repository({ fullName }, signal) {
      const answer = await github.get(`/repos/${encodePath(fullName)}`, {}, signal);
      return answer.status === 404
        ? undefined
        : toRepository(parse(options.host, githubRepositorySchema, answer.data));
    },
    head: ({ fullName }, branch, knownRevision, signal) =>
      github.head(fullName, branch, knownRevision, signal),
    archive: ({ fullName }, revision, signal) =>
      github.archive(`/repos/${encodePath(fullName)}/tarball/${encodePath(revision)}`, signal),
    async blob({ fullName }, blobId, signal) {
      const answer = await github.get(
        `/repos/${encodePath(fullName)}/git/blobs/${encodePath(blobId)}`,
        {},
        signal,
      );
      if (answer.status === 404) throw notOnHost(options.host, `file ${blobId} of ${fullName}`);
      const { content, encoding } = parse(options.host, githubBlobSchema, answer.data);
      return Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8');
    },
    organisation: (organisation, signal) => github.organisation(organisation, signal),
  };
}

class GitHubCalls {
  readonly #options: GitHubHostOptions;
  readonly #octokit: Octokit;

  constructor(options: GitHubHostOptions) {
    this.#options = options;
    const silent = () => {}; // what matters is thrown
    this.#octokit = new Octokit({
      baseUrl: options.apiBaseUrl.replace(/\/+$/, ''),
      ...(options.token === undefined ? {} : { auth: options.token }),
      log: { debug: silent, info: silent, warn: silent, error: silent },
    });
  }

  /** One GET. 304, 404 and 409 come back as answers; everything else that is no success is thrown. */
  async get(
    url: string,
    { etag, fetch = this.#options.fetch }: { etag?: string | undefined; fetch?: HostFetch },
    signal: AbortSignal,
  ): Promise<Answer> {
    try {
      const answer = await this.#octokit.request(`GET ${url}`, {
        headers: {
          'x-github-api-version': '2022-11-28',
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
        request: { signal, fetch },
      });
      // Declared by Octokit for known routes only.
      return answer as Answer;
    } catch (error) {
      signal.throwIfAborted();
      if (!isRequestError(error)) throw error;
      if (error.cause instanceof SourceReadError || error.cause instanceof HostPausedError) throw error.cause;
      if ([304, 404, 409].includes(error.status)) {
        return { status: error.status, data: undefined, headers: error.response?.headers ?? {} };
      }
      throw badAnswer(this.#options.host, 'it is not what the API promises', error);
    }
  }

  /** An archive; undefined where there is none, or none that is small enough. */
  async archive(url: string, signal: AbortSignal): Promise<Uint8Array | undefined> {
    const fetch: HostFetch = (target, request) =>
      this.#options.fetch(target, { ...request, ...ARCHIVE_BOUNDS });
    try {
      const answer = await this.get(url, { fetch }, signal);
      if (answer.status === 404) return undefined;
      if (answer.data instanceof ArrayBuffer) return new Uint8Array(answer.data);
    } catch (error) {
      if (error instanceof SourceReadError && error.code === 'host.answer-too-large') return undefined;
      throw error;
    }
    throw badAnswer(this.#options.host, 'an archive was expected');
  }

  async repositories(organisation: string, signal: AbortSignal): Promise<HostedList<HostedRepository>> {
    const list = (owner: 'orgs' | 'users') =>
      this.#list(
        `repositories:${owner}`,
        `/${owner}/${encodePath(organisation)}/repos?type=${owner === 'orgs' ? 'all' : 'owner'}&sort=full_name`,
        githubRepositorySchema,
        ({ id }) => String(id),
        signal,
      );
    // A person's account holds repositories as an organisation does, under another address.
    const found = (await list('orgs')) ?? (await list('users'));
    if (!found) throw notOnHost(this.#options.host, `organisation ${organisation}`);
    return { ...found, items: found.items.map(toRepository) };
  }

  async head(
    fullName: string,
    branch: string,
    knownRevision: string | undefined,
    signal: AbortSignal,
  ): Promise<HeadAnswer> {
    const { host, memory } = this.#options;
    const remembered = knownRevision === undefined ? undefined : await memory.find(TREE_REQUEST);
    const url = `/repos/${encodePath(fullName)}/git/trees/${encodeURIComponent(branch)}?recursive=1`;
    const answer = await this.get(url, { etag: remembered?.etag }, signal);
    if (answer.status === 304) return { isUnchanged: true };
    if (answer.status === 404) throw notOnHost(host, `branch ${branch} of ${fullName}`);
    // GitHub's word for a repository without a commit.
    if (answer.status === 409) return emptyTree();
    const { sha, tree, truncated } = parse(host, githubTreeSchema, answer.data);
    const etag = header(answer, 'etag');
    if (etag !== undefined) await memory.save(TREE_REQUEST, etag, []);
    if (sha === knownRevision) return { isUnchanged: true };
    const files = tree
      .filter(({ type }) => type === 'blob')
      .map(({ path: file, sha: blobId, size, mode }) => ({
        path: file,
        blobId,
        bytes: size ?? undefined,
        isLink: mode === LINK_MODE,
      }));
    return { isUnchanged: false, tree: { revision: sha, files, isTruncated: truncated } };
  }

  async organisation(organisation: string, signal: AbortSignal): Promise<HostedOrganisation> {
    const base = `/orgs/${encodePath(organisation)}`;
    const list = async <Item extends { id: number }>(
      request: string,
      url: string,
      schema: z.ZodType<Item>,
    ): Promise<HostedList<Item>> => {
      const found = await this.#list(request, url, schema, ({ id }) => String(id), signal);
      if (!found) throw notOnHost(this.#options.host, `organisation ${organisation}`);
      return found;
    };
    const people = await list('members', `${base}/members?filter=all`, githubMemberSchema);
    const teams = await list('teams', `${base}/teams?`, githubTeamSchema);
    const members: HostedList<z.output<typeof githubMemberSchema>>[] = [];
    for (const { slug } of teams.items) {
      members.push(
        await list(`team:${slug}`, `${base}/teams/${encodePath(slug)}/members?role=all`, githubMemberSchema),
      );
    }
    return {
      people: { ...people, items: people.items.map(toPerson) },
      teams: {
        ...teams,
        isComplete: teams.isComplete && members.every(({ isComplete }) => isComplete),
        items: teams.items.map((team, index) => ({
          slug: team.slug,
          name: team.name,
          description: team.description ?? undefined,
          parentSlug: team.parent?.slug,
          members: (members[index]?.items ?? []).map(({ login }) => login),
        })),
      },
    };
  }

  /** All pages of a list; undefined when the first is not there. */
  async #list<Item>(
    request: string,
    url: string,
    schema: z.ZodType<Item>,
    keyOf: (item: Item) => string,
    signal: AbortSignal,
  ): Promise<HostedList<Item> | undefined> {
    let isMissing = false;
    const fetchPage = async (page: number, etag: string | undefined): Promise<PageAnswer> => {
      const answer = await this.get(
        `${url}${url.endsWith('?') ? '' : '&'}per_page=${PAGE_SIZE}&page=${page}`,
        { etag },
        signal,
      );
      isMissing = page === 1 && answer.status === 404;
      return {
        items: isMissing ? [] : answer.data,
        isNotModified: answer.status === 304,
        etag: header(answer, 'etag'),
        hasNext: hasNextLink(header(answer, 'link')),
        // Single sign-on hides repositories of organisations that the token is not authorised for.
        isPartial: header(answer, 'x-github-sso')?.startsWith('partial-results') === true,
      };
    };
    const { host, memory } = this.#options;
    const found = await listPages({ host, request, memory, schema, keyOf, fetchPage });
    return isMissing ? undefined : found;
  }
}

/** The error class stands in a package of Octokit's that we do not depend on. */
function isRequestError(
  error: unknown,
): error is Error & { status: number; response?: { headers: Record<string, unknown> } } {
  return error instanceof Error && error.name === 'HttpError' && 'status' in error;
}

function toRepository(repository: GitHubRepository): HostedRepository {
  return {
    id: String(repository.id),
    fullName: repository.full_name,
    defaultBranch: repository.default_branch ?? undefined,
    isArchived: repository.archived === true || repository.disabled === true,
    isFork: repository.fork === true,
    isEmpty: repository.pushed_at === null,
    visibility: repository.visibility ?? (repository.private === true ? 'private' : 'public'),
    topics: repository.topics ?? [],
    changedAt: repository.pushed_at == null ? undefined : new Date(repository.pushed_at),
  };
}

function toPerson({ id, login, name, email, avatar_url }: z.output<typeof githubMemberSchema>) {
  return {
    login,
    id: String(id),
    name: name ?? undefined,
    email: email ?? undefined,
    pictureUrl: avatar_url ?? undefined,
  };
}

function emptyTree(): HeadAnswer {
  return { isUnchanged: false, tree: { revision: 'empty', files: [], isTruncated: false } };
}

function header({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

function parse<Schema extends z.ZodType>(host: string, schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw badAnswer(host, 'it is not what the API promises', parsed.error);
}
