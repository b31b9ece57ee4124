import { z } from 'zod';
import { defineAction, textIn, type ScaffolderAction } from '../action.ts';
import { anyReply, apiPath, type HostApi } from '../hosts/host-api.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { branchName } from '../publish/publish-input.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';

/** Actions that do something to a repository of GitHub that is there already. */
export function createGitHubActions(services: HostServices): ScaffolderAction[] {
  return [dispatchAction(services), labelAction(services), webhookAction(services)];
}

function open({ hosts, openApi }: HostServices, input: { repoUrl: string; token?: string | undefined }) {
  const { host, owner, repo } = demandRepository(input.repoUrl, 'github', hosts);
  const github = openApi('github', host, input.token);
  const details = { hostType: 'github', host, owner, repo };
  return { github, host, owner, repo, details, path: apiPath`/repos/${owner}/${repo}` };
}

/** The API and the path of the repository that an effect was made in; undefined where the record does not say. */
function reopen({ openApi }: HostServices, details: Record<string, unknown>) {
  const { host, owner, repo } = details;
  if (typeof host !== 'string' || typeof owner !== 'string' || typeof repo !== 'string') return undefined;
  return { github: openApi('github', host), path: apiPath`/repos/${owner}/${repo}` };
}

const workflowRuns = z.object({ total_count: z.number() });

function dispatchAction(services: HostServices): ScaffolderAction {
  return defineAction({
    id: 'github:actions:dispatch',
    description: 'Starts a workflow of GitHub Actions.',
    input: z.object({
      ...hostInput,
      workflowId: z.union([z.string().min(1).max(500), z.number().int()]).describe('File name or id'),
      branchOrTagName: branchName,
      workflowInputs: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Start the first deployment',
        example:
          'action: github:actions:dispatch\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  workflowId: deploy.yaml\n  branchOrTagName: main\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan: (input) => [
      `Starts the workflow ${textIn(input, 'workflowId') ?? ''} of ${shownRepository(textIn(input, 'repoUrl'), 'github', services.hosts)}`,
    ],
    async run(input, { effects, signal, startedAt, log }) {
      const { github, host, owner, repo, details, path } = open(services, input);
      const workflow = `${path}/actions/workflows/${apiPath`${input.workflowId}`}`;
      const title = `Start of the workflow ${input.workflowId} of ${owner}/${repo} on ${host}`;
      await effects.once(
        { key: `${path} ${input.workflowId}`, kind: 'other', title, details },
        async ({ mayExist }) => {
          if (mayExist && (await wasStarted(github, workflow, startedAt, signal))) return { details: {} };
          const body = { ref: input.branchOrTagName, inputs: input.workflowInputs ?? {} };
          await github.call({
            method: 'POST',
            path: `${workflow}/dispatches`,
            body,
            reply: anyReply,
            signal,
          });
          return { details: {} };
        },
      );
      log.info(`Started the workflow ${input.workflowId}`);
      return {};
    },
  });
}

/** GitHub gives no id for a dispatch: since the run began, nobody but this step starts the workflow by hand. */
async function wasStarted(
  github: HostApi,
  workflow: string,
  since: Date,
  signal: AbortSignal,
): Promise<boolean> {
  const query = new URLSearchParams({ event: 'workflow_dispatch', created: `>=${since.toISOString()}` });
  const path = `${workflow}/runs?${query}`;
  const found = await github.call({ method: 'GET', path, reply: workflowRuns, signal });
  return found.total_count > 0;
}

const labels = z.array(z.object({ name: z.string() }));

function labelAction(services: HostServices): ScaffolderAction {
  return defineAction({
    id: 'github:issues:label',
    description: 'Adds labels to an issue or a pull request on GitHub.',
    input: z.object({
      ...hostInput,
      number: z.coerce.number().int().positive(),
      labels: z.array(z.string().min(1).max(100)).min(1).max(100),
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Mark a pull request',
        example:
          'action: github:issues:label\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  number: ${{ steps.propose.output.pullRequestNumber }}\n  labels: [template]\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan: (input) => [
      `Adds labels to an issue of ${shownRepository(textIn(input, 'repoUrl'), 'github', services.hosts)}`,
    ],
    async run(input, { effects, signal }) {
      const { github, host, owner, repo, details, path } = open(services, input);
      const issue = `${path}/issues/${input.number}/labels`;
      const before = await github.call({ method: 'GET', path: issue, reply: labels, signal });
      const had = new Set(before.map(({ name }) => name.toLowerCase()));
      const added = input.labels.filter((name) => !had.has(name.toLowerCase()));
      await effects.once(
        {
          key: `${path} ${input.number}`,
          kind: 'other',
          title: `Labels of #${input.number} in ${owner}/${repo} on ${host}`,
          details: { ...details, number: input.number, added },
        },
        async () => {
          const body = { labels: input.labels };
          await github.call({ method: 'POST', path: issue, body, reply: anyReply, signal });
          return { details: {} };
        },
      );
      return {};
    },
    async undo({ details }, { signal }) {
      const { number, added } = details;
      const opened = reopen(services, details);
      if (!opened || typeof number !== 'number' || !Array.isArray(added)) return;
      for (const name of added.filter((item) => typeof item === 'string')) {
        const path = `${opened.path}/issues/${number}/labels/${apiPath`${name}`}`;
        await opened.github.find({ method: 'DELETE', path, reply: anyReply, signal });
      }
    },
  });
}

const hook = z.object({ id: z.number(), config: z.looseObject({ url: z.string().optional() }) });

function webhookAction(services: HostServices): ScaffolderAction {
  return defineAction({
    id: 'github:webhook',
    description: 'Adds a webhook to a repository on GitHub.',
    input: z.object({
      ...hostInput,
      webhookUrl: z.url().max(2_000),
      webhookSecret: z.string().max(1_000).optional(),
      events: z.array(z.string().max(100)).min(1).max(100).default(['push']),
      active: z.boolean().default(true),
      contentType: z.enum(['form', 'json']).default('form'),
      insecureSsl: z.boolean().default(false),
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Tell a service of every push',
        example:
          'action: github:webhook\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  webhookUrl: https://ci.example.com/hooks\n  webhookSecret: ${{ secrets.webhook }}\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    secretInputs: ['token', 'webhookSecret'],
    plan: (input) => [
      `Adds a webhook to ${shownRepository(textIn(input, 'repoUrl'), 'github', services.hosts)}`,
    ],
    async run(input, { effects, signal }) {
      const { github, host, owner, repo, details, path } = open(services, input);
      const url = input.webhookUrl;
      await effects.once(
        {
          ...{ key: `${path} ${url}`, kind: 'webhook', details: { ...details, url } },
          title: `Webhook to ${new URL(url).host} of ${owner}/${repo} on ${host}`,
        },
        async ({ mayExist }) => {
          const existing = mayExist ? await findHook(github, path, url, signal) : undefined;
          const { events, active, contentType, insecureSsl, webhookSecret: secret } = input;
          const config = { url, content_type: contentType, insecure_ssl: insecureSsl ? '1' : '0', secret };
          const body = { name: 'web', config, events, active };
          const made =
            existing ??
            (await github.call({ method: 'POST', path: `${path}/hooks`, body, reply: hook, signal }));
          return { details: { hookId: made.id } };
        },
      );
      return {};
    },
    async undo({ details }, { signal }) {
      const { hookId, url } = details;
      const opened = reopen(services, details);
      if (!opened || typeof url !== 'string') return;
      const found = typeof hookId === 'number' ? { id: hookId } : await findHook(opened.github, opened.path, url, signal); // prettier-ignore
      if (!found) return;
      const path = `${opened.path}/hooks/${found.id}`;
      await opened.github.find({ method: 'DELETE', path, reply: anyReply, signal });
    },
  });
}

async function findHook(github: HostApi, path: string, url: string, signal: AbortSignal) {
  const hooks = await github.call({
    ...{ method: 'GET', path: `${path}/hooks?per_page=100`, reply: z.array(hook), signal },
  });
  return hooks.find(({ config }) => config.url === url);
}
