import { isJsonObject, type JsonValue } from '../engine/json.ts';

/**
 * Something of the shape of a JSON Schema, by Backstage's rule for dry runs: a text is `<example>`, a number 0, a
 * boolean false; the first of `examples` goes before all of these.
 */
export function exampleOf(schema: unknown): JsonValue {
  const given = record(schema);
  const { examples, type, properties, items, anyOf } = given;
  if (Array.isArray(examples) && examples.length > 0) return examples[0] as JsonValue; // schemas are JSON
  if (Array.isArray(anyOf)) return exampleOf(anyOf[0]);
  switch (type) {
    case 'string':
      return '<example>';
    case 'number':
    case 'integer':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return items === undefined ? [] : [exampleOf(items)];
    case 'object':
      return Object.fromEntries(
        Object.entries(record(properties)).map(([name, value]) => [name, exampleOf(value)]),
      );
    default:
      return '<unknown>';
  }
}

function record(value: unknown): Record<string, unknown> {
  return isJsonObject(value) ? value : {};
}
