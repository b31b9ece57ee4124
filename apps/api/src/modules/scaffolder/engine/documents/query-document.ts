import jsonata from 'jsonata';
import type { JsonValue } from '../json.ts';
import { documentProblem, plainData } from './document-problem.ts';

const MAX_EXPRESSION_CHARACTERS = 20_000;

/**
 * What a JSONata expression makes of data; undefined when that is nothing. The expression is code: call it only where
 * it may be broken off.
 *
 * @throws TemplateProblemError
 */
export async function queryDocument(expression: string, data: JsonValue): Promise<JsonValue | undefined> {
  if (expression.length > MAX_EXPRESSION_CHARACTERS) {
    throw documentProblem(
      `The JSONata expression has more than ${MAX_EXPRESSION_CHARACTERS} characters.`,
      'Split it over several steps.',
    );
  }
  let result: unknown;
  try {
    result = await jsonata(expression).evaluate(data);
  } catch (error) {
    throw documentProblem(
      `The JSONata expression fails: ${reasonOf(error)}`,
      'Try the expression with the same data on https://try.jsonata.org.',
    );
  }
  return plainData(result);
}

/** The library throws mappings that are no errors, and errors of the engine. */
function reasonOf(error: unknown): string {
  const { message, position } = (error ?? {}) as { message?: unknown; position?: unknown }; // either may be missing
  const place = typeof position === 'number' ? ` (at character ${position})` : '';
  return typeof message === 'string' ? `${message}${place}.` : 'it gives no reason.';
}
