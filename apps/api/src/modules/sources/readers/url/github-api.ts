import { z } from 'zod';
import { encodePath } from '../../../../platform/outbound/index.ts';
import { ARCHIVE_BOUNDS } from '../../hosts/host-fetch.ts';
import { FILE_MODES } from '../repository-tree.ts';
import { SourceReadError } from '../source-reader.ts';
import type { HostApi } from './host-api.ts';
import { demandAnswer, jsonOf, type HostRequest } from './host-request.ts';

const OBJECT_ID = /^[0-9a-f]{40,64}$/;
/** A text that has to be JSON. */
const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue({ code: 'custom', message: 'is no JSON' });
    return z.NEVER;
  }
});

const tree = z.object({
  truncated: z.boolean().default(false),
  tree: z.array(z.object({ path: z.string(), type: z.string(), mode: z.string(), sha: z.string() })),
});
const repositoryReply = z.object({
  name: z.string(),
  description: z.string().nullish(),
  default_branch: z.string(),
  language: z.string().nullish(),
  archived: z.boolean().default(false),
});
/** What the contents API gives when it does not know the raw media type. */
const fileReply = z.object({ type: z.literal('file'), encoding: z.literal('base64'), content: z.string() });

const commitReply = jsonText.pipe(z.object({ sha: z.string().regex(OBJECT_ID) }));

const JSON_HEADERS = { accept: 'application/vnd.github+json', 'x-github-api-version': '2022-11-28' };

/** GitHub's REST API, as github.com and GitHub Enterprise Server speak it. */
export function createGitHubApi(request: HostRequest): HostApi {
  const repositoryPath = (repository: string) => `/repos/${encodePath(repository)}`;
  return {
    async openFile({ repository, ref, path }, etag, signal) {
      const target = `${repositoryPath(repository)}/contents/${encodePath(path)}?ref=${encodeURIComponent(ref)}`;
      const answer = await request(target, {
        signal,
        headers: {
          ...JSON_HEADERS,
          accept: 'application/vnd.github.raw',
          ...(etag === undefined ? {} : { 'if-none-match': etag }),
        },
      });
      return answer.status === 200 ? asFile(answer) : answer;
    },

    async readTree({ repository, ref }, signal) {
      const target = `${repositoryPath(repository)}/git/trees/${encodeURIComponent(ref)}?recursive=1`;
      const answer = await request(target, { signal, headers: JSON_HEADERS });
      // 409: a repository without a commit.
      if (answer.status === 404 || answer.status === 409) return { state: 'missing' };
      await demandAnswer(answer, 'GitHub');
      const { tree: entries, truncated } = parseReply(tree, await jsonOf(answer, 'GitHub'));
      if (truncated) return { state: 'truncated' };
      const files = entries.filter(({ type, mode }) => type === 'blob' && FILE_MODES.has(mode));
      return { state: 'read', entries: files.map(({ path, sha }) => ({ path, blobId: sha })) };
    },

    async commitOf({ repository, ref }, signal) {
      const target = `${repositoryPath(repository)}/commits/${encodeURIComponent(ref)}`;
      // Its own media type gives nothing but the id: the commit itself may list thousands of files.
      const headers = { ...JSON_HEADERS, accept: 'application/vnd.github.sha' };
      const answer = await request(target, { signal, headers });
      // 422: no commit of that name; 409: a repository without a commit.
      if ([404, 409, 422].includes(answer.status)) return undefined;
      await demandAnswer(answer, 'GitHub');
      return commitIn(await answer.text());
    },

    openArchive: ({ repository, ref }, signal) =>
      request(`${repositoryPath(repository)}/tarball/${encodeURIComponent(ref)}`, {
        ...{ signal, ...ARCHIVE_BOUNDS },
        headers: JSON_HEADERS,
      }),

    async describe(repository, signal) {
      const answer = await request(repositoryPath(repository), { signal, headers: JSON_HEADERS });
      if (answer.status === 404) return undefined;
      await demandAnswer(answer, 'GitHub');
      const reply = parseReply(repositoryReply, await jsonOf(answer, 'GitHub'));
      return {
        name: reply.name,
        description: reply.description ?? undefined,
        defaultBranch: reply.default_branch,
        language: reply.language ?? undefined,
        isArchived: reply.archived,
      };
    },
  };
}

/** Where a host gives the file wrapped in JSON, or a folder, whatever was asked for. */
async function asFile(answer: Response): Promise<Response> {
  if (!answer.headers.get('content-type')?.startsWith('application/json')) return answer;
  const text = await answer.text();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return new Response(text, { headers: answer.headers });
  }
  const wrapped = fileReply.safeParse(value);
  if (wrapped.success) {
    return new Response(Buffer.from(wrapped.data.content, 'base64'), { headers: answer.headers });
  }
  throw new SourceReadError(
    'url.not-a-file',
    'The URL is that of a folder, not of a file.',
    'Give the URL of a file, or a pattern such as …/blob/main/**/catalog-info.yaml.',
  );
}

/** The id itself, or the commit around it from a host that does not know the media type. */
function commitIn(text: string): string {
  const id = text.trim();
  return OBJECT_ID.test(id) ? id : parseReply(commitReply, text).sha;
}

/** Answers of other servers are checked like any input. */
export function parseReply<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new SourceReadError(
    'url.failed',
    'The host answers with something else than its API promises.',
    'Check apiBaseUrl under integrations in the configuration.',
    parsed.error,
  );
}
