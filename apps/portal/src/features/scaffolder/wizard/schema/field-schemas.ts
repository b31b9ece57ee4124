import { isJsonObject, type JsonObject, type JsonValue } from './json.ts';

/**
 * The values without the answers of fields that a schema hides while they are typed: of the field `Secret` and of
 * `ui:widget: password`. They are neither kept in the browser nor shown.
 */
export function withoutHiddenAnswers(source: JsonObject, values: JsonObject): JsonObject {
  const result: JsonObject = {};
  const fields = fieldSchemas(source);
  for (const [name, value] of Object.entries(values)) {
    const schemas = fields.get(name) ?? [];
    if (!schemas.some(isHiddenField)) result[name] = withoutHidden(schemas, value);
  }
  return result;
}

/** Whether a field hides what is typed into it. */
export function isHiddenField(schema: JsonObject): boolean {
  const options = schema['ui:options'];
  const widget = schema['ui:widget'] ?? (isJsonObject(options) ? options['widget'] : undefined);
  return schema['ui:field'] === 'Secret' || widget === 'password';
}

function withoutHidden(schemas: readonly JsonObject[], value: JsonValue): JsonValue {
  if (Array.isArray(value)) {
    const items = schemas.flatMap(({ items: each }) => (isJsonObject(each) ? [each] : []));
    if (items.some(isHiddenField)) return [];
    return value.map((item) => withoutHidden(items, item));
  }
  if (!isJsonObject(value)) return value;
  return schemas.reduce((rest, schema) => withoutHiddenAnswers(schema, rest), value);
}

/** Every description of each field of an object, also those under conditions. */
export function fieldSchemas(source: JsonObject): Map<string, JsonObject[]> {
  const fields = new Map<string, JsonObject[]>();
  const visit = (schema: JsonValue | undefined) => {
    if (!isJsonObject(schema)) return;
    if (isJsonObject(schema['properties'])) {
      for (const [name, field] of Object.entries(schema['properties'])) {
        if (isJsonObject(field)) fields.set(name, [...(fields.get(name) ?? []), field]);
      }
    }
    for (const key of ['allOf', 'anyOf', 'oneOf'] as const) {
      if (Array.isArray(schema[key])) schema[key].forEach(visit);
    }
    for (const key of ['dependencies', 'dependentSchemas'] as const) {
      if (isJsonObject(schema[key])) Object.values(schema[key]).forEach(visit);
    }
    visit(schema['then']);
    visit(schema['else']);
  };
  visit(source);
  return fields;
}
