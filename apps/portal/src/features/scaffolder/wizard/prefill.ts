import { isJsonObject, type JsonObject } from './schema/json.ts';

/** The answers that `?formData=<JSON>` brings, as in Backstage; undefined where it is missing or none. */
export function readPrefill(search: URLSearchParams): JsonObject | undefined {
  const text = search.get('formData');
  if (text === null) return undefined;
  try {
    const values: unknown = JSON.parse(text);
    return isJsonObject(values) ? values : undefined;
  } catch {
    return undefined;
  }
}
