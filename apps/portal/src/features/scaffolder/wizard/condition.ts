import type { TemplateRenderer } from 'nunjitsu';
import type { JsonObject } from './schema/json.ts';

let renderer: TemplateRenderer | undefined;

/** Fetches what reads expressions: a third of what forms weigh, and few have conditions. */
export async function loadConditions(): Promise<void> {
  renderer ??= (await import('nunjitsu')).createTemplateRenderer();
}

/** More than any condition of a page needs: the person at the form must not wait for it. */
const limits = { workUnits: 100_000, outputCodeUnits: 10_000 } as const;

/**
 * Whether what a template says under `when` holds for the answers so far: a truth value or an expression over
 * `parameters`, for which {@link loadConditions} must have been called. A page whose condition cannot be told is shown
 * rather than lost.
 */
export function isConditionMet(when: string | boolean | undefined, values: JsonObject): boolean {
  if (when === undefined || typeof when === 'boolean') return when ?? true;
  const source = expressionOf(when);
  if (source === undefined || renderer === undefined) return true;
  try {
    return isTruthy(renderer.renderValue(source, { parameters: values }, { coercion: 'json', limits }));
  } catch {
    return true;
  }
}

/** Backstage takes a condition with and without its braces, and an empty one for none. */
function expressionOf(when: string): string | undefined {
  const text = when.trim();
  if (text === '') return undefined;
  return text.startsWith('${{') ? text : `\${{ ${text} }}`;
}

/** The rule of the `if` of a step: an empty list counts as nothing. */
function isTruthy(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
