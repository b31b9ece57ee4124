import { z } from 'zod';
import { ARCHIVE_BOUNDS } from '../../hosts/host-fetch.ts';
import { FILE_MODES } from '../repository-tree.ts';
import { parseReply } from './github-api.ts';
import type { HostApi, HostTreeEntry } from './host-api.ts';
import { demandAnswer, jsonOf, type HostRequest } from './host-request.ts';

const treePage = z.array(z.object({ id: z.string(), path: z.string(), type: z.string(), mode: z.string() }));
const commitReply = z.object({ id: z.string() });
const projectReply = z.object({
  path: z.string(),
  description: z.string().nullish(),
  default_branch: z.string().nullish(),
  archived: z.boolean().default(false),
});

const PAGE_SIZE = 100;
/** Trees of more pages come from the archive: one request in place of many. */
const MAX_PAGES = 20;

/** GitLab's REST API, version 4. */
export function createGitLabApi(request: HostRequest): HostApi {
  const projectPath = (repository: string) => `/projects/${encodeURIComponent(repository)}`;
  return {
    openFile({ repository, ref, path }, etag, signal) {
      const file = `${projectPath(repository)}/repository/files/${encodeURIComponent(path)}/raw`;
      return request(`${file}?ref=${encodeURIComponent(ref)}`, {
        signal,
        headers: etag === undefined ? {} : { 'if-none-match': etag },
      });
    },

    async readTree({ repository, ref }, signal) {
      const entries: HostTreeEntry[] = [];
      const first = `${projectPath(repository)}/repository/tree?recursive=true&per_page=${PAGE_SIZE}&ref=${encodeURIComponent(ref)}`;
      for (let page = 1; page <= MAX_PAGES; page += 1) {
        const answer = await request(`${first}&page=${page}`, { signal });
        if (answer.status === 404) return { state: 'missing' };
        await demandAnswer(answer, 'GitLab');
        const items = parseReply(treePage, await jsonOf(answer, 'GitLab'));
        const files = items.filter(({ type, mode }) => type === 'blob' && FILE_MODES.has(mode));
        entries.push(...files.map(({ path, id }) => ({ path, blobId: id })));
        if (items.length < PAGE_SIZE) return { state: 'read', entries };
      }
      return { state: 'truncated' };
    },

    async commitOf({ repository, ref }, signal) {
      const target = `${projectPath(repository)}/repository/commits/${encodeURIComponent(ref)}`;
      const answer = await request(target, { signal });
      if (answer.status === 404) return undefined;
      await demandAnswer(answer, 'GitLab');
      return parseReply(commitReply, await jsonOf(answer, 'GitLab')).id;
    },

    openArchive: ({ repository, ref }, signal) =>
      request(`${projectPath(repository)}/repository/archive.tar.gz?sha=${encodeURIComponent(ref)}`, {
        signal,
        ...ARCHIVE_BOUNDS,
      }),

    async describe(repository, signal) {
      const answer = await request(projectPath(repository), { signal });
      if (answer.status === 404) return undefined;
      await demandAnswer(answer, 'GitLab');
      const reply = parseReply(projectReply, await jsonOf(answer, 'GitLab'));
      return {
        name: reply.path,
        description: reply.description ?? undefined,
        defaultBranch: reply.default_branch ?? 'HEAD',
        language: undefined,
        isArchived: reply.archived,
      };
    },
  };
}
