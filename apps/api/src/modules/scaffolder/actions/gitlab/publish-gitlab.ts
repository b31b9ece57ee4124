import { z } from 'zod';
import { defineAction, textIn, type ScaffolderAction } from '../action.ts';
import { anyReply, apiPath, HostRefusal, type HostApi } from '../hosts/host-api.ts';
import { problemsFrom } from '../action-problem.ts';
import { nameTaken } from '../hosts/host-failures.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { branchName, commitOf, publishInput, publishOutput } from '../publish/publish-input.ts';
import { filesWithRecord, gatheredFiles } from '../publish/published-files.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';
import { commitToGitLab, headOfGitLab, writes } from './gitlab-commits.ts';
import {
  createGitLabProject,
  findGitLabProject,
  gitLabProject,
  removeGitLabProject,
  type GitLabProject,
} from './gitlab-project.ts';
import { setGitLabVariable } from './gitlab-variables.ts';

const input = z.object({
  ...publishInput,
  repoVisibility: z.enum(['private', 'internal', 'public']).default('private'),
  topics: z.array(z.string().max(100)).max(50).optional(),
  settings: z
    .record(z.string(), z.json())
    .optional()
    .describe('Further settings of the project, with the names of GitLab’s API'),
  branches: z
    .array(
      z.object({
        name: branchName,
        protect: z.boolean().default(false),
        create: z.boolean().default(false),
        ref: branchName.optional(),
      }),
    )
    .max(50)
    .optional(),
  projectVariables: z
    .array(
      z.object({
        ...{ key: z.string().regex(/^\w{1,255}$/), value: z.string().max(10_000) },
        description: z.string().max(255).optional(),
        variable_type: z.enum(['env_var', 'file']).optional(),
        ...{ protected: z.boolean().optional(), masked: z.boolean().optional(), raw: z.boolean().optional() },
        environment_scope: z.string().max(255).optional(),
      }),
    )
    .max(100)
    .optional(),
  token: hostInput.token,
});
type Input = z.output<typeof input>;

/** The action `publish:gitlab`: a new project on GitLab, filled through its REST API. */
export function createPublishGitLab({ hosts, openApi, defaults }: HostServices): ScaffolderAction {
  const target = (repoUrl: string) => demandRepository(repoUrl, 'gitlab', hosts);
  return defineAction({
    id: 'publish:gitlab',
    description: 'Creates a project on GitLab and fills it with the workspace.',
    input,
    output: publishOutput.extend({ projectId: z.number() }),
    examples: [
      {
        description: 'Publish the workspace where the person chose',
        example: 'action: publish:gitlab\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token', 'projectVariables'],
    plan: (known) => [`Creates the project ${shownRepository(textIn(known, 'repoUrl'), 'gitlab', hosts)}`],

    async check(known, { signal }) {
      const repoUrl = textIn(known, 'repoUrl');
      if (repoUrl === undefined) return [];
      return problemsFrom(async () => {
        const { host, owner, repo } = target(repoUrl);
        const gitlab = openApi('gitlab', host, textIn(known, 'token'));
        const existing = await findGitLabProject(gitlab, { owner, repo }, signal);
        return existing ? [nameTaken('project', host, { owner, repo })] : [];
      });
    },

    async run(parsed, context) {
      const { host, owner, repo } = target(parsed.repoUrl);
      const { effects, log, signal, taskId } = context;
      const gitlab = openApi('gitlab', host, parsed.token);
      const files = await gatheredFiles(filesWithRecord(parsed.sourcePath, context));
      const mark = `Waymark is filling this project (run ${taskId}).`;
      const { details } = await effects.once(
        {
          key: `${host}/${owner}/${repo}`,
          kind: 'repository',
          title: `Project ${owner}/${repo} on ${host}`,
          details: { hostType: 'gitlab', host, owner, repo, mark },
        },
        ({ mayExist }) =>
          createGitLabProject(
            gitlab,
            { owner, repo, visibility: parsed.repoVisibility, mark },
            mayExist,
            signal,
          ),
      );
      const project = Number(details['projectId']);
      const branch = parsed.defaultBranch;
      // The commits API is all or nothing: where the branch is, a try before has made it.
      const commit =
        (await headOfGitLab(gitlab, project, branch, signal)) ??
        (await commitToGitLab(
          gitlab,
          project,
          { branch, changes: files.map((file) => writes('create', file)), ...commitOf(parsed, defaults) },
          signal,
        ));
      const made = await applySettings(gitlab, project, parsed, signal);
      log.info(`Published ${made.web_url}`);
      return {
        remoteUrl: made.http_url_to_repo,
        repoContentsUrl: `${made.web_url}/-/blob/${branch}`,
        commitHash: commit,
        projectId: project,
      };
    },

    async publication({ repoUrl, sourcePath }, context) {
      const { host, owner, repo } = target(repoUrl);
      const files = await gatheredFiles(filesWithRecord(sourcePath, context));
      return { title: `${owner}/${repo} on ${host}`, files };
    },

    async undo({ details }, { signal }) {
      const { host, owner, repo, projectId, mark } = details;
      if (typeof host !== 'string' || typeof owner !== 'string' || typeof repo !== 'string') return;
      await removeGitLabProject(openApi('gitlab', host), { owner, repo }, { projectId, mark }, signal);
    },
  });
}

/** Makes a project what the input asks for. Every part of it can be repeated. */
async function applySettings(
  gitlab: HostApi,
  project: number,
  { defaultBranch, description = '', topics, settings, branches = [], projectVariables = [] }: Input,
  signal: AbortSignal,
): Promise<GitLabProject> {
  const path = apiPath`/projects/${project}`;
  for (const { name, create, protect, ref = defaultBranch } of branches) {
    if (create && (await headOfGitLab(gitlab, project, name, signal)) === undefined) {
      const body = { branch: name, ref };
      await gitlab.call({
        method: 'POST',
        path: `${path}/repository/branches`,
        body,
        reply: anyReply,
        signal,
      });
    }
    if (protect) await protectBranch(gitlab, path, name, signal);
  }
  for (const variable of projectVariables) await setGitLabVariable(gitlab, project, variable, signal);
  const body = { default_branch: defaultBranch, description, ...(topics && { topics }), ...settings };
  return gitlab.call({ method: 'PUT', path, body, reply: gitLabProject, signal });
}

async function protectBranch(
  gitlab: HostApi,
  project: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  try {
    const path = `${project}/protected_branches`;
    await gitlab.call({ method: 'POST', path, body: { name }, reply: anyReply, signal });
  } catch (error) {
    // It is protected already: GitLab protects the first branch by itself.
    if (!(error instanceof HostRefusal) || error.status !== 409) throw error;
  }
}
