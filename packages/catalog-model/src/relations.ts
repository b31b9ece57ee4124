import {
  RELATION_API_CONSUMED_BY,
  RELATION_API_PROVIDED_BY,
  RELATION_CHILD_OF,
  RELATION_CONSUMES_API,
  RELATION_DEPENDENCY_OF,
  RELATION_DEPENDS_ON,
  RELATION_HAS_MEMBER,
  RELATION_HAS_PART,
  RELATION_MEMBER_OF,
  RELATION_OWNED_BY,
  RELATION_OWNER_OF,
  RELATION_PARENT_OF,
  RELATION_PART_OF,
  RELATION_PROVIDES_API,
  type Entity,
} from '@backstage/catalog-model';
import { canExist, defaultNamespace, isRecord, parseRef, stringifyRef } from './entity-ref.ts';
import { isPlaceholder } from './placeholder.ts';
import { maxFindings, quote, type Finding } from './problem.ts';

/** A relation as an entity declares it: from that entity, of this type, to the canonical reference. */
export interface EmittedRelation {
  type: string;
  targetRef: string;
}

/** A field of a spec that holds one reference or a list of them, and the relation that each of them declares. */
export interface RelationField {
  /** The key under `spec`. */
  field: string;
  type: string;
  /** The kind of a reference that names none; without it, naming the kind is required. */
  defaultKind?: string;
}

/** Both directions of every relation of the core kinds. */
export const relationPairs: readonly (readonly [forward: string, reverse: string])[] = [
  [RELATION_OWNED_BY, RELATION_OWNER_OF],
  [RELATION_PART_OF, RELATION_HAS_PART],
  [RELATION_PROVIDES_API, RELATION_API_PROVIDED_BY],
  [RELATION_CONSUMES_API, RELATION_API_CONSUMED_BY],
  [RELATION_DEPENDS_ON, RELATION_DEPENDENCY_OF],
  [RELATION_CHILD_OF, RELATION_PARENT_OF],
  [RELATION_MEMBER_OF, RELATION_HAS_MEMBER],
];

const reverseByType = new Map(
  relationPairs.flatMap(([forward, reverse]) => [
    [forward, reverse],
    [reverse, forward],
  ]),
);

/** The type of the same relation seen from its target: `ownedBy` gives `ownerOf` and back. `undefined` if unknown. */
export function reverseRelation(type: string): string | undefined {
  return reverseByType.get(type);
}

const forwardByReverse = new Map(relationPairs.map(([forward, reverse]) => [reverse, forward]));

/** The forward type of a pair: `ownedBy` for `ownerOf` and for itself. A type of no pair is forward as it is. */
export function forwardRelation(type: string): string {
  return forwardByReverse.get(type) ?? type;
}

/** What {@link readRelations} found: each relation once, and what is wrong with the references. */
export interface RelationsOutcome {
  relations: EmittedRelation[];
  findings: Finding[];
}

/**
 * Reads the relations that an entity declares, in its own direction only.
 * A reference without a namespace means the namespace of the entity itself. The entity may be invalid in other ways.
 *
 * @param isLenient - Pass over what cannot be read, for kinds whose fields may mean something else.
 */
export function readRelations(
  entity: Entity,
  fields: readonly RelationField[],
  isLenient = false,
): RelationsOutcome {
  const outcome: RelationsOutcome = { relations: [], findings: [] };
  const seen = new Set<string>();
  for (const field of fields) {
    const value: unknown = isRecord(entity.spec) ? entity.spec[field.field] : undefined;
    if (!value || isPlaceholder(value)) continue;
    const targets: unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, target] of targets.entries()) {
      if (outcome.findings.length >= maxFindings) return outcome;
      const path = ['spec', field.field, ...(Array.isArray(value) ? [String(index)] : [])];
      readTarget({ entity, field, target, path, isLenient, seen }, outcome);
    }
  }
  return outcome;
}

interface Target {
  entity: Entity;
  field: RelationField;
  target: unknown;
  path: string[];
  isLenient: boolean;
  seen: Set<string>;
}

function readTarget(
  { entity, field, target, path, isLenient, seen }: Target,
  { relations, findings }: RelationsOutcome,
): void {
  const { namespace } = entity.metadata;
  const context = {
    defaultNamespace: typeof namespace === 'string' ? namespace : defaultNamespace,
    ...(field.defaultKind === undefined ? {} : { defaultKind: field.defaultKind }),
  };
  const ref = parseTarget(target, context);
  if (ref === undefined) {
    if (!isLenient && !isPlaceholder(target)) findings.push(badReference(target, field, path));
    return;
  }
  const targetRef = stringifyRef(ref);
  const isPossible = canExist(ref);
  if (isLenient && !isPossible) return;
  if (!isPossible) findings.push(unlikelyReference(target, path));
  const key = `${field.type} ${targetRef}`;
  if (seen.has(key)) return;
  seen.add(key);
  relations.push({ type: field.type, targetRef });
}

function parseTarget(target: unknown, context: Parameters<typeof parseRef>[1]) {
  try {
    if (typeof target === 'string') return parseRef(target, context);
    if (!isRecord(target)) return undefined;
    const { kind, namespace, name } = target;
    if (typeof name !== 'string') return undefined;
    if (!isTextOrAbsent(kind) || !isTextOrAbsent(namespace)) return undefined;
    return parseRef(
      { name, ...(kind === undefined ? {} : { kind }), ...(namespace === undefined ? {} : { namespace }) },
      context,
    );
  } catch {
    return undefined;
  }
}

function isTextOrAbsent(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string';
}

function badReference(target: unknown, field: RelationField, path: string[]): Finding {
  const lacksKind = typeof target === 'string' && target !== '' && field.defaultKind === undefined;
  const isPlainName = lacksKind && canExist({ kind: 'any', namespace: 'any', name: target });
  return {
    level: 'error',
    code: 'entity.bad-reference',
    message: lacksKind
      ? `The reference ${quote(target)} in ${field.field} does not name a kind.`
      : `${quote(target)} in ${field.field} is no reference to an entity.`,
    hint: isPlainName
      ? `Put the kind in front, for example "component:${target}" or "resource:${target}".`
      : `Write [kind:][namespace/]name, for example "${(field.defaultKind ?? 'component').toLowerCase()}:default/my-name".`,
    path,
    at: 'value',
  };
}

function unlikelyReference(target: unknown, path: string[]): Finding {
  return {
    level: 'warning',
    code: 'entity.unlikely-reference',
    message: `No entity can be called ${quote(target)}, so this relation leads nowhere.`,
    hint: 'Refer to an entity by its metadata.name: letters, digits, "-", "_" and ".", at most 63 characters.',
    path,
    at: 'value',
  };
}
