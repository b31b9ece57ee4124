import { sample, stringMatching } from 'fast-check';

type Schema = Record<string, unknown>;

/** Values for fields that have more rules than their schema tells. */
const FIELD_VALUES: Record<string, unknown> = {
  RepoUrlPicker: 'github.com?owner=acme&repo=example',
  OwnerPicker: 'group:default/team-a',
  EntityPicker: 'component:default/example',
  OwnedEntityPicker: 'component:default/example',
  MyGroupsPicker: 'group:default/team-a',
  EntityNamePicker: 'example',
  MultiEntityPicker: ['component:default/example'],
  EntityTagsPicker: ['example'],
  RepoBranchPicker: 'main',
};
const FORMATS: Record<string, string> = {
  ...{ uri: 'https://example.com/', url: 'https://example.com/', email: 'someone@example.com' },
  ...{ date: '2026-01-02', 'date-time': '2026-01-02T03:04:05Z', 'entity-name': 'example' },
};

/** Answers to a form, made from nothing but its schema; the same at every call. */
export function answersFor(schema: unknown): Record<string, unknown> {
  const answers = valueFor(schema);
  return isObject(answers) ? answers : {};
}

function valueFor(given: unknown): unknown {
  const schema = isObject(given) ? given : {};
  const field = schema['ui:field'];
  if (schema['default'] !== undefined) return schema['default'];
  if (typeof field === 'string' && field in FIELD_VALUES) return FIELD_VALUES[field];
  const { enum: choices, const: only, oneOf, anyOf, allOf, type } = schema;
  if (only !== undefined) return only;
  if (Array.isArray(choices)) return choices[0];
  const kind: unknown = Array.isArray(type) ? type[0] : type;
  if (kind === 'object' || isObject(schema['properties'])) return objectFor(schema);
  const [first] = [oneOf, anyOf, allOf].flatMap((list) => (Array.isArray(list) ? [list[0] as unknown] : []));
  if (first !== undefined) return valueFor(isObject(first) ? { ...schema, oneOf: undefined, anyOf: undefined, allOf: undefined, ...first } : first); // prettier-ignore
  if (kind === 'array') return listFor(schema);
  if (kind === 'boolean') return false;
  if (kind === 'number' || kind === 'integer') return Number(schema['minimum'] ?? 1);
  return textFor(schema);
}

/** All its properties, and of what depends on their values the branch that they lead to. */
function objectFor(schema: Schema): Record<string, unknown> {
  const answers: Record<string, unknown> = {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  for (const [name, property] of Object.entries(properties)) {
    const value = valueFor(property);
    if (value !== undefined) answers[name] = value;
  }
  const dependencies = isObject(schema['dependencies']) ? schema['dependencies'] : {};
  for (const [name, dependent] of Object.entries(dependencies)) {
    if (!(name in answers) || !isObject(dependent)) continue;
    const branches = Array.isArray(dependent['oneOf']) ? (dependent['oneOf'] as unknown[]) : [dependent];
    const branch = branches.filter(isObject).find((one) => isChosen(one, name, answers[name]));
    if (branch) Object.assign(answers, { ...objectFor(branch), ...answers });
  }
  if (Array.isArray(schema['allOf'])) {
    for (const part of schema['allOf'])
      Object.assign(answers, { ...objectFor(isObject(part) ? part : {}), ...answers });
  }
  return answers;
}

function isChosen(branch: Schema, name: string, value: unknown): boolean {
  const property = isObject(branch['properties']) ? branch['properties'][name] : undefined;
  if (!isObject(property)) return true;
  if ('const' in property) return property['const'] === value;
  return !Array.isArray(property['enum']) || property['enum'].includes(value);
}

function listFor({ items, minItems }: Schema): unknown[] {
  return Array.from({ length: Number(minItems ?? 0) }, () => valueFor(items));
}

function textFor({ pattern, format, minLength, maxLength }: Schema): string {
  if (typeof format === 'string' && format in FORMATS) return FORMATS[format] ?? '';
  const [least, most] = [Number(minLength ?? 0), Number(maxLength ?? 40)];
  if (typeof pattern !== 'string') return 'example'.padEnd(least, 'x').slice(0, most);
  const expression = new RegExp(pattern, 'u');
  if (expression.test('example') && least <= 7 && most >= 7) return 'example';
  const texts = sample(stringMatching(expression), { numRuns: 200, seed: 7 });
  return texts.find((text) => text.length >= least && text.length <= most) ?? texts[0] ?? '';
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
