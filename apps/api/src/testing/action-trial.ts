import { parseInput } from '../modules/scaffolder/runs/step-input.ts';
import type { ActionContext, ScaffolderAction } from '../modules/scaffolder/actions/action.ts';
import type { JsonObject } from '../modules/scaffolder/engine/json.ts';

/** What an action said and gave. */
export interface TriedAction {
  output: JsonObject;
  log: string[];
}

/**
 * Runs one action by itself, with an input that is held against its schema as in a run.
 *
 * @throws Error with the sentence of an input that does not fit
 */
export async function tryAction(
  action: ScaffolderAction,
  input: JsonObject,
  { workspace, ...rest }: Pick<ActionContext, 'workspace'> & Partial<ActionContext>,
): Promise<TriedAction> {
  const result = parseInput(action, input, 'step');
  if ('problem' in result) throw new Error(result.problem.message);
  const log: string[] = [];
  const say = (message: string) => log.push(message);
  const output = await action.run(result.parsed, {
    ...{ taskId: 'task', startedAt: new Date('2026-01-02T03:04:06Z'), workspace },
    ...{ log: { info: say, warn: say, error: say }, signal: new AbortController().signal },
    ...{ actor: { ref: 'user:default/guest' }, place: undefined, givenFiles: undefined, isDryRun: false },
    effects: { once: (_, make) => make({ mayExist: false, idempotencyKey: 'key' }) },
    provenance: { templateRef: 'template:default/t', templateVersion: undefined, values: {} },
    noteTemplateVersion: () => {},
    ...rest,
  });
  return { output, log };
}
