import { z } from 'zod';
import { NothingMadeFailure, type MadeEffect } from '../action.ts';
import { anyReply, apiPath, HostRefusal, type HostApi } from '../hosts/host-api.ts';
import { nameTaken } from '../hosts/host-failures.ts';

/** A project of GitLab by the path of its group and its own. */
export interface GitLabProjectName {
  owner: string;
  repo: string;
}

/** What is read of a project. */
export const gitLabProject = z.object({
  id: z.number(),
  description: z.string().nullish(),
  web_url: z.string(),
  http_url_to_repo: z.string(),
  path_with_namespace: z.string(),
  default_branch: z.string().nullish(),
});
export type GitLabProject = z.output<typeof gitLabProject>;

/** What a project is made with. */
export interface NewGitLabProject extends GitLabProjectName {
  visibility: 'private' | 'public' | 'internal';
  /** Stands in the description until the project is filled: by it a broken-off try knows its own. */
  mark: string;
}

/** The path of a project below the API, by its names. */
export function projectPath({ owner, repo }: GitLabProjectName): string {
  return apiPath`/projects/${`${owner}/${repo}`}`;
}

export function findGitLabProject(
  gitlab: HostApi,
  name: GitLabProjectName,
  signal: AbortSignal,
): Promise<GitLabProject | undefined> {
  return gitlab.find({ method: 'GET', path: projectPath(name), reply: gitLabProject, signal });
}

/**
 * Makes an empty project.
 *
 * @param mayExist a try before may have made it
 * @throws NothingMadeFailure when somebody else has the name
 */
export async function createGitLabProject(
  gitlab: HostApi,
  { owner, repo, visibility, mark }: NewGitLabProject,
  mayExist: boolean,
  signal: AbortSignal,
): Promise<MadeEffect> {
  const existing = mayExist ? await findGitLabProject(gitlab, { owner, repo }, signal) : undefined;
  if (existing && existing.description !== mark) throw nameTaken('project', gitlab.host, { owner, repo });
  try {
    const made = existing ?? (await create());
    return { url: made.web_url, details: { projectId: made.id } };
  } catch (error) {
    if (!(error instanceof HostRefusal) || error.status >= 500) throw error;
    if (/already been taken/i.test(error.reason)) throw nameTaken('project', gitlab.host, { owner, repo });
    throw new NothingMadeFailure(error.message, error.hint, error);
  }

  async function create(): Promise<GitLabProject> {
    const body = {
      ...{ name: repo, path: repo, namespace_id: await namespaceId(gitlab, owner, signal) },
      ...{ visibility, description: mark, initialize_with_readme: false },
    };
    return gitlab.call({ method: 'POST', path: '/projects', body, reply: gitLabProject, signal });
  }
}

/** Removes a project that a run has made, and no other that has its name by now. */
export async function removeGitLabProject(
  gitlab: HostApi,
  name: GitLabProjectName,
  { projectId, mark }: { projectId: unknown; mark: unknown },
  signal: AbortSignal,
): Promise<void> {
  const found = await findGitLabProject(gitlab, name, signal);
  if (!found) return;
  const isOurs = projectId === undefined ? found.description === mark : found.id === projectId;
  if (!isOurs) return;
  const path = apiPath`/projects/${found.id}`;
  await gitlab.call({ method: 'DELETE', path, reply: anyReply, signal });
}

async function namespaceId(gitlab: HostApi, owner: string, signal: AbortSignal): Promise<number> {
  const path = apiPath`/namespaces/${owner}`;
  const found = await gitlab.find({ method: 'GET', path, reply: z.object({ id: z.number() }), signal });
  if (found) return found.id;
  throw new NothingMadeFailure(
    `${gitlab.host} has no group ${owner}, or hides it from the token.`,
    'Check the name of the group, and that the token may make projects in it.',
  );
}
