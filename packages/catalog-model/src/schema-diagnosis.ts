import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import type { JsonSchema } from './core-kinds.ts';
import { isRecord } from './entity-ref.ts';
import { fieldExample } from './field-examples.ts';
import { maxKeysToCompare, nearestWord } from './near-miss.ts';
import { formatPath, maxFindings, quote, type Finding } from './problem.ts';

const text: JsonSchema = { type: 'string', minLength: 1 };
const textMap: JsonSchema = { type: 'object', additionalProperties: { type: 'string' } };
const linkFields = { url: text, title: text, icon: text, type: text };

/** Fields of `metadata` that the catalog gives a meaning to. */
export const metadataFields: Record<string, JsonSchema> = {
  name: text,
  namespace: text,
  title: text,
  description: { type: 'string' },
  labels: textMap,
  annotations: textMap,
  tags: { type: 'array', items: text },
  links: { type: 'array', items: { type: 'object', required: ['url'], properties: linkFields } },
};

/**
 * Schemas that the schema of a kind may refer to. The verdict comes from those of `@backstage/catalog-model`, which
 * it does not export; these say the same and are asked only for the list of everything that is wrong.
 */
const baseSchemas: JsonSchema[] = [
  { $id: 'EntityMeta', type: 'object', required: ['name'], properties: metadataFields },
  {
    $id: 'Entity',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    additionalProperties: false,
    properties: { apiVersion: text, kind: text, metadata: { $ref: 'EntityMeta' }, spec: { type: 'object' } },
  },
  {
    $id: 'EntityEnvelope',
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: text,
      kind: text,
      metadata: { type: 'object', required: ['name'], properties: { name: text, namespace: text } },
    },
  },
];

/** Lists everything in which a value breaks a schema. */
export type SchemaDiagnosis = (value: unknown) => Finding[];

/** Compiles the schema of a kind for {@link SchemaDiagnosis}; it may refer to `Entity`, `EntityMeta`, `EntityEnvelope`. */
export function createSchemaDiagnosis(schema: JsonSchema): SchemaDiagnosis {
  let validate: ValidateFunction | undefined;
  return (value) => {
    // Most kinds never see an invalid entity: compiling waits for the first.
    validate ??= new Ajv({ allErrors: true, allowUnionTypes: true, strict: false, logger: false })
      .addSchema(baseSchemas)
      .compile(schema);
    if (validate(value)) return [];
    const errors = (validate.errors ?? []).slice(0, maxFindings);
    return distinct(errors.map((error) => toFinding(error, value)));
  };
}

function distinct(findings: Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter((finding) => {
    const key = `${formatPath(finding.path)} ${finding.message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function toFinding(error: ErrorObject, root: unknown): Finding {
  const path = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const value = valueAt(root, path);
  // Each keyword has members of its own, and every reader below looks at their type.
  const params = error.params as Record<string, unknown>;
  switch (error.keyword) {
    case 'required':
      return missingField(String(params['missingProperty']), value, path);
    case 'additionalProperties':
      return foreignField(String(params['additionalProperty']), path);
    case 'type':
      return wrongType(params['type'], value, path);
    case 'minLength':
      return value === ''
        ? invalid(
            `${name(path)} is empty.`,
            fieldExample(path) ?? 'Give it a value or remove the line.',
            path,
          )
        : otherRule(error, value, path);
    case 'enum':
    case 'const':
      return notOneOf(params, value, path);
    default:
      return otherRule(error, value, path);
  }
}

function valueAt(root: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    root,
  );
}

function name(path: readonly string[]): string {
  return path.length === 0 ? 'The document' : formatPath(path);
}

function invalid(message: string, hint: string, path: string[], at: Finding['at'] = 'value'): Finding {
  return { level: 'error', code: 'entity.invalid', message, hint, path, at };
}

function missingField(field: string, parent: unknown, parentPath: string[]): Finding {
  const path = [...parentPath, field];
  const present = isRecord(parent) ? Object.keys(parent).slice(0, maxKeysToCompare) : [];
  const misspelt = present.find((key) => nearestWord(key, [field]) === field);
  const hint =
    misspelt === undefined
      ? (fieldExample(path) ?? `Add "${field}".`)
      : `Did you mean "${field}" where it says ${quote(misspelt)}?`;
  return invalid(`${formatPath(path)} is missing.`, hint, path);
}

const rootFields = ['apiVersion', 'kind', 'metadata', 'spec'];

function foreignField(field: string, parentPath: string[]): Finding {
  const path = [...parentPath, field];
  if (parentPath.length > 0) {
    return invalid(`${formatPath(path)} is not a field that is allowed here.`, 'Remove it.', path, 'key');
  }
  const meant = nearestWord(field, rootFields);
  const hint =
    meant === undefined
      ? 'Only apiVersion, kind, metadata and spec stand at the top: move it under metadata or spec, or remove it.'
      : `Did you mean "${meant}"?`;
  return invalid(`Unknown field ${quote(field)} at the top of the document.`, hint, path, 'key');
}

const typeNames: Record<string, string> = {
  string: 'text',
  array: 'a list',
  object: 'a mapping of keys to values',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  null: 'empty',
};

function wrongType(expected: unknown, value: unknown, path: string[]): Finding {
  const types = Array.isArray(expected) ? expected.map(String) : [String(expected)];
  const wanted = types.map((type) => typeNames[type] ?? type).join(' or ');
  if (value === null) {
    const hint = fieldExample(path) ?? 'Give it a value or remove the line.';
    return invalid(`${name(path)} has no value; it must be ${wanted}.`, hint, path);
  }
  const message = `${name(path)} must be ${wanted}, but it is ${describe(value)}.`;
  return invalid(message, typeHint(types, value, path), path);
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (isRecord(value)) return 'a mapping';
  return typeof value === 'string' ? `the text ${quote(value)}` : quote(value);
}

function typeHint(types: readonly string[], value: unknown, path: string[]): string {
  const isScalar = typeof value !== 'object';
  if (types.includes('string') && isScalar) return `Put it in quotes: "${quote(value)}".`;
  if (types.includes('array') && isScalar) return `Write it as a list: [${quote(value)}].`;
  return fieldExample(path) ?? 'Correct the value.';
}

function notOneOf(params: Record<string, unknown>, value: unknown, path: string[]): Finding {
  const allowed = Array.isArray(params['allowedValues']) ? params['allowedValues'] : [params['allowedValue']];
  const choices = allowed.map((choice) => JSON.stringify(choice)).join(' or ');
  const meant =
    typeof value === 'string'
      ? nearestWord(
          value,
          allowed.filter((choice) => typeof choice === 'string'),
        )
      : undefined;
  const hint = meant === undefined ? `Write ${choices}.` : `Did you mean "${meant}"?`;
  return invalid(`${name(path)} must be ${choices}, but it is ${describe(value)}.`, hint, path);
}

function otherRule(error: ErrorObject, value: unknown, path: string[]): Finding {
  const rule = error.message ?? `must satisfy "${error.keyword}"`;
  const shown = typeof value === 'object' ? '' : ` (it is ${describe(value)})`;
  return invalid(`${name(path)} ${rule}${shown}.`, fieldExample(path) ?? 'Correct the value.', path);
}
