import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { isTruthy } from '../engine/truth.ts';
import type { RunContext } from './run-context.ts';

/** What a run gives: links, texts and whatever else its template names. Entries whose `if` is false are left out. */
export async function renderOutput(
  output: JsonObject,
  context: RunContext,
  engine: Pick<TemplateEngine, 'renderValue'>,
  signal: AbortSignal,
): Promise<JsonObject> {
  const rendered = await engine.renderValue(output, context.plain(), { signal });
  if (!isJsonObject(rendered)) return {};
  const shown: JsonObject = {};
  for (const [name, value] of Object.entries(rendered)) {
    shown[name] = name === 'links' || name === 'text' ? withoutHidden(value, output[name]) : value;
  }
  return shown;
}

function withoutHidden(entries: JsonValue, written: JsonValue | undefined): JsonValue {
  if (!Array.isArray(entries)) return entries;
  return entries.flatMap((entry, index) => {
    if (!isJsonObject(entry)) return [];
    const { if: condition, ...rest } = entry;
    // A condition that became nothing is gone from the mapping, unlike one that was never there.
    const original = Array.isArray(written) ? written[index] : undefined;
    const isConditional = isJsonObject(original) && 'if' in original;
    return isConditional && !isTruthy(condition) ? [] : [rest];
  });
}
