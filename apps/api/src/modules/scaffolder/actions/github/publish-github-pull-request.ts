import { z } from 'zod';
import { workspacePath } from '../../workspace/workspace-path.ts';
import {
  defineAction,
  NothingMadeFailure,
  textIn,
  type ActionContext,
  type MadeEffect,
  type ScaffolderAction,
} from '../action.ts';
import { anyReply, apiPath, HostRefusal, type HostApi } from '../hosts/host-api.ts';
import { problemsFrom } from '../action-problem.ts';
import { branchTaken, changesNothing, notThere } from '../hosts/host-failures.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { branchName, commitOf } from '../publish/publish-input.ts';
import { gatheredFiles, publishedFiles } from '../publish/published-files.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';
import {
  blobsOfGitHub,
  commitToGitHub,
  headOfGitHub,
  readGitHubBlob,
  refPath,
  setGitHubBranch,
} from './github-commits.ts';
import { findGitHubRepository } from './github-repository.ts';

const login = z.string().max(100);
const input = z.object({
  ...hostInput,
  branchName: branchName.describe('The branch that is made'),
  targetBranchName: branchName.optional().describe('The branch that it is to be merged into'),
  title: z.string().min(1).max(500),
  description: z.string().max(65_000),
  draft: z.boolean().default(false),
  sourcePath: z.string().max(1_000).default('.'),
  targetPath: z.string().max(1_000).default(''),
  filesToDelete: z.array(z.string().max(1_000)).max(1_000).optional(),
  reviewers: z.array(login).max(50).optional(),
  teamReviewers: z.array(login).max(50).optional(),
  assignees: z.array(login).max(10).optional(),
  commitMessage: z.string().max(5_000).optional(),
  gitAuthorName: z.string().max(200).optional(),
  gitAuthorEmail: z.string().max(200).optional(),
  update: z.boolean().default(false).describe('Add to a branch and a pull request that are there already'),
  forceFork: z.literal(false).optional().describe('This server makes no forks'),
});
type Input = z.output<typeof input>;

const pullRequest = z.object({ number: z.number(), html_url: z.string(), state: z.string() });

/** What is known of the repository that the pull request is for. */
interface Target {
  github: HostApi;
  host: string;
  owner: string;
  repo: string;
  base: string;
}

/** The action `publish:github:pull-request`: a branch with the files of the workspace, and a request to merge it. */
export function createPublishGitHubPullRequest({ hosts, openApi, defaults }: HostServices): ScaffolderAction {
  return defineAction({
    id: 'publish:github:pull-request',
    description: 'Commits the workspace to a new branch of a repository on GitHub and opens a pull request.',
    input,
    output: z.object({
      remoteUrl: z.string(),
      pullRequestNumber: z.number(),
      targetBranchName: z.string(),
    }),
    examples: [
      {
        description: 'Propose the files of the workspace',
        example:
          'action: publish:github:pull-request\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  branchName: add-docs\n  title: Add docs\n  description: Written from the template.\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan: (known) => [
      `Opens the pull request "${textIn(known, 'title') ?? ''}" in ${shownRepository(textIn(known, 'repoUrl'), 'github', hosts)}`,
    ],

    async check(known, { signal }) {
      const repoUrl = textIn(known, 'repoUrl');
      if (repoUrl === undefined) return [];
      return problemsFrom(async () => {
        const { host, owner, repo } = demandRepository(repoUrl, 'github', hosts);
        const github = openApi('github', host, textIn(known, 'token'));
        const found = await findGitHubRepository(github, { owner, repo }, signal);
        if (!found) return [notThere('repository', host, { owner, repo })];
        const branch = textIn(known, 'branchName');
        if (branch === undefined || known['update'] === true) return [];
        const head = await headOfGitHub(github, { owner, repo }, branch, signal);
        return head ? [branchTaken(branch)] : [];
      });
    },

    async run(parsed, context) {
      const { host, owner, repo } = demandRepository(parsed.repoUrl, 'github', hosts);
      const github = openApi('github', host, parsed.token);
      const found = await findGitHubRepository(github, { owner, repo }, context.signal);
      if (!found) throw notThere('repository', host, { owner, repo });
      const base = parsed.targetBranchName ?? found.default_branch;
      const target = { github, host, owner, repo, base };
      await pushBranch(target, parsed, context, commitOf({ ...parsed, gitCommitMessage: parsed.commitMessage ?? parsed.title }, defaults)); // prettier-ignore
      const opened = await openPullRequest(target, parsed, context);
      await askPeople(target, opened.number, parsed, context);
      context.log.info(`Opened ${opened.url}`);
      return { remoteUrl: opened.url, pullRequestNumber: opened.number, targetBranchName: base };
    },

    async publication(parsed, { workspace, signal, isExample }) {
      const { host, owner, repo } = demandRepository(parsed.repoUrl, 'github', hosts);
      const title = `${owner}/${repo} on ${host}`;
      const files = await gatheredFiles(
        publishedFiles({ workspace, signal }, parsed.sourcePath, parsed.targetPath),
      );
      if (isExample) return { title, files };
      const github = openApi('github', host, parsed.token);
      const found = await findGitHubRepository(github, { owner, repo }, signal);
      if (!found) throw notThere('repository', host, { owner, repo });
      const base = parsed.targetBranchName ?? found.default_branch;
      const own = parsed.update ? await headOfGitHub(github, { owner, repo }, parsed.branchName, signal) : undefined; // prettier-ignore
      const parent = own ?? (await headOfGitHub(github, { owner, repo }, base, signal));
      if (!parent) throw noBase(base);
      return {
        ...{ title, files },
        existing: {
          blobs: await blobsOfGitHub(github, { owner, repo }, parent.tree, signal),
          read: (blob) => readGitHubBlob(github, { owner, repo }, blob, signal),
          removed: removedBy(parsed),
        },
      };
    },

    async undo({ details }, { signal }) {
      const { host, owner, repo, number, branch, commit } = details;
      if (typeof host !== 'string' || typeof owner !== 'string' || typeof repo !== 'string') return;
      const github = openApi('github', host);
      if (typeof number === 'number') {
        const path = apiPath`/repos/${owner}/${repo}/pulls/${number}`;
        const body = { state: 'closed' };
        await github.find({ method: 'PATCH', path, body, reply: anyReply, signal });
      }
      if (typeof branch === 'string') await removeBranch(github, { owner, repo, branch, commit }, signal);
    },
  });
}

/** Commits to the branch, once; what somebody else has pushed to a branch of that name is left alone. */
async function pushBranch(
  { github, host, owner, repo, base }: Target,
  parsed: Input,
  { effects, workspace, startedAt, signal }: ActionContext,
  { message, author }: ReturnType<typeof commitOf>,
): Promise<void> {
  const branch = parsed.branchName;
  const files = await gatheredFiles(
    publishedFiles({ workspace, signal }, parsed.sourcePath, parsed.targetPath),
  );
  const removed = removedBy(parsed);
  const make = async ({ mayExist }: { mayExist: boolean }): Promise<MadeEffect> => {
    const existing = await headOfGitHub(github, { owner, repo }, branch, signal);
    if (existing && !mayExist && !parsed.update) throw branchTaken(branch);
    const parent =
      existing && parsed.update ? existing : await headOfGitHub(github, { owner, repo }, base, signal);
    if (!parent) throw noBase(base);
    const made = await commitToGitHub(
      github,
      { owner, repo },
      { files, removed, parent, message, author, at: startedAt },
      signal,
    );
    if (made.tree === parent.tree) throw changesNothing(base);
    if (existing && !parsed.update && existing.commit !== made.commit) throw branchTaken(branch);
    await setGitHubBranch(github, { owner, repo }, branch, made.commit, signal);
    // A branch that was there before the run stays when the run is undone.
    const isNew = !existing || !parsed.update;
    return { details: { commit: made.commit, ...(isNew ? { branch } : {}) } };
  };
  const details = { hostType: 'github', host, owner, repo };
  const title = `Branch ${branch} of ${owner}/${repo} on ${host}`;
  await effects.once(
    { key: `branch ${host}/${owner}/${repo}#${branch}`, kind: 'branch', title, details },
    make,
  );
}

async function openPullRequest(
  { github, host, owner, repo, base }: Target,
  { branchName: branch, title, description, draft, update }: Input,
  { effects, signal }: ActionContext,
): Promise<{ number: number; url: string }> {
  const path = apiPath`/repos/${owner}/${repo}/pulls`;
  const make = async ({ mayExist }: { mayExist: boolean }): Promise<MadeEffect> => {
    const query = new URLSearchParams({ state: 'open', head: `${owner}:${branch}`, base });
    const [existing] =
      mayExist || update
        ? await github.call({
            ...{ method: 'GET', path: `${path}?${query}`, reply: z.array(pullRequest), signal },
          })
        : [];
    const body = { title, body: description, head: branch, base, draft };
    const opened =
      existing ?? (await github.call({ method: 'POST', path, body, reply: pullRequest, signal }));
    return { url: opened.html_url, details: { number: opened.number } };
  };
  const made = await effects.once(
    {
      key: `pull-request ${host}/${owner}/${repo}#${branch}`,
      kind: 'pull-request',
      title: `Pull request "${title}" in ${owner}/${repo} on ${host}`,
      details: { hostType: 'github', host, owner, repo },
    },
    make,
  );
  return { number: Number(made.details['number']), url: made.url ?? '' };
}

/** Asks for reviews. A person who cannot be asked is no reason to fail: the request is open. */
async function askPeople(
  { github, owner, repo }: Target,
  number: number,
  { reviewers = [], teamReviewers = [], assignees = [] }: Input,
  { log, signal }: ActionContext,
): Promise<void> {
  const ask = async (path: string, body: object) => {
    try {
      await github.call({ method: 'POST', path, body, reply: anyReply, signal });
    } catch (error) {
      if (!(error instanceof HostRefusal)) throw error;
      log.warn(`Nobody was asked to look at it: ${error.message}`);
    }
  };
  if (reviewers.length > 0 || teamReviewers.length > 0) {
    const path = apiPath`/repos/${owner}/${repo}/pulls/${number}/requested_reviewers`;
    await ask(path, { reviewers, team_reviewers: teamReviewers });
  }
  if (assignees.length > 0)
    await ask(apiPath`/repos/${owner}/${repo}/issues/${number}/assignees`, { assignees });
}

async function removeBranch(
  github: HostApi,
  { owner, repo, branch, commit }: { owner: string; repo: string; branch: string; commit: unknown },
  signal: AbortSignal,
): Promise<void> {
  const head = await headOfGitHub(github, { owner, repo }, branch, signal);
  // Somebody has worked on it: then it is theirs.
  if (head?.commit !== commit) return;
  const path = `${apiPath`/repos/${owner}/${repo}`}/git/refs/${refPath(branch)}`;
  await github.find({ method: 'DELETE', path, reply: anyReply, signal });
}

function removedBy({ filesToDelete = [] }: Input): string[] {
  return filesToDelete.map((path) => workspacePath(path));
}

function noBase(base: string): NothingMadeFailure {
  return new NothingMadeFailure(`There is no branch ${base}.`, 'Correct targetBranchName, or leave it out.');
}
