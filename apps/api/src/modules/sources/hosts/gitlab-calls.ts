import type { Branches, GroupMembers, Groups, Projects, Repositories } from '@gitbeaker/rest';
import type { z } from 'zod';
import type { SourceReadError } from '../readers/source-reader.ts';
import { ARCHIVE_BOUNDS, badAnswer, notOnHost, type HostFetch } from './host-fetch.ts';
import { hasNextLink, listPages, PAGE_SIZE } from './host-pages.ts';
import type { AnswerMemory, HostedList } from './hosted-git.ts';

export interface GitLabOptions {
  /** For messages, e.g. `gitlab.com`. */
  host: string;
  apiBaseUrl: string;
  token: string | undefined;
  fetch: HostFetch;
  memory: AnswerMemory;
}

type Connection = NonNullable<ConstructorParameters<typeof Groups>[0]>;

/** What the library puts between a host and the prefix of its paths. */
const LIBRARY_BASE = ['', 'api', 'v4', ''].join('/');

/** What came back: JSON that nobody has looked at, or bytes. */
export interface GitLabAnswer {
  status: number;
  data: unknown;
  /** The answer as it was sent. */
  bytes: Uint8Array;
  headers: Headers;
}

/** The parts of the library that are used, on one connection. */
export interface GitLabApi {
  branches: Branches<boolean>;
  groups: Groups<boolean>;
  members: GroupMembers<boolean>;
  projects: Projects<boolean>;
  repositories: Repositories<boolean>;
}

/** Names a call by the library's own methods; what the library makes of the answer is not used. */
export type GitLabCall = (api: GitLabApi) => Promise<unknown>;

interface CallOptions {
  etag?: string | undefined;
  isArchive?: boolean;
}

/**
 * Calls GitLab. The library knows the paths and parameters of the API; the calls themselves are made here, since
 * its own would retry what is limited, and hide status and headers.
 */
export class GitLabCalls {
  readonly options: GitLabOptions;

  constructor(options: GitLabOptions) {
    this.options = options;
  }

  /** One GET. 304 and 404 come back as answers; everything else that is no success is thrown. */
  async get(call: GitLabCall, signal: AbortSignal, options: CallOptions = {}): Promise<GitLabAnswer> {
    let answered: GitLabAnswer | undefined;
    const get = async (endpoint: string, { searchParams = {} }: { searchParams?: object } = {}) => {
      answered = await this.#send(endpoint, searchParams, signal, options);
      // Enough for the library to come back: the answer is taken from here.
      return { body: [], headers: {}, status: answered.status };
    };
    await call(await this.#openApi(get));
    if (!answered) throw new Error('The library made no call.');
    return answered;
  }

  /** All pages of a list; undefined when it is not there. */
  async list<Item>(
    request: string,
    call: (api: GitLabApi, page: { page: number; perPage: number }) => Promise<unknown>,
    schema: z.ZodType<Item>,
    keyOf: (item: Item) => string,
    signal: AbortSignal,
  ): Promise<HostedList<Item> | undefined> {
    const { host, memory } = this.options;
    let isMissing = false;
    const found = await listPages({
      ...{ host, request, memory, schema, keyOf },
      fetchPage: async (page, etag) => {
        const answer = await this.get((api) => call(api, { page, perPage: PAGE_SIZE }), signal, { etag });
        isMissing = page === 1 && answer.status === 404;
        return {
          items: isMissing ? [] : answer.data,
          isNotModified: answer.status === 304,
          etag: answer.headers.get('etag') ?? undefined,
          hasNext: hasNextLink(answer.headers.get('link')) || Boolean(answer.headers.get('x-next-page')),
        };
      },
    });
    return isMissing ? undefined : found;
  }

  parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    throw badAnswer(this.options.host, 'it is not what the API promises', parsed.error);
  }

  missing(what: string): SourceReadError {
    return notOnHost(this.options.host, what);
  }

  async #openApi(
    get: (endpoint: string, options?: { searchParams?: object }) => Promise<unknown>,
  ): Promise<GitLabApi> {
    // For who has a GitLab: it is a large library.
    const library = await import('@gitbeaker/rest');
    const connection = {
      token: this.options.token ?? '',
      // Some parts of the library name their paths below a prefix, which stands at the end of their URL.
      requesterFn: ({ url }: { url: string }) => ({
        get: (endpoint: string, options?: { searchParams?: object }) =>
          get([url.split(LIBRARY_BASE)[1], endpoint].filter(Boolean).join('/'), options),
      }),
    };
    // The library asks for a requester of all methods; of this one only `get` is ever called.
    const options = connection as unknown as Connection;
    return {
      branches: new library.Branches(options),
      groups: new library.Groups(options),
      members: new library.GroupMembers(options),
      projects: new library.Projects(options),
      repositories: new library.Repositories(options),
    };
  }

  async #send(
    endpoint: string,
    parameters: object,
    signal: AbortSignal,
    { etag, isArchive = false }: CallOptions,
  ): Promise<GitLabAnswer> {
    const { apiBaseUrl, token, fetch } = this.options;
    const url = new URL(`${apiBaseUrl}/${endpoint}`);
    for (const [name, value] of Object.entries(parameters)) {
      if (value !== undefined) url.searchParams.set(name.replace(/[A-Z]/g, snakeCase), String(value));
    }
    const answer = await fetch(url, {
      headers: {
        ...(token === undefined ? {} : { 'private-token': token }),
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
      signal,
      ...(isArchive ? ARCHIVE_BOUNDS : {}),
    });
    const isJson = /^application\/json/.test(answer.headers.get('content-type') ?? '');
    const bytes = new Uint8Array(await answer.arrayBuffer());
    const isEmpty = answer.status === 304 || answer.status === 404;
    return {
      status: answer.status,
      headers: answer.headers,
      bytes,
      data: isEmpty ? undefined : isJson ? parseJson(bytes) : bytes,
    };
  }
}

function snakeCase(letter: string): string {
  return `_${letter.toLowerCase()}`;
}

/** Undefined for what is no JSON: no schema accepts that. */
function parseJson(bytes: Uint8Array): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}
