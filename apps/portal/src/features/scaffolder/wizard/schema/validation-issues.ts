import { validate, type OutputUnit, type Schema } from '@cfworker/json-schema';
import { isJsonObject } from './json.ts';

/** What of a value does not fit its schema. */
export interface ValidationIssue {
  /** Names and positions from the root. */
  path: string[];
  /** The rule of JSON Schema that it breaks, e.g. `minLength`. */
  keyword: string;
  /** What the rule says: the number, pattern, list. Undefined where the rule is that there is no value. */
  parameter: unknown;
  /** The schema that the rule stands in. */
  schema: Record<string, unknown>;
}

/** Rules that only say that a schema inside them is broken, which has an issue of its own. */
const wrappers: ReadonlySet<string> = new Set([
  ...['properties', 'patternProperties', 'items', 'prefixItems', 'additionalItems', 'allOf', '$ref', 'if'],
  ...['dependentSchemas', 'additionalProperties', 'propertyNames', 'unevaluatedProperties', '$recursiveRef'],
]);

/** Drafts differ in whether a rule beside `$ref` counts; here it does, as for the server. */
const draft = '2019-09';

/**
 * Checks a value by an interpreter, because the page's policy forbids code that is made at run time. The verdicts are
 * those of the server's validator, which has the last word.
 *
 * @param root where references lead
 * @throws Error when the schema is none
 */
export function validationIssues(value: unknown, schema: object, root: object = schema): ValidationIssue[] {
  // What is undefined is not there; the interpreter does not know the word.
  const instance: unknown = JSON.parse(JSON.stringify(value ?? null));
  const whole = schema === root ? schema : { ...definitionsOf(root), ...schema };
  // The interpreter notes where references lead in the schema itself, which is shared.
  const copy = structuredClone(whole) as Schema; // whatever it is, it is read as a schema or thrown at
  const { errors } = validate(instance, copy, draft, undefined, false);
  return readIssues(errors, { ...whole });
}

function definitionsOf(root: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(root).filter(([key]) => key === 'definitions' || key === '$defs'));
}

function readIssues(errors: readonly OutputUnit[], root: Record<string, unknown>): ValidationIssue[] {
  const issues: ValidationIssue[] = [];
  for (let at = 0; at < errors.length; at += 1) {
    const error = errors[at];
    if (!error) continue;
    if (error.keyword === 'oneOf' || error.keyword === 'anyOf') {
      const inside = insideOf(error, errors.slice(at + 1));
      issues.push(...alternativeIssues(error, inside, root));
      at += inside.length;
    } else if (isTelling(error)) issues.push(issueOf(error, root));
  }
  return issues;
}

/** The errors of the alternatives follow that of the whole. One of a schema `false` does not say where it stands. */
function insideOf(outer: OutputUnit, following: readonly OutputUnit[]): OutputUnit[] {
  const end = following.findIndex(
    ({ keyword, keywordLocation }) =>
      keyword !== 'false' && !keywordLocation.startsWith(`${outer.keywordLocation}/`),
  );
  return end === -1 ? [...following] : following.slice(0, end);
}

/** Of alternatives of which none fits, what is wrong with the one that comes closest. */
function alternativeIssues(
  error: OutputUnit,
  inside: readonly OutputUnit[],
  root: Record<string, unknown>,
): ValidationIssue[] {
  const alternatives = new Map<string, OutputUnit[]>();
  let branch = '';
  for (const each of inside) {
    if (each.keyword !== 'false') {
      branch = each.keywordLocation
        .slice(error.keywordLocation.length + 1)
        .split('/', 1)
        .join();
    }
    alternatives.set(branch, [...(alternatives.get(branch) ?? []), each]);
  }
  const own = issueOf(error, root);
  // With a fitting one there are too many that fit, and no single one is to blame.
  if (Array.isArray(own.parameter) && alternatives.size < own.parameter.length) return [own];
  const issues = [...alternatives.values()].map((errors) => readIssues(errors, root));
  const closest = issues.toSorted((a, b) => distance(a) - distance(b))[0];
  return closest && closest.length > 0 ? closest : [own];
}

/** An alternative that another constant or type tells apart is further away than one that lacks something. */
function distance(issues: readonly ValidationIssue[]): number {
  return issues.reduce((sum, { keyword }) => sum + (/^(const|enum|type)$/.test(keyword) ? 100 : 1), 0);
}

function isTelling({ keyword, error }: OutputUnit): boolean {
  // Of dependencies only lists of names are rules of their own.
  if (keyword === 'dependencies') return error.includes('but does not have');
  return !wrappers.has(keyword);
}

function issueOf(error: OutputUnit, root: Record<string, unknown>): ValidationIssue {
  const path = pointerParts(error.instanceLocation);
  const parts = pointerParts(error.keywordLocation);
  const named = /"(.*)"\.?$/.exec(error.error)?.[1];
  if (error.keyword === 'required' || error.keyword === 'dependencies') {
    const schema = schemaAt(root, parts.slice(0, -1));
    return { path: [...path, named ?? ''], keyword: 'required', parameter: undefined, schema };
  }
  // A schema `false` does not say where it stands.
  if (error.keyword === 'false') return { path, keyword: 'false', parameter: undefined, schema: {} };
  const schema = schemaAt(root, parts.slice(0, -1));
  return { path, keyword: error.keyword, parameter: schema[error.keyword], schema };
}

/** The schema that a location leads to, through references. */
function schemaAt(root: Record<string, unknown>, parts: readonly string[]): Record<string, unknown> {
  let at: unknown = root;
  for (const part of parts) {
    if (part === '$ref') at = schemaAt(root, pointerParts(String(Reflect.get(Object(at), '$ref'))));
    else at = Reflect.get(Object(at), part);
  }
  return isJsonObject(at) ? at : {};
}

function pointerParts(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'));
}
