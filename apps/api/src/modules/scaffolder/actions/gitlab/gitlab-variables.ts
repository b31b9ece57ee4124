import { z } from 'zod';
import { defineAction, textIn, type ScaffolderAction } from '../action.ts';
import { anyReply, apiPath, type HostApi } from '../hosts/host-api.ts';
import { hostInput } from '../hosts/host-input.ts';
import type { HostServices } from '../hosts/host-services.ts';
import { demandRepository, shownRepository } from '../publish/repository-target.ts';

/** A variable of CI, with GitLab's own names. */
export interface GitLabVariable {
  key: string;
  value: string;
  description?: string | undefined;
  variable_type?: string | undefined;
  protected?: boolean | undefined;
  masked?: boolean | undefined;
  raw?: boolean | undefined;
  environment_scope?: string | undefined;
}

/** Sets a variable, whatever it was before. */
export async function setGitLabVariable(
  gitlab: HostApi,
  project: number,
  variable: GitLabVariable,
  signal: AbortSignal,
): Promise<void> {
  const path = apiPath`/projects/${project}/variables`;
  const scope = new URLSearchParams({ 'filter[environment_scope]': variable.environment_scope ?? '*' });
  const own = `${path}/${apiPath`${variable.key}`}?${scope}`;
  const found = await gitlab.find({ method: 'GET', path: own, reply: anyReply, signal });
  await gitlab.call(
    found === undefined
      ? { method: 'POST', path, body: variable, reply: anyReply, signal }
      : { method: 'PUT', path: own, body: variable, reply: anyReply, signal },
  );
}

/** The action `gitlab:projectVariable:create`. */
export function createGitLabVariableAction({ hosts, openApi }: HostServices): ScaffolderAction {
  return defineAction({
    id: 'gitlab:projectVariable:create',
    description: 'Adds a variable of CI to a project on GitLab.',
    input: z.object({
      ...hostInput,
      projectId: z.coerce.number().int().positive().describe('Output of the same name of publish:gitlab'),
      key: z.string().regex(/^\w{1,255}$/),
      value: z.string().max(10_000),
      variableType: z.enum(['env_var', 'file']).default('env_var'),
      variableProtected: z.boolean().default(false),
      masked: z.boolean().default(false),
      raw: z.boolean().default(false),
      environmentScope: z.string().max(255).default('*'),
    }),
    output: z.object({}),
    examples: [
      {
        description: 'Tell the pipeline where to deploy to',
        example:
          'action: gitlab:projectVariable:create\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  projectId: ${{ steps.publish.output.projectId }}\n  key: REGION\n  value: eu-central-1\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    secretInputs: ['token', 'value'],
    plan: (input) => [
      `Sets the variable ${textIn(input, 'key') ?? ''} of ${shownRepository(textIn(input, 'repoUrl'), 'gitlab', hosts)}`,
    ],
    async run(input, { effects, signal }) {
      const { host } = demandRepository(input.repoUrl, 'gitlab', hosts);
      const gitlab = openApi('gitlab', host, input.token);
      const { projectId, key, environmentScope } = input;
      await effects.once(
        {
          key: `${host}/${projectId}#${key} ${environmentScope}`,
          kind: 'other',
          title: `Variable ${key} of project ${projectId} on ${host}`,
          details: { hostType: 'gitlab', host, projectId, key, environmentScope },
        },
        async () => {
          const { value, variableType, variableProtected, masked, raw } = input;
          await setGitLabVariable(
            gitlab,
            projectId,
            {
              ...{ key, value, variable_type: variableType, protected: variableProtected, masked, raw },
              environment_scope: environmentScope,
            },
            signal,
          );
          return { details: {} };
        },
      );
      return {};
    },
    async undo({ details }, { signal }) {
      const { host, projectId, key, environmentScope } = details;
      if (typeof host !== 'string' || typeof projectId !== 'number' || typeof key !== 'string') return;
      if (typeof environmentScope !== 'string') return;
      const scope = new URLSearchParams({ 'filter[environment_scope]': environmentScope });
      const path = `${apiPath`/projects/${projectId}/variables/${key}`}?${scope}`;
      await openApi('gitlab', host).find({ method: 'DELETE', path, reply: anyReply, signal });
    },
  });
}
