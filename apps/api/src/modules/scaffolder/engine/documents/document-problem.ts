import { TemplateProblemError } from '@waymark/templating';
import type { JsonValue } from '../json.ts';

/** Characters of JSON that one piece of work may give: as many as a template may render. */
const MAX_RESULT_CHARACTERS = 4 * 1024 * 1024;
const MAX_DEPTH = 100;
/** Expressions see what steps give, and none of these is ever a name there. */
const UNSAFE_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

/** Ends the work on a document, with a sentence. */
export function documentProblem(message: string, hint: string, line?: number): TemplateProblemError {
  return new TemplateProblemError({
    ...{ code: 'template.evaluation', message, hint },
    ...(line === undefined ? {} : { line }),
  });
}

/**
 * Data with nothing in it but JSON, of a size that can be handed on.
 *
 * @returns undefined for what JSON cannot say at all
 * @throws TemplateProblemError
 */
export function plainData(value: unknown): JsonValue | undefined {
  demandShallow(value, 0);
  const text = JSON.stringify(value) as string | undefined; // the library's type leaves functions out
  if (text === undefined) return undefined;
  demandShort(text);
  return JSON.parse(text) as JsonValue; // it was written as JSON just now
}

/** @throws TemplateProblemError when a text is longer than anything may be that is handed on */
export function demandShort(text: string): string {
  if (text.length <= MAX_RESULT_CHARACTERS) return text;
  throw new TemplateProblemError({
    code: 'template.limit',
    message: `The result has more than ${MAX_RESULT_CHARACTERS / 1024 / 1024} million characters.`,
    hint: 'Choose less of the data.',
  });
}

function demandShallow(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth >= MAX_DEPTH) {
    throw new TemplateProblemError({
      code: 'template.too-deep',
      message: `The data has more than ${MAX_DEPTH} levels of lists and mappings.`,
      hint: 'Make it flatter.',
    });
  }
  for (const [key, item] of Object.entries(value)) {
    if (UNSAFE_KEYS.has(key)) {
      throw new TemplateProblemError({
        code: 'template.bad-key',
        message: `The key ${JSON.stringify(key)} is not allowed.`,
        hint: 'Give it another name.',
      });
    }
    demandShallow(item, depth + 1);
  }
}
