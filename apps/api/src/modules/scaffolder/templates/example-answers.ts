import type { RepositoryHost } from '@waymark/contracts';
import { isJsonObject, type JsonObject, type JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { shownPages } from './shown-pages.ts';

export interface ExampleSettings {
  engine: Pick<TemplateEngine, 'renderValue'>;
  hosts: readonly RepositoryHost[];
  signal: AbortSignal;
}

/** What stands for the choice of a picker that offers things of the catalog, or texts with rules of their own. */
const FIELD_EXAMPLES: Readonly<Record<string, JsonValue>> = {
  EntityNamePicker: 'example',
  EntityPicker: 'component:default/example',
  EntityTagsPicker: [],
  MultiEntityPicker: [],
  MyGroupsPicker: 'group:default/example-team',
  OwnedEntityPicker: 'component:default/example',
  OwnerPicker: 'group:default/example-team',
  RepoBranchPicker: 'main',
  RepoOwnerPicker: 'example-team',
};
const FORMAT_EXAMPLES: Readonly<Record<string, string>> = {
  ...{ date: '2026-01-31', 'date-time': '2026-01-31T12:00:00Z', email: 'example@example.com' },
  ...{ hostname: 'www.example.com', uri: 'https://www.example.com/', url: 'https://www.example.com/' },
};
const EXAMPLE = 'example';
const MAX_DEPTH = 8;

/**
 * Answers for somebody who wants to see what a template makes before giving any: the defaults and examples of its
 * schema, and for the rest of what it requires something that looks like an answer. They need not fit every rule.
 */
export async function exampleAnswers(
  pages: readonly JsonObject[],
  { engine, hosts, signal }: ExampleSettings,
): Promise<JsonObject> {
  const examplesOf = (some: readonly JsonObject[]) =>
    Object.assign({}, ...some.map((page) => membersOf(page, hosts, 0))) as JsonObject; // of objects comes an object
  const shown = await shownPages(pages, examplesOf(pages), engine, signal);
  return examplesOf(shown);
}

/** Of an object: what has a value by itself, and what must have one. */
function membersOf(schema: JsonObject, hosts: readonly RepositoryHost[], depth: number): JsonObject {
  const { properties, required } = schema;
  const members: JsonObject = {};
  if (!isJsonObject(properties) || depth > MAX_DEPTH) return members;
  for (const [name, property] of Object.entries(properties)) {
    if (!isJsonObject(property)) continue;
    const isRequired = Array.isArray(required) && required.includes(name);
    const value = suggestedBy(property) ?? (isRequired ? valueFor(property, hosts, depth + 1) : undefined);
    if (value !== undefined) members[name] = value;
  }
  return members;
}

/** What the author of the template has written down. */
function suggestedBy({ default: usual, examples, const: only }: JsonObject): JsonValue | undefined {
  return usual ?? only ?? (Array.isArray(examples) ? examples[0] : undefined);
}

function valueFor(schema: JsonObject, hosts: readonly RepositoryHost[], depth: number): JsonValue {
  const { enum: choices, 'ui:field': field, type, format, minimum } = schema;
  if (Array.isArray(choices) && choices[0] !== undefined) return choices[0];
  if (field === 'RepoUrlPicker')
    return `${hosts[0]?.host ?? 'github.com'}?owner=example-team&repo=${EXAMPLE}`;
  if (typeof field === 'string' && Object.hasOwn(FIELD_EXAMPLES, field))
    return FIELD_EXAMPLES[field] ?? EXAMPLE;
  const [alternative] = [schema['oneOf'], schema['anyOf']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  if (isJsonObject(alternative) && depth <= MAX_DEPTH) {
    return suggestedBy(alternative) ?? valueFor({ type: type ?? null, ...alternative }, hosts, depth + 1);
  }
  const kind = Array.isArray(type) ? type[0] : type;
  if (kind === 'object') return membersOf(schema, hosts, depth);
  if (kind === 'array') return [];
  if (kind === 'boolean') return false;
  if (kind === 'number' || kind === 'integer') return typeof minimum === 'number' ? minimum : 1;
  return typeof format === 'string' && Object.hasOwn(FORMAT_EXAMPLES, format)
    ? (FORMAT_EXAMPLES[format] ?? EXAMPLE)
    : EXAMPLE;
}
