import type { ScaffolderProblem } from '@waymark/contracts';
import { knownFilters, knownFunctions } from '@waymark/templating';
import { isJsonObject, type JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { TemplateDefinition } from './template-definition.ts';

/** Fields of forms that the wizard has beside those of JSON Schema. */
export const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  'EntityNamePicker',
  'EntityPicker',
  'EntityTagsPicker',
  'MultiEntityPicker',
  'MyGroupsPicker',
  'OwnedEntityPicker',
  'OwnerPicker',
  'RepoBranchPicker',
  'RepoOwnerPicker',
  'RepoUrlPicker',
  'Secret',
]);

export interface TemplateCheckOptions {
  engine: Pick<TemplateEngine, 'namesIn'>;
  knowsAction: (id: string) => boolean;
}

/**
 * What this server lacks to run a template: actions, filters and functions it names. Also steps of one id, of which
 * only the last could be read. Fields of forms that are not known are typed as text, so they stop nothing.
 */
export async function checkTemplate(
  { steps, output }: TemplateDefinition,
  { engine, knowsAction }: TemplateCheckOptions,
  signal: AbortSignal,
): Promise<ScaffolderProblem[]> {
  const problems: ScaffolderProblem[] = [];
  const seen = new Set<string>();
  for (const { id, action } of steps) {
    if (seen.has(id)) problems.push(twice(id));
    seen.add(id);
    // A name that is an expression is known when it is rendered.
    if (!knowsAction(action)) problems.push(unknownAction(id, action));
  }
  const texts = [...textsIn(steps.map(({ input }) => input)), ...textsIn(output)];
  for (const step of steps) texts.push(...conditionsOf(step));
  const { filters, functions } = await engine.namesIn(texts, signal);
  problems.push(
    ...filters.filter((name) => !knownFilters.has(name)).map((name) => unknownName('filter', name)),
    ...functions.filter((name) => !knownFunctions.has(name)).map((name) => unknownName('function', name)),
  );
  return problems;
}

/** Fields that forms name with `ui:field` and that the wizard does not have. */
export function unknownFields({ pages }: TemplateDefinition): string[] {
  const fields = new Set<string>();
  const visit = (value: JsonValue) => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isJsonObject(value)) return;
    const field = value['ui:field'];
    if (typeof field === 'string' && !KNOWN_FIELDS.has(field)) fields.add(field);
    Object.values(value).forEach(visit);
  };
  pages.forEach(visit);
  return [...fields];
}

function conditionsOf({ if: condition, each }: TemplateDefinition['steps'][number]): string[] {
  return [condition, each].filter((value) => typeof value === 'string');
}

function textsIn(value: JsonValue): string[] {
  if (typeof value === 'string') return value.includes('${{') || value.includes('{%') ? [value] : [];
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return isJsonObject(value) ? Object.values(value).flatMap(textsIn) : [];
}

function twice(id: string): ScaffolderProblem {
  return {
    code: 'template.duplicate-step',
    message: `Two steps have the id "${id}".`,
    hint: 'Give each step an id of its own.',
    at: id,
  };
}

function unknownAction(id: string, action: string): ScaffolderProblem {
  return {
    code: 'template.unknown-action',
    message: `The step "${id}" asks for the action "${action}", which this server does not have.`,
    hint: 'See /create/actions for those it has.',
    at: id,
    subject: action,
  };
}

function unknownName(what: 'filter' | 'function', name: string): ScaffolderProblem {
  return {
    code: `template.unknown-${what}`,
    message: `The template uses the ${what} "${name}", which this server does not have.`,
    hint: 'Use one of those listed at /create/actions.',
    subject: name,
  };
}
