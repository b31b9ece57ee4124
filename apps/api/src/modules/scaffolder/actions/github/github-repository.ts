import { z } from 'zod';
import { NothingMadeFailure, type MadeEffect } from '../action.ts';
import { anyReply, apiPath, HostRefusal, type HostApi } from '../hosts/host-api.ts';
import { nameTaken } from '../hosts/host-failures.ts';
import { setGitHubBranch, refPath, type GitHubRepositoryName } from './github-commits.ts';

/** What is read of a repository. */
export const gitHubRepository = z.object({
  id: z.number(),
  description: z.string().nullish(),
  html_url: z.string(),
  clone_url: z.string(),
  default_branch: z.string(),
});
export type GitHubRepository = z.output<typeof gitHubRepository>;

/** What a repository is made with. */
export interface NewGitHubRepository extends GitHubRepositoryName {
  visibility: 'private' | 'public' | 'internal';
  /** Stands in the description until the repository is filled: by it a broken-off try knows its own. */
  mark: string;
}

export function findGitHubRepository(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  signal: AbortSignal,
): Promise<GitHubRepository | undefined> {
  return github.find({
    ...{ method: 'GET', path: apiPath`/repos/${owner}/${repo}`, reply: gitHubRepository, signal },
  });
}

/**
 * Makes a repository with one commit in it, since the Git data API does not work on an empty one.
 *
 * @param mayExist a try before may have made it
 * @throws NothingMadeFailure when somebody else has the name
 */
export async function createGitHubRepository(
  github: HostApi,
  { owner, repo, visibility, mark }: NewGitHubRepository,
  mayExist: boolean,
  signal: AbortSignal,
): Promise<MadeEffect> {
  const existing = mayExist ? await findGitHubRepository(github, { owner, repo }, signal) : undefined;
  if (existing && existing.description !== mark) throw nameTaken('repository', github.host, { owner, repo });
  const body = {
    name: repo,
    description: mark,
    private: visibility !== 'public',
    visibility,
    auto_init: true,
  };
  try {
    const made =
      existing ??
      (await github.call({
        ...{ method: 'POST', path: await accountPath(github, owner, signal), body, signal },
        reply: gitHubRepository,
      }));
    return { url: made.html_url, details: { repositoryId: made.id } };
  } catch (error) {
    if (!(error instanceof HostRefusal) || error.status >= 500) throw error;
    if (error.status === 422 && /already exists/i.test(error.reason))
      throw nameTaken('repository', github.host, { owner, repo });
    throw new NothingMadeFailure(error.message, error.hint, error);
  }
}

/** Lets the first commit be what was published, and the default branch have the name that was asked for. */
export async function setGitHubDefaultBranch(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  { branch, commit }: { branch: string; commit: string },
  signal: AbortSignal,
): Promise<void> {
  const path = apiPath`/repos/${owner}/${repo}`;
  await setGitHubBranch(github, { owner, repo }, branch, commit, signal);
  const found = await github.call({ method: 'GET', path, reply: gitHubRepository, signal });
  if (found.default_branch === branch) return;
  const body = { default_branch: branch };
  await github.call({ method: 'PATCH', path, body, reply: anyReply, signal });
  await github.find({
    ...{
      method: 'DELETE',
      path: `${path}/git/refs/${refPath(found.default_branch)}`,
      reply: anyReply,
      signal,
    },
  });
}

/** Removes a repository that a run has made, and no other that has its name by now. */
export async function removeGitHubRepository(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  { repositoryId, mark }: { repositoryId: unknown; mark: unknown },
  signal: AbortSignal,
): Promise<void> {
  const found = await findGitHubRepository(github, { owner, repo }, signal);
  if (!found) return;
  const isOurs = repositoryId === undefined ? found.description === mark : found.id === repositoryId;
  if (!isOurs) return;
  await github.call({ method: 'DELETE', path: apiPath`/repos/${owner}/${repo}`, reply: anyReply, signal });
}

const account = z.object({ login: z.string(), type: z.string().optional() });

/** Where repositories of an account are made: an organisation's, or the token's own. */
async function accountPath(github: HostApi, owner: string, signal: AbortSignal): Promise<string> {
  const found = await github.find({
    ...{ method: 'GET', path: apiPath`/users/${owner}`, reply: account, signal },
  });
  if (!found || found.type === 'Organization') return apiPath`/orgs/${owner}/repos`;
  const self = await github.call({ method: 'GET', path: '/user', reply: account, signal });
  if (self.login.toLowerCase() === owner.toLowerCase()) return '/user/repos';
  throw new NothingMadeFailure(
    `${owner} is the account of a person, and the token belongs to ${self.login}.`,
    'Choose an organisation, or let the template pass a token of that person.',
  );
}
