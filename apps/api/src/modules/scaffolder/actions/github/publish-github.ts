import { z } from 'zod';
import { defineAction, textIn, type ScaffolderAction } from '../action.ts';
import { apiPath, type HostApi } from '../hosts/host-api.ts';
import { problemsFrom } from '../action-problem.ts';
import { nameTaken } from '../hosts/host-failures.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { commitOf, publishInput, publishOutput } from '../publish/publish-input.ts';
import { filesWithRecord, gatheredFiles } from '../publish/published-files.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';
import { commitToGitHub, type GitHubRepositoryName } from './github-commits.ts';
import {
  createGitHubRepository,
  findGitHubRepository,
  gitHubRepository,
  removeGitHubRepository,
  setGitHubDefaultBranch,
  type GitHubRepository,
} from './github-repository.ts';
import { applyGitHubSettings, gitHubSettingsInput, protectGitHubBranch } from './github-settings.ts';

const mergeTitle = z.enum(['PR_TITLE', 'COMMIT_OR_PR_TITLE']);
const mergeMessage = z.enum(['PR_BODY', 'COMMIT_MESSAGES', 'BLANK']);

const input = z.object({
  ...publishInput,
  ...gitHubSettingsInput,
  repoVisibility: z.enum(['private', 'public', 'internal']).default('private'),
  homepage: z.string().max(500).optional(),
  allowMergeCommit: z.boolean().default(true),
  allowSquashMerge: z.boolean().default(true),
  allowRebaseMerge: z.boolean().default(true),
  allowAutoMerge: z.boolean().default(false),
  allowUpdateBranch: z.boolean().default(false),
  squashMergeCommitTitle: mergeTitle.default('COMMIT_OR_PR_TITLE'),
  squashMergeCommitMessage: mergeMessage.default('COMMIT_MESSAGES'),
  deleteBranchOnMerge: z.boolean().default(false),
  hasProjects: z.boolean().optional(),
  hasWiki: z.boolean().optional(),
  hasIssues: z.boolean().optional(),
  token: hostInput.token,
});
type Input = z.output<typeof input>;

/** The action `publish:github`: a new repository on GitHub, filled through its REST API. */
export function createPublishGitHub({ hosts, openApi, defaults }: HostServices): ScaffolderAction {
  const target = (repoUrl: string) => demandRepository(repoUrl, 'github', hosts);
  return defineAction({
    id: 'publish:github',
    description: 'Creates a repository on GitHub and fills it with the workspace.',
    input,
    output: publishOutput,
    examples: [
      {
        description: 'Publish the workspace where the person chose',
        example: 'action: publish:github\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token', 'secrets'],
    plan: (known) => [`Creates the repository ${shownRepository(textIn(known, 'repoUrl'), 'github', hosts)}`],

    async check(known, { signal }) {
      const repoUrl = textIn(known, 'repoUrl');
      if (repoUrl === undefined) return [];
      return problemsFrom(async () => {
        const { host, owner, repo } = target(repoUrl);
        const github = openApi('github', host, textIn(known, 'token'));
        const existing = await findGitHubRepository(github, { owner, repo }, signal);
        return existing ? [nameTaken('repository', host, { owner, repo })] : [];
      });
    },

    async run(parsed, context) {
      const { host, owner, repo } = target(parsed.repoUrl);
      const { log, signal, taskId, effects } = context;
      const github = openApi('github', host, parsed.token);
      const repository = { owner, repo };
      const files = await gatheredFiles(filesWithRecord(parsed.sourcePath, context));
      const mark = markOf(taskId);
      await effects.once(
        {
          key: `${host}/${owner}/${repo}`,
          kind: 'repository',
          title: `Repository ${owner}/${repo} on ${host}`,
          details: { hostType: 'github', host, owner, repo, mark },
        },
        ({ mayExist }) =>
          createGitHubRepository(
            github,
            { ...repository, visibility: parsed.repoVisibility, mark },
            mayExist,
            signal,
          ),
      );
      const { commit } = await commitToGitHub(
        github,
        repository,
        { files, ...commitOf(parsed, defaults), at: context.startedAt },
        signal,
      );
      const branch = parsed.defaultBranch;
      await setGitHubDefaultBranch(github, repository, { branch, commit }, signal);
      const settings = { github, repository, log, signal };
      await applyGitHubSettings(parsed, settings);
      const made = await describe(github, repository, parsed, signal);
      if (parsed.protectDefaultBranch) await protectGitHubBranch(branch, parsed, settings);
      log.info(`Published ${made.html_url}`);
      return {
        remoteUrl: made.clone_url,
        repoContentsUrl: `${made.html_url}/blob/${branch}`,
        commitHash: commit,
      };
    },

    async publication({ repoUrl, sourcePath }, context) {
      const { host, owner, repo } = target(repoUrl);
      const files = await gatheredFiles(filesWithRecord(sourcePath, context));
      return { title: `${owner}/${repo} on ${host}`, files };
    },

    async undo({ details }, { signal }) {
      const { host, owner, repo, repositoryId, mark } = details;
      if (typeof host !== 'string' || typeof owner !== 'string' || typeof repo !== 'string') return;
      await removeGitHubRepository(openApi('github', host), { owner, repo }, { repositoryId, mark }, signal);
    },
  });
}

/** Says of a repository that is not filled yet whose it is. */
function markOf(taskId: string): string {
  return `Waymark is filling this repository (run ${taskId}).`;
}

/** The last thing that is done to a new repository: from here on it has the description that was asked for. */
async function describe(
  github: HostApi,
  { owner, repo }: GitHubRepositoryName,
  wanted: Input,
  signal: AbortSignal,
): Promise<GitHubRepository> {
  return github.call({
    method: 'PATCH',
    path: apiPath`/repos/${owner}/${repo}`,
    body: {
      description: wanted.description ?? '',
      homepage: wanted.homepage,
      allow_merge_commit: wanted.allowMergeCommit,
      allow_squash_merge: wanted.allowSquashMerge,
      allow_rebase_merge: wanted.allowRebaseMerge,
      allow_auto_merge: wanted.allowAutoMerge,
      allow_update_branch: wanted.allowUpdateBranch,
      squash_merge_commit_title: wanted.squashMergeCommitTitle,
      squash_merge_commit_message: wanted.squashMergeCommitMessage,
      delete_branch_on_merge: wanted.deleteBranchOnMerge,
      has_projects: wanted.hasProjects,
      has_wiki: wanted.hasWiki,
      has_issues: wanted.hasIssues,
    },
    reply: gitHubRepository,
    signal,
  });
}
