import { z } from 'zod';
import { blobIdOf } from '../../../../platform/git/blob-id.ts';
import { workspacePath } from '../../workspace/workspace-path.ts';
import {
  defineAction,
  textIn,
  type ActionContext,
  type MadeEffect,
  type ScaffolderAction,
} from '../action.ts';
import { anyReply, apiPath, type HostApi } from '../hosts/host-api.ts';
import { problemsFrom } from '../action-problem.ts';
import { branchTaken, changesNothing, notThere } from '../hosts/host-failures.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { branchName, commitOf, type CommitDefaults } from '../publish/publish-input.ts';
import { gatheredFiles, publishedFiles } from '../publish/published-files.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';
import {
  blobsOfGitLab,
  commitToGitLab,
  headOfGitLab,
  readGitLabBlob,
  writes,
  type GitLabChange,
} from './gitlab-commits.ts';
import { findGitLabProject, type GitLabProject } from './gitlab-project.ts';

const username = z.string().max(100);
const input = z.object({
  ...hostInput,
  branchName: branchName.describe('The branch that is made'),
  targetBranchName: branchName.optional().describe('The branch that it is to be merged into'),
  title: z.string().min(1).max(255),
  description: z.string().max(65_000).default(''),
  sourcePath: z.string().max(1_000).default('.'),
  targetPath: z.string().max(1_000).default(''),
  commitAction: z
    .enum(['auto', 'create', 'update', 'delete', 'skip'])
    .default('auto')
    .describe('What is done with each file; auto looks which are there'),
  removeSourceBranch: z.boolean().default(false),
  assignee: username.optional(),
  reviewers: z.array(username).max(50).optional(),
  labels: z.union([z.string().max(1_000), z.array(z.string().max(255)).max(50)]).optional(),
  gitCommitMessage: z.string().max(5_000).optional(),
  gitAuthorName: z.string().max(200).optional(),
  gitAuthorEmail: z.string().max(200).optional(),
});
type Input = z.output<typeof input>;

const mergeRequest = z.object({ iid: z.number(), web_url: z.string() });

interface Target {
  gitlab: HostApi;
  host: string;
  project: GitLabProject;
  base: string;
}

/** The action `publish:gitlab:merge-request`: a branch with the files of the workspace, and a request to merge it. */
export function createPublishGitLabMergeRequest({
  hosts,
  openApi,
  defaults,
}: HostServices): ScaffolderAction {
  return defineAction({
    id: 'publish:gitlab:merge-request',
    description: 'Commits the workspace to a new branch of a project on GitLab and opens a merge request.',
    input,
    output: z.object({
      ...{ targetBranchName: z.string(), projectid: z.string(), projectPath: z.string() },
      ...{ mergeRequestUrl: z.string(), mergeRequestId: z.number() },
    }),
    examples: [
      {
        description: 'Propose the files of the workspace',
        example:
          'action: publish:gitlab:merge-request\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  branchName: add-docs\n  title: Add docs\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan: (known) => [
      `Opens the merge request "${textIn(known, 'title') ?? ''}" in ${shownRepository(textIn(known, 'repoUrl'), 'gitlab', hosts)}`,
    ],

    async check(known, { signal }) {
      const repoUrl = textIn(known, 'repoUrl');
      if (repoUrl === undefined) return [];
      return problemsFrom(async () => {
        const { host, owner, repo } = demandRepository(repoUrl, 'gitlab', hosts);
        const gitlab = openApi('gitlab', host, textIn(known, 'token'));
        const project = await findGitLabProject(gitlab, { owner, repo }, signal);
        return project ? [] : [notThere('project', host, { owner, repo })];
      });
    },

    async run(parsed, context) {
      const { host, owner, repo } = demandRepository(parsed.repoUrl, 'gitlab', hosts);
      const gitlab = openApi('gitlab', host, parsed.token);
      const project = await findGitLabProject(gitlab, { owner, repo }, context.signal);
      if (!project) throw notThere('project', host, { owner, repo });
      const base = parsed.targetBranchName ?? project.default_branch ?? 'main';
      const target = { gitlab, host, project, base };
      await pushBranch(target, parsed, context, defaults);
      const opened = await openMergeRequest(target, parsed, context);
      context.log.info(`Opened ${opened.url}`);
      return {
        ...{ targetBranchName: base, projectid: project.path_with_namespace },
        projectPath: project.path_with_namespace,
        ...{ mergeRequestUrl: opened.url, mergeRequestId: opened.iid },
      };
    },

    async publication(parsed, { workspace, signal, isExample }) {
      const { host, owner, repo } = demandRepository(parsed.repoUrl, 'gitlab', hosts);
      const files = await gatheredFiles(
        publishedFiles({ workspace, signal }, parsed.sourcePath, workspacePath(parsed.targetPath)),
      );
      if (isExample) return { title: `${owner}/${repo} on ${host}`, files };
      const gitlab = openApi('gitlab', host, parsed.token);
      const project = await findGitLabProject(gitlab, { owner, repo }, signal);
      if (!project) throw notThere('project', host, { owner, repo });
      const base = parsed.targetBranchName ?? project.default_branch ?? 'main';
      const isRemoving = parsed.commitAction === 'delete';
      return {
        title: `${project.path_with_namespace} on ${host}`,
        files: isRemoving || parsed.commitAction === 'skip' ? [] : files,
        existing: {
          blobs: await blobsOfGitLab(gitlab, project.id, base, signal),
          read: (blob) => readGitLabBlob(gitlab, project.id, blob, signal),
          removed: isRemoving ? files.map(({ path }) => path) : [],
        },
      };
    },

    async undo({ details }, { signal }) {
      const { host, projectId, iid, branch, commit } = details;
      if (typeof host !== 'string' || typeof projectId !== 'number') return;
      const gitlab = openApi('gitlab', host);
      if (typeof iid === 'number') {
        const path = apiPath`/projects/${projectId}/merge_requests/${iid}`;
        await gitlab.find({ method: 'PUT', path, body: { state_event: 'close' }, reply: anyReply, signal });
      }
      // Somebody has worked on the branch: then it is theirs.
      if (typeof branch !== 'string') return;
      if ((await headOfGitLab(gitlab, projectId, branch, signal)) !== commit) return;
      const path = apiPath`/projects/${projectId}/repository/branches/${branch}`;
      await gitlab.find({ method: 'DELETE', path, reply: anyReply, signal });
    },
  });
}

async function pushBranch(
  { gitlab, host, project, base }: Target,
  parsed: Input,
  { effects, workspace, signal, taskId }: ActionContext,
  defaults: CommitDefaults,
): Promise<void> {
  if (parsed.commitAction === 'skip') return;
  const branch = parsed.branchName;
  const message = parsed.gitCommitMessage ?? parsed.title;
  const { author } = commitOf(parsed, defaults);
  const make = async ({ mayExist }: { mayExist: boolean }): Promise<MadeEffect> => {
    const existing = await headOfGitLab(gitlab, project.id, branch, signal);
    if (existing !== undefined) {
      if (mayExist && (await messageOf(gitlab, project.id, existing, signal)).includes(taskId)) {
        return { details: { branch, commit: existing } };
      }
      throw branchTaken(branch);
    }
    const changes = await changesFor({ gitlab, host, project, base }, parsed, workspace, signal);
    if (changes.length === 0) throw changesNothing(base);
    const commit = await commitToGitLab(
      gitlab,
      project.id,
      // The last line lets a broken-off try know its own commit again: GitLab dates commits by its own clock.
      { branch, startBranch: base, changes, message: `${message}\n\nWaymark-Run: ${taskId}`, author },
      signal,
    );
    return { details: { branch, commit } };
  };
  await effects.once(
    {
      key: `branch ${host}/${project.id}#${branch}`,
      kind: 'branch',
      title: `Branch ${branch} of ${project.path_with_namespace} on ${host}`,
      details: { hostType: 'gitlab', host, projectId: project.id },
    },
    make,
  );
}

async function messageOf(
  gitlab: HostApi,
  project: number,
  commit: string,
  signal: AbortSignal,
): Promise<string> {
  const path = apiPath`/projects/${project}/repository/commits/${commit}`;
  const reply = z.object({ message: z.string() });
  return (await gitlab.call({ method: 'GET', path, reply, signal })).message;
}

async function changesFor(
  { gitlab, project, base }: Target,
  { sourcePath, targetPath, commitAction }: Input,
  workspace: ActionContext['workspace'],
  signal: AbortSignal,
): Promise<GitLabChange[]> {
  const files = await gatheredFiles(
    publishedFiles({ workspace, signal }, sourcePath, workspacePath(targetPath)),
  );
  if (commitAction === 'delete') return files.map(({ path }) => ({ action: 'delete', file_path: path }));
  if (commitAction !== 'auto') return files.map((file) => writes(commitAction === 'update' ? 'update' : 'create', file)); // prettier-ignore
  const known = await blobsOfGitLab(gitlab, project.id, base, signal);
  return files.flatMap((file) => {
    const before = known.get(file.path);
    if (before === blobIdOf(file.bytes)) return [];
    return [writes(before === undefined ? 'create' : 'update', file)];
  });
}

async function openMergeRequest(
  { gitlab, host, project, base }: Target,
  parsed: Input,
  { effects, signal }: ActionContext,
): Promise<{ iid: number; url: string }> {
  const { branchName: branch, title, description, removeSourceBranch, labels } = parsed;
  const path = apiPath`/projects/${project.id}/merge_requests`;
  const make = async ({ mayExist }: { mayExist: boolean }): Promise<MadeEffect> => {
    const query = new URLSearchParams({ state: 'opened', source_branch: branch, target_branch: base });
    const [existing] = mayExist
      ? await gitlab.call({
          ...{ method: 'GET', path: `${path}?${query}`, reply: z.array(mergeRequest), signal },
        })
      : [];
    const [assignee] = await idsOf(gitlab, parsed.assignee === undefined ? [] : [parsed.assignee], signal);
    const body = {
      ...{ title, description, source_branch: branch, target_branch: base },
      ...{ remove_source_branch: removeSourceBranch, assignee_id: assignee },
      reviewer_ids: await idsOf(gitlab, parsed.reviewers ?? [], signal),
      ...(labels !== undefined && { labels: [labels].flat().join(',') }),
    };
    const opened =
      existing ?? (await gitlab.call({ method: 'POST', path, body, reply: mergeRequest, signal }));
    return { url: opened.web_url, details: { iid: opened.iid } };
  };
  const made = await effects.once(
    {
      key: `merge-request ${host}/${project.id}#${branch}`,
      kind: 'pull-request',
      title: `Merge request "${title}" in ${project.path_with_namespace} on ${host}`,
      details: { hostType: 'gitlab', host, projectId: project.id },
    },
    make,
  );
  return { iid: Number(made.details['iid']), url: made.url ?? '' };
}

/** GitLab asks for numbers where people write names. Names that nobody has are left out. */
async function idsOf(gitlab: HostApi, names: readonly string[], signal: AbortSignal): Promise<number[]> {
  const ids: number[] = [];
  for (const name of names) {
    const path = `/users?${new URLSearchParams({ username: name })}`;
    const reply = z.array(z.object({ id: z.number() }));
    const [found] = await gitlab.call({ method: 'GET', path, reply, signal });
    if (found) ids.push(found.id);
  }
  return ids;
}
