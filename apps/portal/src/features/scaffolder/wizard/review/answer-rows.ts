import { readRepoUrl, repoUrlText } from '../fields/repo-url-value.ts';
import { fieldSchemas, isHiddenField } from '../schema/field-schemas.ts';
import { isJsonObject, type JsonObject, type JsonValue } from '../schema/json.ts';

/** An answer as the review shows it. */
export interface AnswerRow {
  path: string[];
  label: string;
  value: AnswerValue;
}

/** What is shown for an answer: texts, names of entities, words for what must not be seen. */
export type AnswerValue =
  { kind: 'text'; text: string } | { kind: 'entities'; refs: string[] } | { kind: 'hidden'; text: string };

const entityFields: ReadonlySet<string> = new Set([
  ...['OwnerPicker', 'EntityPicker', 'OwnedEntityPicker', 'MyGroupsPicker', 'MultiEntityPicker'],
]);
const hiddenWords = 'Hidden';

/**
 * The answers to a page in the order of its fields. `ui:backstage.review` of a field says whether it is shown (`show`),
 * what stands for it (`mask`), how it is called (`name`) and whether a group is taken apart (`explode`).
 */
export function answerRows(source: JsonObject, values: JsonObject): AnswerRow[] {
  return rowsOf(source, values, [], []);
}

function rowsOf(source: JsonObject, values: JsonObject, path: string[], labels: string[]): AnswerRow[] {
  const fields = fieldSchemas(source);
  const order = orderOf(source, [...fields.keys()]);
  return order.flatMap((name) => {
    const value = values[name];
    if (value === undefined) return [];
    const schema = schemaOf(fields.get(name) ?? []);
    return fieldRows(schema, value, [...path, name], [...labels, titleOf(schema, name)]);
  });
}

function fieldRows(schema: JsonObject, value: JsonValue, path: string[], labels: string[]): AnswerRow[] {
  const review = reviewOf(schema);
  if (review['show'] === false) return [];
  const named = typeof review['name'] === 'string' ? [...labels.slice(0, -1), review['name']] : labels;
  const label = named.join(' › ');
  const { mask } = review;
  if (typeof mask === 'string' && mask !== '')
    return [{ path, label, value: { kind: 'hidden', text: mask } }];
  if (isHiddenField(schema)) return [{ path, label, value: { kind: 'hidden', text: hiddenWords } }];
  if (isJsonObject(value) && review['explode'] !== false && hasFields(schema)) {
    return rowsOf(schema, value, path, named);
  }
  return [{ path, label, value: valueOf(schema, value) }];
}

function valueOf(schema: JsonObject, value: JsonValue): AnswerValue {
  const field = schema['ui:field'];
  const repository = field === 'RepoUrlPicker' ? readRepoUrl(value) : undefined;
  if (repository) return { kind: 'text', text: repoUrlText(repository) };
  if (typeof field === 'string' && entityFields.has(field)) {
    const refs = [value].flat().filter((ref) => typeof ref === 'string' && ref !== '');
    // Texts by the line above.
    if (refs.length > 0) return { kind: 'entities', refs: refs as string[] };
  }
  return { kind: 'text', text: valueText(schema, value) };
}

/** An answer in words: the name of a choice instead of its value, yes and no, lists with commas. */
export function valueText(schema: JsonObject, value: JsonValue): string {
  const choice = choiceName(schema, value);
  if (choice !== undefined) return choice;
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (value === null || value === '') return '–';
  if (Array.isArray(value)) {
    const items = isJsonObject(schema['items']) ? schema['items'] : {};
    const names = schema['ui:enumNames'] ?? schema['enumNames'];
    const named: JsonObject = names === undefined ? items : { ...items, 'ui:enumNames': names };
    return value.length === 0 ? '–' : value.map((item) => valueText(named, item)).join(', ');
  }
  if (!isJsonObject(value)) return String(value);
  const fields = fieldSchemas(schema);
  return Object.entries(value)
    .map(([name, inner]) => {
      const innerSchema = schemaOf(fields.get(name) ?? []);
      if (isHiddenField(innerSchema)) return `${titleOf(innerSchema, name)}: ${hiddenWords}`;
      return `${titleOf(innerSchema, name)}: ${valueText(innerSchema, inner)}`;
    })
    .join(', ');
}

function choiceName(schema: JsonObject, value: JsonValue): string | undefined {
  const { enum: choices, oneOf } = schema;
  const names = schema['ui:enumNames'] ?? optionsOf(schema)['enumNames'] ?? schema['enumNames'];
  const text = JSON.stringify(value);
  if (Array.isArray(choices) && Array.isArray(names)) {
    const name = names[choices.findIndex((choice) => JSON.stringify(choice) === text)];
    if (typeof name === 'string') return name;
  }
  if (!Array.isArray(oneOf)) return undefined;
  const chosen = oneOf.find((each) => isJsonObject(each) && JSON.stringify(each['const']) === text);
  const title = isJsonObject(chosen) ? chosen['title'] : undefined;
  return typeof title === 'string' ? title : undefined;
}

function hasFields(schema: JsonObject): boolean {
  return fieldSchemas(schema).size > 0;
}

/** Of several descriptions of a field, as alternatives may give, what each says and no earlier one does. */
function schemaOf(schemas: readonly JsonObject[]): JsonObject {
  return Object.assign({}, ...schemas.toReversed()) as JsonObject; // of JSON objects only
}

function titleOf(schema: JsonObject, name: string): string {
  const title = schema['ui:title'] ?? schema['title'];
  return typeof title === 'string' && title !== '' ? title : name;
}

function reviewOf(schema: JsonObject): JsonObject {
  const backstage = schema['ui:backstage'];
  const review = isJsonObject(backstage) ? backstage['review'] : undefined;
  return isJsonObject(review) ? review : {};
}

function optionsOf(schema: JsonObject): JsonObject {
  return isJsonObject(schema['ui:options']) ? schema['ui:options'] : {};
}

function orderOf(source: JsonObject, names: string[]): string[] {
  const order = source['ui:order'];
  if (!Array.isArray(order)) return names;
  const listed = order.filter((name) => typeof name === 'string' && names.includes(name)) as string[]; // by the test
  const rest = names.filter((name) => !listed.includes(name));
  const star = order.indexOf('*');
  const before = star === -1 ? listed : listed.filter((name) => order.indexOf(name) < star);
  return [...before, ...rest, ...listed.filter((name) => !before.includes(name))];
}
