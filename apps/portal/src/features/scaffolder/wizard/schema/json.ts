/** What JSON can hold. */
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
/** A mapping of JSON. */
export type JsonObject = Record<string, JsonValue>;

/** Whether a value is a mapping, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The mapping without some of its keys. */
export function without<Value>(
  object: Readonly<Record<string, Value>>,
  ...keys: readonly string[]
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !keys.includes(key)));
}
