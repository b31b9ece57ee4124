import type { RJSFSchema, UiSchema } from '@rjsf/utils';
import { isJsonObject, without, type JsonObject, type JsonValue } from './json.ts';
import { isKnownWidget } from './known-widgets.ts';

/** Key in a ui schema for the name of a field or widget that this portal does not have. */
export const unknownNameKey = 'waymark:unknown';

/** A schema for validation and, beside it, how its fields are drawn. */
export interface SplitSchema {
  schema: RJSFSchema;
  uiSchema: UiSchema;
}

/**
 * Options that plain widgets may be given. The widgets hand what they get to the element: a template must not reach
 * attributes through it. Fields of `ui:field` read their options themselves and get all of them.
 */
const plainOptions: ReadonlySet<string> = new Set([
  ...['autocomplete', 'autofocus', 'description', 'disabled', 'emptyValue', 'enumDisabled', 'enumNames'],
  ...['enumOrder', 'format', 'help', 'hideError', 'inline', 'inputType', 'label', 'order', 'placeholder'],
  ...['readonly', 'rows', 'title', 'widget', 'yearsRange', 'addable', 'copyable', 'orderable', 'removable'],
]);

const mapsOfSchemas = ['dependencies', 'dependentSchemas', 'patternProperties'] as const;
const listsOfSchemas = ['oneOf', 'anyOf', 'allOf'] as const;
const branches = ['if', 'then', 'else'] as const;
const definitions = ['definitions', '$defs'] as const;

/**
 * Takes a form as templates write it, a JSON Schema with `ui:` keys mixed in, apart: the schema without those keys,
 * and a ui schema of the shape that the form library wants. Keys in alternatives and dependencies count for the field
 * that they are about, wherever else it is described; what stands at the field itself wins.
 */
export function splitSchema(source: JsonObject, knownFields: ReadonlySet<string>): SplitSchema {
  const { schema, ui } = split(source, knownFields);
  // Built of JSON by the rules of both.
  return { schema, uiSchema: ui };
}

function split(source: JsonObject, knownFields: ReadonlySet<string>): { schema: JsonObject; ui: JsonObject } {
  const schema: JsonObject = {};
  const own: JsonObject = {};
  for (const [key, value] of Object.entries(source)) {
    if (key.startsWith('ui:')) own[key] = value;
    else if (!key.startsWith('backstage:')) schema[key] = value;
  }
  const { enumNames } = schema;
  delete schema['enumNames'];
  if (Array.isArray(enumNames) && own['ui:enumNames'] === undefined) own['ui:enumNames'] = enumNames;
  let ui = ownUi(own, schema['type'], knownFields);
  /** Splits a schema inside this one and says where its keys belong. */
  const inner = (value: JsonValue, place: (innerUi: JsonObject) => JsonObject): JsonValue => {
    if (!isJsonObject(value)) return value;
    const result = split(value, knownFields);
    if (Object.keys(result.ui).length > 0) ui = merged(place(result.ui), ui);
    return result.schema;
  };
  for (const key of ['properties', ...definitions, ...mapsOfSchemas] as const) {
    const map = schema[key];
    if (!isJsonObject(map)) continue;
    schema[key] = mapEntries(map, (name, value) => inner(value, (innerUi) => placed(key, name, innerUi)));
  }
  for (const key of listsOfSchemas) {
    const list = schema[key];
    if (Array.isArray(list)) schema[key] = list.map((value) => inner(value, (innerUi) => innerUi));
  }
  for (const key of branches) {
    const branch = schema[key];
    if (branch !== undefined) schema[key] = inner(branch, (innerUi) => innerUi);
  }
  for (const key of ['items', 'additionalItems', 'additionalProperties'] as const) {
    const value = schema[key];
    if (value === undefined) continue;
    schema[key] = Array.isArray(value)
      ? value.map((item, index) => inner(item, (innerUi) => ({ [key]: sparse(index, innerUi) })))
      : inner(value, (innerUi) => ({ [key]: innerUi }));
  }
  return { schema, ui };
}

function placed(key: string, name: string, ui: JsonObject): JsonObject {
  if (key === 'properties') return { [name]: ui };
  if (key === 'definitions' || key === '$defs') return { 'ui:definitions': { [`#/${key}/${name}`]: ui } };
  // A dependency describes fields of the object that it is in.
  return key === 'patternProperties' ? { additionalProperties: ui } : ui;
}

/** The `ui:` keys of one field, without those that would do harm or that nothing here understands. */
function ownUi(own: JsonObject, type: JsonValue | undefined, knownFields: ReadonlySet<string>): JsonObject {
  const { 'ui:options': written, 'ui:field': field, ...keys } = own;
  const options = isJsonObject(written) ? written : {};
  if (typeof field === 'string' && knownFields.has(field)) {
    const rest = without(keys, 'ui:widget', 'ui:backstage');
    return { ...rest, 'ui:field': field, ...(written && { 'ui:options': options }) };
  }
  const all = { ...options, ...mapKeys(keys) };
  const ui: JsonObject = {};
  for (const [name, value] of Object.entries(all)) {
    if (plainOptions.has(name)) ui[`ui:${name}`] = value;
  }
  const widget = ui['ui:widget'];
  const unknown = typeof field === 'string' ? field : widget;
  if (widget !== undefined && !isKnownWidget(widget, type)) delete ui['ui:widget'];
  if (typeof field === 'string' || (widget !== undefined && ui['ui:widget'] === undefined)) {
    if (typeof unknown === 'string') ui[unknownNameKey] = unknown;
  }
  const order = ui['ui:order'];
  // An order that leaves a field out, or has two places for the rest, would stop the page from being drawn.
  if (Array.isArray(order)) ui['ui:order'] = [...new Set([...order, '*'])];
  return ui;
}

function mapKeys(keys: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(keys).map(([key, value]) => [key.slice('ui:'.length), value]));
}

function mapEntries(map: JsonObject, change: (name: string, value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(name, value)]));
}

function sparse(index: number, value: JsonObject): JsonValue[] {
  return [...Array.from({ length: index }, () => ({})), value];
}

/** Both, deep; of two values that cannot be joined the second. */
function merged(first: JsonObject, second: JsonObject): JsonObject {
  const result = { ...first };
  for (const [key, value] of Object.entries(second)) result[key] = joined(result[key], value);
  return result;
}

function joined(first: JsonValue | undefined, second: JsonValue): JsonValue {
  if (isJsonObject(first) && isJsonObject(second)) return merged(first, second);
  const areLists = Array.isArray(first) && Array.isArray(second);
  if (areLists && [...first, ...second].every(isJsonObject)) {
    const length = Math.max(first.length, second.length);
    return Array.from({ length }, (_, index) => joined(first[index], second[index] ?? {}));
  }
  return second;
}
