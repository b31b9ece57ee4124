import type { TemplateParameterSchema } from '@waymark/contracts';
import { createSchemaUtils, type RJSFSchema } from '@rjsf/utils';
import { isConditionMet } from './condition.ts';
import { isJsonObject, without, type JsonObject, type JsonValue } from './schema/json.ts';
import { formValidator, type FormValues } from './schema/form-validator.ts';
import { splitSchema, type SplitSchema } from './schema/split-schema.ts';

/** One page of a form, ready to be drawn. */
export interface FormPage extends SplitSchema {
  /** From 1, as its author counts; pages that are not shown keep theirs. */
  number: number;
  title: string;
  description: string | undefined;
  when: string | boolean | undefined;
  /** As the template has it, with the `ui:` keys in place. */
  source: JsonObject;
}

/** Fills in what a page presets, and nothing for groups and lists of which nothing is preset. */
export const presetBehavior = { allOf: 'populateDefaults', emptyObjectFields: 'skipEmptyDefaults' } as const;

const featureFlagKey = 'backstage:featureFlag';

/** The pages of a template's form without those behind a feature flag: this portal has none, so all are off. */
export function formPages({ steps }: TemplateParameterSchema, knownFields: ReadonlySet<string>): FormPage[] {
  return steps.flatMap(({ title, description, when, schema }, index) => {
    if (schema[featureFlagKey] !== undefined) return [];
    // An answer of the API, so JSON.
    const source = withoutFlagged(schema as JsonObject);
    const fields = without(source, 'title', 'description', 'when');
    return { number: index + 1, title, description, when, source, ...splitSchema(fields, knownFields) };
  });
}

/** The pages whose condition holds. */
export function shownPages(pages: readonly FormPage[], values: FormValues): FormPage[] {
  const answers = plainValues(values);
  return pages.filter(({ when }) => isConditionMet(when, answers));
}

/** The answers with what the pages preset, where nothing is answered yet. */
export function withPresets(pages: readonly FormPage[], values: FormValues): FormValues {
  return pages.reduce<FormValues>((answers, { schema }) => {
    const complete: unknown = utilsOf(schema).getDefaultFormState(schema, answers);
    return isJsonObject(complete) ? complete : answers;
  }, values);
}

/**
 * The answers that a run is started with: without those of fields that are not shown any more, because the answer or
 * page that called for them is gone. What no page knows stays: a link may bring it.
 */
export function submittedValues(pages: readonly FormPage[], values: FormValues): JsonObject {
  const shown = shownPages(pages, values);
  const known = new Set(pages.flatMap(({ schema }) => fieldNames(schema)));
  const active = new Set(
    shown.flatMap(({ schema }) => fieldNames(utilsOf(schema).retrieveSchema(schema, values))),
  );
  return Object.fromEntries(
    Object.entries(plainValues(values)).filter(([name]) => !known.has(name) || active.has(name)),
  );
}

/** The schema of a page as it is for these answers: with what they call for. */
export function resolvedSchema({ schema }: FormPage, values: FormValues): RJSFSchema {
  return utilsOf(schema).retrieveSchema(schema, values);
}

/** Values as JSON: what is undefined is left out. */
export function plainValues(values: FormValues): JsonObject {
  // What comes out of JSON.parse of an object is one.
  return JSON.parse(JSON.stringify(values)) as JsonObject;
}

function utilsOf(schema: RJSFSchema) {
  return createSchemaUtils<FormValues>(formValidator, schema, presetBehavior);
}

/** Names of all fields that an object may have, also under conditions. */
function fieldNames(schema: unknown): string[] {
  if (!isJsonObject(schema)) return [];
  const lists = [schema['allOf'], schema['anyOf'], schema['oneOf']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const maps = [schema['dependencies'], schema['dependentSchemas']].flatMap((map) =>
    isJsonObject(map) ? Object.values(map) : [],
  );
  const branches = [schema['then'], schema['else']];
  const own = isJsonObject(schema['properties']) ? Object.keys(schema['properties']) : [];
  return [...own, ...[...lists, ...maps, ...branches].flatMap(fieldNames)];
}

/** Without fields behind a feature flag, which must not be demanded either. */
function withoutFlagged(schema: JsonObject): JsonObject {
  const { properties, required } = schema;
  const result: JsonObject = mapValues(schema, (value) => withoutFlaggedAnywhere(value));
  if (!isJsonObject(properties)) return result;
  const flagged = Object.entries(properties)
    .filter(([, field]) => isJsonObject(field) && field[featureFlagKey] !== undefined)
    .map(([name]) => name);
  if (flagged.length === 0) return result;
  const left = Object.entries(properties).filter(([name]) => !flagged.includes(name));
  return {
    ...result,
    properties: Object.fromEntries(left.map(([name, field]) => [name, withoutFlaggedAnywhere(field)])),
    ...(Array.isArray(required) && {
      required: required.filter((name) => typeof name !== 'string' || !flagged.includes(name)),
    }),
  };
}

function withoutFlaggedAnywhere(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(withoutFlaggedAnywhere);
  return isJsonObject(value) ? withoutFlagged(value) : value;
}

function mapValues(object: JsonObject, change: (value: JsonValue) => JsonValue): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, change(value)]));
}
