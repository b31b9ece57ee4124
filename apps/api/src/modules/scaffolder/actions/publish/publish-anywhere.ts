import { z } from 'zod';
import { problemsFrom } from '../action-problem.ts';
import { ActionFailure, defineAction, textIn, type ScaffolderAction } from '../action.ts';
import { publishInput, publishOutput } from './publish-input.ts';
import { hostTypeOf, type HostLookup } from './repository-target.ts';

/**
 * The action `publish`: publishes to whatever host the repository URL names, by the action for that host. A template
 * that uses it works wherever people keep their code.
 *
 * @param byHost action for each kind of host
 */
export function createPublishAnywhere(
  byHost: Readonly<Record<string, ScaffolderAction>>,
  hosts: HostLookup,
): ScaffolderAction {
  const actionFor = (repoUrl: string): ScaffolderAction => {
    const type = hostTypeOf(repoUrl, hosts);
    const action = byHost[type];
    if (action) return action;
    throw new ActionFailure(
      `This server cannot publish to hosts of the kind ${type}.`,
      `Choose a host of one of these kinds: ${Object.keys(byHost).join(', ')}.`,
    );
  };
  return defineAction({
    id: 'publish',
    description: 'Creates a repository on the host that the URL names and pushes the workspace to it.',
    input: z.object({
      ...publishInput,
      topics: z.array(z.string().max(100)).max(50).optional(),
      token: z.string().optional(),
    }),
    output: publishOutput,
    examples: [
      {
        description: 'Publish to GitHub, GitLab or this server, as the person chose',
        example: 'action: publish\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan(input) {
      try {
        return actionFor(textIn(input, 'repoUrl') ?? '').plan(input);
      } catch {
        return []; // the check says what is wrong
      }
    },
    async check(input, context) {
      const repoUrl = textIn(input, 'repoUrl');
      if (repoUrl === undefined) return [];
      return problemsFrom(async () => actionFor(repoUrl).check(input, context));
    },
    async run(input, context) {
      const action = actionFor(input.repoUrl);
      const output = await action.run(action.input.parse(input), context);
      return publishOutput.parse(output);
    },
    async publication(input, context) {
      const action = actionFor(input.repoUrl);
      const told = await action.publication?.(action.input.parse(input), context);
      return told ?? { title: 'the repository that the answers name', files: [] };
    },
    async undo(effect, context) {
      const type = effect.details['hostType'];
      await byHost[typeof type === 'string' ? type : 'waymark']?.undo?.(effect, context);
    },
  });
}
