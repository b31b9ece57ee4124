import type { EffectLedger, MadeEffect, ScaffolderAction } from '../modules/scaffolder/actions/action.ts';
import type { Publication } from '../modules/scaffolder/actions/publication.ts';
import type { JsonObject } from '../modules/scaffolder/engine/json.ts';
import { makeScratchWorkspace } from '../modules/scaffolder/workspace/scratch-workspace.ts';
import { tryAction } from './action-trial.ts';

/** A step of its own, without a run around it: to break it off where a run would seldom break. */
export interface ActionRun extends AsyncDisposable {
  /** Carries the step out once more. With `dies`, the process ends as soon as an effect of that kind is made. */
  attempt(input: JsonObject, dies?: string): Promise<JsonObject>;
  /** What the step would publish. */
  publication(input: JsonObject): Promise<Publication | undefined>;
  /** Takes everything back, the newest first. */
  undo(): Promise<void>;
}

/** Thrown in place of the end of a process. */
export class ProcessEnded extends Error {}

/** Prepares a step with a workspace of some files. */
export async function prepareActionRun(
  action: ScaffolderAction,
  files: Readonly<Record<string, string | Buffer>>,
): Promise<ActionRun> {
  const scratch = await makeScratchWorkspace('action');
  const { workspace } = scratch;
  for (const [file, content] of Object.entries(files)) await workspace.write(file, Buffer.from(content));
  const book = new Map<string, { made: MadeEffect | undefined; details: JsonObject }>();

  function ledger(dies: string | undefined): EffectLedger {
    return {
      async once({ key, kind, details }, make) {
        const known = book.get(key);
        if (known?.made) return known.made;
        book.set(key, { made: undefined, details });
        const made = await make({ mayExist: known !== undefined, idempotencyKey: key });
        if (kind === dies) throw new ProcessEnded();
        book.set(key, { made, details: { ...details, ...made.details } });
        return made;
      },
    };
  }

  return {
    async attempt(input, dies) {
      const { output } = await tryAction(action, input, {
        ...{ workspace, taskId: 'task-1', effects: ledger(dies) },
      });
      return output;
    },
    async publication(input) {
      return action.publication?.(action.input.parse(input), {
        workspace,
        ...{ signal: new AbortController().signal, isExample: false },
        provenance: { templateRef: 'template:default/t', templateVersion: undefined, values: {} },
      });
    },
    async undo() {
      const undoing = {
        signal: new AbortController().signal,
        actor: { ref: 'user:default/guest' },
        log: { info: () => {}, warn: () => {}, error: () => {} },
      };
      for (const { details, made } of [...book.values()].toReversed()) {
        await action.undo?.({ url: made?.url, details }, undoing);
      }
    },
    [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose](),
  };
}
