import { isJsonObject, type JsonObject, type JsonValue } from '../json.ts';

/**
 * Data with other data merged into it, by the rules of Roadie's merge actions: mappings are merged at every level, and
 * whatever else the content has takes the place of what was there.
 *
 * @param mergeArrays whether what meets a list is put at its end
 */
export function mergeData(
  target: JsonValue | undefined,
  content: JsonValue,
  { mergeArrays }: { mergeArrays: boolean },
): JsonValue {
  if (mergeArrays && Array.isArray(target)) {
    return Array.isArray(content) ? [...target, ...content] : [...target, content];
  }
  if (!isJsonObject(target) || !isJsonObject(content)) return content;
  const merged: JsonObject = { ...target };
  for (const [key, value] of Object.entries(content)) {
    merged[key] = mergeData(Object.hasOwn(target, key) ? target[key] : undefined, value, { mergeArrays });
  }
  return merged;
}
