import type { RunPlan, ScaffolderProblem } from '@waymark/contracts';
import type { Actor } from '../../../platform/auth/actor.ts';
import type { ScaffolderAction } from '../actions/action.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';
import { TemplateFailure, type TemplateEngine } from '../engine/template-engine.ts';
import { shownPages } from '../templates/shown-pages.ts';
import type { TemplateDefinition, TemplateStep } from '../templates/template-definition.ts';
import type { RunSpec } from './run-record.ts';
import { RunContext } from './run-context.ts';
import { isTruthy } from '../engine/truth.ts';
import { parseInput } from './step-input.ts';

export interface PlanSettings {
  engine: Pick<TemplateEngine, 'renderValue' | 'validate'>;
  actions: ReadonlyMap<string, ScaffolderAction>;
  actor: Actor;
  signal: AbortSignal;
}

/**
 * What a run would do outside, step by step, and what would stop it, as far as it can be told before it runs. What
 * depends on the output of a step is unknown until then, and left out of the checks rather than guessed.
 */
export async function planOf(
  {
    template,
    spec,
    secrets,
  }: { template: TemplateDefinition; spec: RunSpec; secrets: Record<string, string> },
  settings: PlanSettings,
): Promise<RunPlan> {
  const { engine, signal } = settings;
  const shown = await shownPages(template.pages, spec.parameters, engine, signal);
  const issues = await engine.validate(shown, spec.parameters, signal);
  const problems: ScaffolderProblem[] = issues.map(({ path, message }) => ({
    code: 'scaffolder.values-invalid',
    message: `${path.slice(1).replaceAll('/', '.')} ${message}.`,
    hint: 'Go back to the form and correct the answer.',
    at: path.slice(1),
  }));
  if (problems.length > 0) return { effects: [], problems };
  const context = new RunContext(spec, '', {}, { secrets, environment: {} });
  const effects: RunPlan['effects'] = [];
  for (const step of template.steps) {
    const planned = await planStep(step, context, settings);
    effects.push(...planned.effects);
    problems.push(...planned.problems);
  }
  return { effects, problems };
}

async function planStep(
  step: TemplateStep,
  context: RunContext,
  { engine, actions, actor, signal }: PlanSettings,
): Promise<{ effects: RunPlan['effects']; problems: ScaffolderProblem[] }> {
  const action = actions.get(step.action);
  if (!action) return { effects: [], problems: [] };
  const isOpen = asksForSteps(step.if) || step.each !== undefined;
  try {
    if (!isOpen && step.if !== undefined) {
      const value = await engine.renderValue(step.if, context.plain(), { signal });
      if (!isTruthy(value)) return { effects: [], problems: [] };
    }
    const known = Object.entries(step.input).filter(([, value]) => !asksForSteps(value));
    const isWhole = known.length === Object.keys(step.input).length && step.each === undefined;
    const rendered =
      step.each === undefined
        ? await engine.renderValue(Object.fromEntries(known), context.forInput(), { signal })
        : {};
    const input: JsonObject = isJsonObject(rendered) ? rendered : {};
    const bad = isWhole ? parseInput(action, input, step.id) : undefined;
    const found =
      bad && 'problem' in bad ? [bad.problem] : await checked(action, input, step, { actor, signal });
    return {
      effects: action.plan(input).map((sentence) => ({
        ...{ stepId: step.id, stepName: step.name, sentence },
        isConditional: isOpen,
      })),
      problems: found,
    };
  } catch (error) {
    if (!(error instanceof TemplateFailure)) throw error;
    const { code, message, hint } = error.problem;
    return { effects: [], problems: [{ code, message, hint, at: step.id }] };
  }
}

async function checked(
  action: ScaffolderAction,
  input: JsonObject,
  { id }: TemplateStep,
  context: { actor: Actor; signal: AbortSignal },
): Promise<ScaffolderProblem[]> {
  const found = await action.check(input, context);
  return found.map(({ message, hint }) => ({ code: 'run.check-failed', message, hint, at: id }));
}

/** Whether a value needs what a step gives, which nobody knows before the run. */
function asksForSteps(value: JsonValue | undefined): boolean {
  if (typeof value === 'string') return /\$\{\{[^}]*\b(steps|always|failure)\b/.test(value);
  if (Array.isArray(value)) return value.some(asksForSteps);
  return isJsonObject(value) && Object.values(value).some(asksForSteps);
}
