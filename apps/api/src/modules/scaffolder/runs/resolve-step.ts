import type { ScaffolderAction } from '../actions/action.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { isTruthy } from '../engine/truth.ts';
import type { StepOutcome } from '../engine/template-task.ts';
import type { TemplateStep } from '../templates/template-definition.ts';
import type { RunContext } from './run-context.ts';
import { StepProblemError } from './run-failure.ts';
import type { SecretHandles } from './secret-handles.ts';
import { parseInput } from './step-input.ts';

/** A step that is about to run: its action, and its input once, or once for each item. */
export interface ResolvedStep {
  action: ScaffolderAction;
  inputs: ResolvedInput[];
  /** Whether its outputs are a list, one for each item. */
  isRepeated: boolean;
}

export interface ResolvedInput {
  /** As it was rendered, with secrets in place: not for any log. */
  rendered: JsonObject;
  /** The same, after the schema of the action. */
  parsed: unknown;
  each: { key: string; value: JsonValue } | undefined;
}

export interface StepSettings {
  engine: Pick<TemplateEngine, 'renderValue' | 'namesIn'>;
  actions: ReadonlyMap<string, ScaffolderAction>;
  context: RunContext;
  secrets: SecretHandles;
}

/** More repetitions than this are a mistake. */
const MAX_ITEMS = 1_000;
const OUTCOME_FUNCTIONS = new Set(['always', 'failure']);

/**
 * Whether a step runs, by Backstage's rules: without `if` it runs while nothing has failed; `always()` and `failure()`
 * in it make it run after a failure as well.
 */
export async function shouldRun(
  step: TemplateStep,
  outcome: StepOutcome,
  { engine, context }: StepSettings,
  signal: AbortSignal,
): Promise<boolean> {
  const { if: condition } = step;
  if (outcome === 'failed' && !(await looksAtOutcome(condition, engine, signal))) return false;
  if (condition === undefined) return true;
  const value = await engine.renderValue(condition, context.plain(), { outcome, signal });
  return isTruthy(value);
}

async function looksAtOutcome(
  condition: TemplateStep['if'],
  engine: StepSettings['engine'],
  signal: AbortSignal,
): Promise<boolean> {
  if (typeof condition !== 'string') return false;
  const { functions } = await engine.namesIn([condition], signal);
  return functions.some((name) => OUTCOME_FUNCTIONS.has(name));
}

/**
 * Renders the input of a step and holds it against the schema of its action. With `each`, all inputs are made and
 * checked before the first of them is acted on.
 *
 * @throws StepProblemError, TemplateFailure
 */
export async function resolveStep(
  step: TemplateStep,
  outcome: StepOutcome,
  settings: StepSettings,
  signal: AbortSignal,
): Promise<ResolvedStep> {
  const action = settings.actions.get(step.action);
  if (!action) {
    throw new StepProblemError({
      code: 'template.unknown-action',
      message: `The step "${step.id}" asks for the action "${step.action}", which this server does not have.`,
      hint: 'See /create/actions for those it has.',
      at: step.id,
    });
  }
  const items = await itemsOf(step, outcome, settings, signal);
  const inputs: ResolvedInput[] = [];
  for (const each of items ?? [undefined]) {
    inputs.push(await resolveInput(step, action, each, outcome, settings, signal));
  }
  return { action, inputs, isRepeated: items !== undefined };
}

async function itemsOf(
  { id, each }: TemplateStep,
  outcome: StepOutcome,
  { engine, context }: StepSettings,
  signal: AbortSignal,
): Promise<{ key: string; value: JsonValue }[] | undefined> {
  if (each === undefined) return undefined;
  const value = await engine.renderValue(each, context.plain(), { outcome, signal });
  const problem = (message: string, hint: string) =>
    new StepProblemError({ code: 'run.bad-each', message, hint, at: id });
  if (!Array.isArray(value) && !isJsonObject(value)) {
    throw problem(
      `Invalid value on action.each parameter of step "${id}": it resolves to nothing that can be gone through.`,
      'Give each a list or a mapping, and check the name that it asks for.',
    );
  }
  const items = Object.entries(value).map(([key, item]) => ({ key, value: item }));
  if (items.length > MAX_ITEMS) {
    throw problem(
      `The step "${id}" would run ${items.length} times; at most ${MAX_ITEMS} are allowed.`,
      'Give each a shorter list.',
    );
  }
  return items;
}

async function resolveInput(
  step: TemplateStep,
  action: ScaffolderAction,
  each: ResolvedInput['each'],
  outcome: StepOutcome,
  { engine, context, secrets }: StepSettings,
  signal: AbortSignal,
): Promise<ResolvedInput> {
  const value = await engine.renderValue(step.input, context.forInput(each), { outcome, signal });
  const { input, misplaced } = secrets.resolve(isJsonObject(value) ? value : {}, action.secretInputs);
  if (misplaced.length > 0) {
    const allowed = action.secretInputs.join(', ');
    throw new StepProblemError({
      code: 'run.misplaced-secret',
      message: `The input ${misplaced.join(', ')} of step "${step.id}" holds a secret, and ${action.id} ${allowed === '' ? 'takes none' : `takes secrets in ${allowed} only`}.`,
      hint: 'Leave the secret out: nobody could keep it from being read there.',
      at: step.id,
    });
  }
  const result = parseInput(action, input, step.id);
  if ('problem' in result) throw new StepProblemError(result.problem);
  return { rendered: input, parsed: result.parsed, each };
}
