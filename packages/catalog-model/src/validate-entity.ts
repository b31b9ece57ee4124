import type { Entity } from '@backstage/catalog-model';
import { defaultNamespace, isRecord } from './entity-ref.ts';
import { checkFieldFormats } from './field-format.ts';
import type { KindRegistry, KindRule } from './kind-registry.ts';
import { maxKeysToCompare } from './near-miss.ts';
import {
  formatPath,
  limitProblems,
  quote,
  toEntityProblem,
  type EntityProblem,
  type FieldPath,
  type Finding,
} from './problem.ts';
import { readRelations, type EmittedRelation } from './relations.ts';
import { createSchemaDiagnosis } from './schema-diagnosis.ts';
import { findUnknownKind } from './unknown-kind.ts';
import { inspectStructure } from './value-structure.ts';

/** The verdict on one value: an entity as it is stored with its relations, or only what is wrong with it. */
export interface Judgement {
  entity?: Entity;
  relations: EmittedRelation[];
  findings: Finding[];
}

/** An entity nested more deeply than this is refused when {@link validateEntity} is given no limit. */
export const defaultMaxDepth = 100;

/** What {@link validateEntity} gives: with `entity` the problems are warnings and notes only. */
export type ValidationResult =
  | { entity: Entity; relations: EmittedRelation[]; problems: EntityProblem[] }
  | { entity?: undefined; problems: EntityProblem[] };

/**
 * Validates a value as an entity by the rules of Backstage's default policies and kind validators, and reports
 * every problem. The entity that comes back has its namespace filled in and the fields removed that only the catalog
 * sets (`relations`, `status`, `metadata.uid`, `metadata.etag`); the value itself is not changed.
 */
export function validateEntity(
  value: unknown,
  kinds: KindRegistry,
  limits: { maxDepth: number } = { maxDepth: defaultMaxDepth },
): ValidationResult {
  const { entity, relations, findings } = judgeEntity(value, kinds, limits.maxDepth);
  const problems = limitProblems(findings.map(toEntityProblem));
  return entity === undefined ? { problems } : { entity, relations, problems };
}

/** {@link validateEntity} before its findings are turned into problems, for callers that know the text. */
export function judgeEntity(value: unknown, kinds: KindRegistry, maxDepth: number): Judgement {
  const { findings, placeholders } = inspectStructure(value, maxDepth);
  const isTooDeep = findings.some((finding) => finding.code === 'yaml.too-deep');
  if (isTooDeep) return { relations: [], findings };
  if (!isRecord(value)) return { relations: [], findings: [...findings, notAnObject(value)] };
  const entity = withoutCatalogFields(value, findings);
  const rule = findRule(entity, kinds, findings);
  const schemaFindings = rule === undefined ? diagnoseEnvelope(entity) : rule.findSchemaProblems(entity);
  findings.push(...exceptPlaceholders(schemaFindings, placeholders));
  if (isRecord(entity['metadata'])) findings.push(...checkFieldFormats(asEntity(entity)));
  if (rule === undefined) return { relations: [], findings };
  noteProbableTypos(entity, rule, findings);
  const read = isRecord(entity['metadata'])
    ? readRelations(asEntity(entity), rule.relations, rule.isCustom)
    : { relations: [], findings: [] };
  findings.push(...read.findings.filter(({ path }) => !isCoveredBy(findings, path)));
  if (hasError(findings)) return { relations: [], findings };
  return { entity: asEntity(entity), relations: read.relations, findings };
}

/** Whether something wrong was found already at the path or above it, below the level of `spec`. */
function isCoveredBy(findings: readonly Finding[], path: FieldPath): boolean {
  return findings.some(
    (finding) => finding.path.length > 1 && finding.path.every((key, index) => path[index] === key),
  );
}

/** Says that a document has to be a mapping. */
export function notAnObject(value: unknown): Finding {
  const type = Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value;
  return {
    level: 'error',
    code: 'document.not-an-object',
    message: `Expected object at root, got ${type}.`,
    hint: 'Write "key: value" lines: apiVersion, kind, metadata and spec.',
    path: [],
    at: 'value',
  };
}

function hasError(findings: readonly Finding[]): boolean {
  return findings.some((finding) => finding.level === 'error');
}

/** Treats a value as an entity whose form is still in doubt. */
function asEntity(value: Record<string, unknown>): Entity {
  // The callees look at the type of every field that they read; once no error was found, the schema proved the shape.
  return value as unknown as Entity;
}

/** A copy of what belongs to the author, with the namespace filled in. Only the changed objects are copied. */
function withoutCatalogFields(value: Record<string, unknown>, findings: Finding[]): Record<string, unknown> {
  const entity = { ...value };
  for (const field of ['relations', 'status']) {
    if (field in entity) findings.push(ignoredField([field]));
    delete entity[field];
  }
  if (!isRecord(entity['metadata'])) return entity;
  const metadata = { ...entity['metadata'] };
  for (const field of ['uid', 'etag']) {
    if (field in metadata) findings.push(ignoredField(['metadata', field]));
    delete metadata[field];
  }
  if (metadata['namespace'] === undefined) metadata['namespace'] = defaultNamespace;
  entity['metadata'] = metadata;
  return entity;
}

function ignoredField(path: FieldPath): Finding {
  return {
    level: 'info',
    code: 'entity.ignored-field',
    message: `${path.join('.')} is set by the catalog; what the file says is ignored.`,
    hint: 'Remove it from the file.',
    path,
    at: 'key',
  };
}

function findRule(
  entity: Record<string, unknown>,
  kinds: KindRegistry,
  findings: Finding[],
): KindRule | undefined {
  const { apiVersion, kind, spec } = entity;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  if (apiVersion === '' || kind === '') return undefined;
  const specType = isRecord(spec) ? spec['type'] : undefined;
  const rule = kinds.find(apiVersion, kind, specType);
  if (rule !== undefined) return rule;
  findings.push(findUnknownKind(apiVersion, kind, kinds));
  // With only the case of the kind wrong, the rest is judged as what was meant, so that nothing is told piecemeal.
  const meant = kinds.kinds.find((known) => known.kind.toLowerCase() === kind.toLowerCase());
  return meant && kinds.find(apiVersion, meant.kind, specType);
}

const diagnoseEnvelope = createSchemaDiagnosis({ $ref: 'Entity' });

/** What a placeholder will be is not known here, so a wrong type in its place is no error; that it stays is noted. */
function exceptPlaceholders(findings: Finding[], placeholders: readonly FieldPath[]): Finding[] {
  if (placeholders.length === 0) return findings;
  const isInside = (path: FieldPath) =>
    placeholders.some((placeholder) => placeholder.every((key, index) => path[index] === key));
  return [
    ...findings.filter((finding) => !isInside(finding.path)),
    ...placeholders.map((path): Finding => ({
      level: 'warning',
      code: 'entity.unresolved-placeholder',
      message: 'The content of the other file is not read: the placeholder is kept as it is.',
      hint: 'Write the content into this file if it should be shown and searched.',
      path,
      at: 'value',
    })),
  ];
}

function noteProbableTypos(entity: Record<string, unknown>, rule: KindRule, findings: Finding[]): void {
  for (const parent of ['metadata', 'spec'] as const) {
    const fields = entity[parent];
    if (!isRecord(fields)) continue;
    for (const key of Object.keys(fields).slice(0, maxKeysToCompare)) {
      const meant = rule.nearestField(parent, key);
      if (meant === undefined || meant in fields) continue;
      const isReported = findings.some((finding) => finding.hint.includes(quote(key)));
      if (!isReported) findings.push(probableTypo(meant, rule.kind, [parent, key]));
    }
  }
}

function probableTypo(meant: string, kind: string, path: [parent: string, key: string]): Finding {
  return {
    level: 'warning',
    code: 'entity.probable-typo',
    message: `${formatPath(path)} is no field that ${kind} is read for.`,
    hint: `Did you mean "${meant}"?`,
    path,
    at: 'key',
  };
}
