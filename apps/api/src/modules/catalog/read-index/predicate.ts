import { isRecord } from '@waymark/catalog-model';
import { createZodV4FilterPredicateSchema, type FilterPredicate } from '@backstage/filter-predicates';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { FilterSet } from './filter.ts';
import { toIndexKey } from './query-path.ts';

/** A question about the facts of an entity, in the form that the index answers. Keys and values are in lower case. */
export type Predicate =
  { all: readonly Predicate[] } | { any: readonly Predicate[] } | { not: Predicate } | Condition;

/** A question about one key. */
export type Condition =
  | { key: string; exists: boolean }
  | { key: string; equals: readonly string[] }
  | { key: string; prefix: string };

/** Bounds that keep one predicate cheap; a real one is far below them. */
export const predicateLimits = {
  maxDepth: 20,
  maxConditions: 200,
  maxValues: 2_000,
  maxCharacters: 64_000,
} as const;

/** A combination is two levels of JSON, the object and its list; the deepest matcher is five. */
const MAX_JSON_DEPTH = predicateLimits.maxDepth * 2 + 5;

const predicateSchema = createZodV4FilterPredicateSchema();

/**
 * Parses a predicate of Backstage's query language. Its grammar is that of `@backstage/filter-predicates`; what it
 * means is what Backstage's backend makes of it: every value of a key is looked at, in lower case, as the search
 * table of that backend has it. `$contains` takes a plain value, and for `relations` a type with targets.
 *
 * @throws AppError `catalog.bad-predicate`
 */
export function parsePredicate(value: Record<string, unknown>): Predicate {
  measure(value, 0, { conditions: 0, values: 0, characters: 0 });
  const parsed = predicateSchema.safeParse(value);
  if (!parsed.success) {
    throw badPredicate(
      `The predicate cannot be read${placeOf(parsed.error.issues)}. Combine with $all, $any and $not; compare a path ` +
        'with a value, $exists, $in, $hasPrefix or $contains.',
    );
  }
  return translate(parsed.data);
}

/**
 * What `filter` parameters say, as a predicate: an entity matches when all conditions of at least one set hold.
 * Without any set every entity matches, as in Backstage.
 */
export function predicateOfFilters(sets: readonly FilterSet[]): Predicate {
  if (sets.length === 0) return { all: [] };
  return {
    any: sets.map((set) => ({
      all: [...set].map(([key, values]) =>
        values === null ? { key, exists: true } : { key, equals: values },
      ),
    })),
  };
}

interface Size {
  conditions: number;
  values: number;
  characters: number;
}

/** Refuses what is too large before anything walks through it that has no bounds of its own. */
function measure(value: unknown, depth: number, size: Size): void {
  if (depth > MAX_JSON_DEPTH) {
    throw badPredicate(
      `The predicate is nested more than ${predicateLimits.maxDepth} levels deep. Flatten it.`,
    );
  }
  if (typeof value !== 'object' || value === null) {
    size.values += 1;
    if (typeof value === 'string') size.characters += value.length;
  } else if (Array.isArray(value)) {
    for (const item of value) measure(item, depth + 1, size);
  } else {
    refuseMixedOperators(Object.keys(value));
    for (const [key, child] of Object.entries(value)) {
      size.characters += key.length;
      if (!key.startsWith('$')) size.conditions += 1;
      toIndexKey(key, 'catalog.bad-predicate');
      measure(child, depth + 1, size);
    }
  }
  const { maxConditions, maxValues, maxCharacters } = predicateLimits;
  if (size.conditions > maxConditions || size.values > maxValues || size.characters > maxCharacters) {
    throw badPredicate(
      `The predicate is too large: at most ${maxConditions} conditions with ${maxValues} values and ${maxCharacters} ` +
        'characters are possible. Narrow it, or ask in several requests.',
    );
  }
}

/** The schema would drop what stands beside an operator of a value, and so answer another question. */
function refuseMixedOperators(keys: readonly string[]): void {
  const operator = keys.find((key) => key.startsWith('$'));
  if (operator === undefined || keys.length === 1) return;
  throw badPredicate(`"${operator}" must stand alone in its object. Put several conditions into $all.`);
}

function translate(predicate: FilterPredicate): Predicate {
  if (!isRecord(predicate)) {
    throw badPredicate(
      `The value ${JSON.stringify(predicate)} stands alone. Write a path before it, for example {"kind": "component"}.`,
    );
  }
  // The schema has proved that an operator stands alone and has the right operand.
  const { $all, $any, $not } = predicate as {
    $all?: FilterPredicate[];
    $any?: FilterPredicate[];
    $not?: FilterPredicate;
  };
  if ($all !== undefined) return { all: $all.map(translate) };
  if ($any !== undefined) return { any: $any.map(translate) };
  if ($not !== undefined) return { not: translate($not) };
  return { all: Object.entries(predicate).map(([path, matcher]) => translateField(path, matcher)) };
}

function translateField(path: string, matcher: unknown): Condition {
  const key = toIndexKey(path, 'catalog.bad-predicate');
  if (!isRecord(matcher)) return { key, equals: [textOf(matcher)] };
  const [operator = '', operand] = Object.entries(matcher)[0] ?? [];
  switch (operator) {
    case '$exists':
      return { key, exists: operand === true };
    case '$in':
      return { key, equals: (Array.isArray(operand) ? operand : []).map(textOf) };
    case '$hasPrefix':
      return { key, prefix: textOf(operand) };
    case '$contains':
      return translateContains(key, path, operand);
    default:
      throw badPredicate(
        `"${operator}" is no operator. Use $exists, $in, $hasPrefix or $contains for "${path}".`,
      );
  }
}

function translateContains(key: string, path: string, operand: unknown): Condition {
  if (!isRecord(operand)) return { key, equals: [textOf(operand)] };
  if (key !== 'relations') {
    throw badPredicate(
      `$contains with an object is possible for "relations" only, not for "${path}". Ask for a path below it instead.`,
    );
  }
  const parts = new Map(Object.entries(operand).map(([name, value]) => [name.toLowerCase(), value]));
  const type = parts.get('type');
  const targetRef = parts.get('targetref');
  const isComplete = Object.keys(operand).length === (parts.has('targetref') ? 2 : 1);
  if (typeof type !== 'string' || type === '' || !isComplete) throw badRelation();
  const relationKey = `relations.${type.toLowerCase()}`;
  if (!parts.has('targetref')) return { key: relationKey, exists: true };
  const targets =
    isRecord(targetRef) && Object.keys(targetRef).join() === '$in' ? targetRef['$in'] : [targetRef];
  if (
    !Array.isArray(targets) ||
    targets.length === 0 ||
    !targets.every((target) => typeof target === 'string')
  ) {
    throw badRelation();
  }
  return { key: relationKey, equals: targets.map(textOf) };
}

function badRelation(): AppError {
  return badPredicate(
    '$contains for "relations" takes a type and, if wanted, a targetRef (a text, or $in with at least one), for example ' +
      '{"relations": {"$contains": {"type": "ownedBy", "targetRef": "group:default/platform"}}}.',
  );
}

function textOf(value: unknown): string {
  return String(value).toLowerCase();
}

function placeOf(issues: readonly { path: readonly PropertyKey[] }[]): string {
  const path = issues[0]?.path.map(String).join('.');
  return path ? ` at "${path.slice(0, 200)}"` : '';
}

function badPredicate(detail: string): AppError {
  return new AppError('catalog.bad-predicate', detail);
}
