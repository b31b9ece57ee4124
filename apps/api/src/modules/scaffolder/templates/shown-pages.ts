import { isTruthy } from '../engine/truth.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import { TemplateFailure, type TemplateEngine } from '../engine/template-engine.ts';

/**
 * The pages that a person with these answers is shown, by the rules of the forms: `when` is a truth value or an
 * expression over `parameters`, with its braces or without; a page whose condition cannot be told is shown; a page
 * behind a feature flag is not, since there are no flags here.
 */
export async function shownPages(
  pages: readonly JsonObject[],
  parameters: JsonObject,
  engine: Pick<TemplateEngine, 'renderValue'>,
  signal: AbortSignal,
): Promise<JsonObject[]> {
  const isShown = await Promise.all(
    pages.map(
      async (page) =>
        page['backstage:featureFlag'] === undefined &&
        (await holds(page['when'], parameters, engine, signal)),
    ),
  );
  return pages.filter((_, index) => isShown[index]);
}

async function holds(
  when: JsonValue | undefined,
  parameters: JsonObject,
  engine: Pick<TemplateEngine, 'renderValue'>,
  signal: AbortSignal,
): Promise<boolean> {
  if (typeof when === 'boolean') return when;
  const text = typeof when === 'string' ? when.trim() : '';
  if (text === '') return true;
  const expression = text.startsWith('${{') ? text : `\${{ ${text} }}`;
  try {
    return isTruthy(await engine.renderValue(expression, { parameters }, { signal }));
  } catch (error) {
    if (error instanceof TemplateFailure) return true;
    throw error;
  }
}
