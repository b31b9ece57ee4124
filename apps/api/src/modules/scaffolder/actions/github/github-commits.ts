import { z } from 'zod';
import { blobReply, bytesOfBlob } from '../hosts/host-blob.ts';
import { apiPath, type HostApi } from '../hosts/host-api.ts';
import { textOf, type PublishedFile } from '../publication.ts';

/** A repository of GitHub by its names. */
export interface GitHubRepositoryName {
  owner: string;
  repo: string;
}

/** What is committed, and on what. */
export interface GitHubCommit {
  files: readonly PublishedFile[];
  /** Paths that the commit removes. */
  removed?: readonly string[];
  /** The commit that this one stands on; the first commit of a repository has none. */
  parent?: { commit: string; tree: string };
  message: string;
  author: { name: string; email: string };
  /** The same at every try, so that every try makes the same commit. */
  at: Date;
}

const sha = z.object({ sha: z.string() });
const commitReply = z.object({ sha: z.string(), tree: sha });
const treeReply = z.object({
  tree: z.array(z.object({ path: z.string(), sha: z.string(), type: z.string() })),
});
const refReply = z.object({ object: sha });

/** Of one call that makes a tree: GitHub takes more, but not much. */
const MAX_TREE_BYTES = 4 * 1024 * 1024;
const MAX_TREE_ENTRIES = 1_000;

/**
 * Commits files through the Git data API, which needs no working copy and no git: blobs, a tree, a commit. Equal
 * input makes an equal commit, whichever try it is.
 *
 * @see https://docs.github.com/en/rest/git
 */
export async function commitToGitHub(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  { files, removed = [], parent, message, author, at }: GitHubCommit,
  signal: AbortSignal,
): Promise<{ commit: string; tree: string }> {
  const git = apiPath`/repos/${owner}/${repo}/git`;
  const post = <Reply extends z.ZodType>(path: string, body: object, reply: Reply) =>
    github.call({ method: 'POST', path: `${git}/${path}`, body, reply, signal });
  let tree = parent?.tree;
  for (const batch of batchesOf(files)) {
    const entries = [];
    for (const file of batch) {
      const mode = file.isExecutable ? '100755' : '100644';
      const content = textOf(file.bytes);
      const blob = content === undefined ? await postBlob(file.bytes) : undefined;
      entries.push({ path: file.path, mode, type: 'blob', ...(blob ?? { content }) });
    }
    ({ sha: tree } = await post('trees', { tree: entries, ...(tree && { base_tree: tree }) }, sha));
  }
  if (removed.length > 0) {
    const entries = removed.map((path) => ({ path, mode: '100644', type: 'blob', sha: null }));
    ({ sha: tree } = await post('trees', { tree: entries, ...(tree && { base_tree: tree }) }, sha));
  }
  const person = { ...author, date: `${at.toISOString().slice(0, 19)}Z` };
  const body = { message, tree, parents: parent ? [parent.commit] : [], author: person, committer: person };
  const made = await post('commits', body, commitReply);
  return { commit: made.sha, tree: made.tree.sha };

  async function postBlob(bytes: Buffer) {
    return post('blobs', { content: bytes.toString('base64'), encoding: 'base64' }, sha);
  }
}

/** The newest commit of a branch; undefined when there is no such branch. */
export async function headOfGitHub(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  branch: string,
  signal: AbortSignal,
): Promise<{ commit: string; tree: string } | undefined> {
  const git = apiPath`/repos/${owner}/${repo}/git`;
  const get = { method: 'GET', signal } as const;
  const ref = await github.find({ ...get, path: `${git}/ref/${refPath(branch)}`, reply: refReply });
  if (!ref) return undefined;
  const path = `${git}/commits/${ref.object.sha}`;
  const commit = await github.call({ ...get, path, reply: commitReply });
  return { commit: commit.sha, tree: commit.tree.sha };
}

/** Git's id of the content of each file of a tree, by path. Of very large trees GitHub leaves the end out. */
export async function blobsOfGitHub(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  tree: string,
  signal: AbortSignal,
): Promise<Map<string, string>> {
  const path = `${apiPath`/repos/${owner}/${repo}/git/trees/${tree}`}?recursive=1`;
  const { tree: entries } = await github.call({ method: 'GET', path, reply: treeReply, signal });
  return new Map(entries.flatMap(({ path: file, sha: id, type }) => (type === 'blob' ? [[file, id]] : [])));
}

/** The content that a blob of GitHub has. */
export async function readGitHubBlob(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  blob: string,
  signal: AbortSignal,
): Promise<Buffer> {
  const path = apiPath`/repos/${owner}/${repo}/git/blobs/${blob}`;
  return bytesOfBlob(await github.call({ method: 'GET', path, reply: blobReply, signal }));
}

/** Lets a branch show a commit, whatever it showed before. */
export async function setGitHubBranch(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  branch: string,
  commit: string,
  signal: AbortSignal,
): Promise<void> {
  const repository = apiPath`/repos/${owner}/${repo}/git`;
  const existing = await github.find({
    ...{ method: 'GET', path: `${repository}/ref/${refPath(branch)}`, reply: refReply, signal },
  });
  if (existing?.object.sha === commit) return;
  await github.call(
    existing
      ? {
          ...{ method: 'PATCH', path: `${repository}/refs/${refPath(branch)}`, reply: refReply, signal },
          body: { sha: commit, force: true },
        }
      : {
          ...{ method: 'POST', path: `${repository}/refs`, reply: refReply, signal },
          body: { ref: `refs/heads/${branch}`, sha: commit },
        },
  );
}

/** A branch as the paths of refs name it: its slashes stand for themselves. */
export function refPath(branch: string): string {
  return ['heads', ...branch.split('/')].map((part) => apiPath`${part}`).join('/');
}

function* batchesOf(files: readonly PublishedFile[]): Generator<PublishedFile[]> {
  let batch: PublishedFile[] = [];
  let bytes = 0;
  for (const file of files) {
    if (
      batch.length > 0 &&
      (bytes + file.bytes.length > MAX_TREE_BYTES || batch.length >= MAX_TREE_ENTRIES)
    ) {
      yield batch;
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.bytes.length;
  }
  if (batch.length > 0) yield batch;
}
