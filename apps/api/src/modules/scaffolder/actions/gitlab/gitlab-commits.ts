import { z } from 'zod';
import { apiPath, type HostApi } from '../hosts/host-api.ts';
import { blobReply, bytesOfBlob } from '../hosts/host-blob.ts';
import type { PublishedFile } from '../publication.ts';

/** One change of a commit, as the commits API takes it. */
export type GitLabChange =
  | {
      action: 'create' | 'update';
      file_path: string;
      content: string;
      encoding: 'base64';
      execute_filemode: boolean;
    }
  | { action: 'delete'; file_path: string };

/** What is committed to which branch. */
export interface GitLabCommit {
  branch: string;
  /** The branch that a new one begins at; a repository without a commit has none. */
  startBranch?: string;
  changes: readonly GitLabChange[];
  message: string;
  author: { name: string; email: string };
}

const branchReply = z.object({ commit: z.object({ id: z.string() }) });
const commitReply = z.object({ id: z.string() });
const treeReply = z.array(z.object({ id: z.string(), path: z.string(), type: z.string() }));

/** Of a repository that a merge request is for; a larger one needs commitAction. */
const MAX_TREE_PAGES = 200;
const PAGE_SIZE = 100;

/** The newest commit of a branch; undefined when there is no such branch. */
export async function headOfGitLab(
  gitlab: HostApi,
  project: number,
  branch: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const path = apiPath`/projects/${project}/repository/branches/${branch}`;
  const found = await gitlab.find({ method: 'GET', path, reply: branchReply, signal });
  return found?.commit.id;
}

/**
 * Commits in one call, all or nothing.
 *
 * @see https://docs.gitlab.com/api/commits/#create-a-commit-with-multiple-files-and-actions
 */
export async function commitToGitLab(
  gitlab: HostApi,
  project: number,
  { branch, startBranch, changes, message, author }: GitLabCommit,
  signal: AbortSignal,
): Promise<string> {
  const body = {
    ...{ branch, commit_message: message, author_name: author.name, author_email: author.email },
    ...(startBranch !== undefined && { start_branch: startBranch }),
    actions: changes,
  };
  const path = apiPath`/projects/${project}/repository/commits`;
  const made = await gitlab.call({ method: 'POST', path, body, reply: commitReply, signal });
  return made.id;
}

/** A file as the change that writes it. */
export function writes(action: 'create' | 'update', file: PublishedFile): GitLabChange {
  return {
    ...{ action, file_path: file.path, content: file.bytes.toString('base64'), encoding: 'base64' },
    execute_filemode: file.isExecutable,
  };
}

/** Git's id of the content of each file of a branch, by path. */
export async function blobsOfGitLab(
  gitlab: HostApi,
  project: number,
  branch: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const blobs = new Map<string, string>();
  for (let page = 1; page <= MAX_TREE_PAGES; page += 1) {
    const query = new URLSearchParams({
      ...{ ref: branch, recursive: 'true', per_page: String(PAGE_SIZE), page: String(page) },
    });
    const path = `${apiPath`/projects/${project}/repository/tree`}?${query}`;
    const entries = await gitlab.call({ method: 'GET', path, reply: treeReply, signal });
    for (const entry of entries) if (entry.type === 'blob') blobs.set(entry.path, entry.id);
    if (entries.length < PAGE_SIZE) break;
  }
  return blobs;
}

/** The content that a blob of GitLab has. */
export async function readGitLabBlob(
  gitlab: HostApi,
  project: number,
  blob: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = apiPath`/projects/${project}/repository/blobs/${blob}`;
  return bytesOfBlob(await gitlab.call({ method: 'GET', path, reply: blobReply, signal }));
}
