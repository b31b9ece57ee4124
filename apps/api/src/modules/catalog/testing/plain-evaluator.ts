import { evaluateFilterPredicate, type FilterPredicate } from '@backstage/filter-predicates';
import type { Row } from './generated-catalog.ts';

/** Pairs of the relations that are generated, and one that has no other side. */
const REVERSE = new Map([
  ['ownedBy', 'ownerOf'],
  ['ownerOf', 'ownedBy'],
  ['dependsOn', 'dependencyOf'],
  ['dependencyOf', 'dependsOn'],
]);

/** The search values of an entity, as the protocol defines them. */
export function searchValues(one: Row, all: readonly Row[]): Map<string, (string | null)[]> {
  const found = new Map<string, (string | null)[]>();
  const add = (path: string, leaf: string | number | boolean | null) => {
    const text = leaf === null ? null : String(leaf);
    const lower = path.toLowerCase();
    if (lower.length > 200) return;
    found.set(lower, [...(found.get(lower) ?? []), text !== null && text.length > 200 ? null : text]);
  };
  const walk = (path: string, node: unknown): void => {
    if (['status', 'relations', 'attachments', 'metadata.etag'].includes(path)) return;
    if (Array.isArray(node)) {
      for (const item of node) {
        walk(path, item);
        if (typeof item === 'string') add(`${path}.${item}`, true);
      }
    } else if (typeof node === 'object' && node !== null) {
      for (const [name, child] of Object.entries(node)) walk(path === '' ? name : `${path}.${name}`, child);
    } else add(path, node as string | number | boolean | null); // what is left of JSON
  };
  walk('', one.entity);
  if (!found.has('metadata.namespace')) add('metadata.namespace', 'default');
  for (const { type, targetRef } of edgesOf(one, all)) add(`relations.${type}`, targetRef);
  return found;
}

function edgesOf(one: Row, all: readonly Row[]): { type: string; targetRef: string }[] {
  const edges = [...one.relations];
  for (const other of all) {
    for (const { type, targetRef } of other.relations) {
      const reverse = REVERSE.get(type);
      if (targetRef === one.ref && reverse !== undefined) edges.push({ type: reverse, targetRef: other.ref });
    }
  }
  return edges;
}

/** One `filter` parameter; undefined when it asks for nothing. */
function holdsFilter(parameter: string, values: Map<string, (string | null)[]>): boolean | undefined {
  const conditions = parameter
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (conditions.length === 0) return undefined;
  const wanted = new Map<string, string[]>();
  for (const condition of conditions) {
    const [, left = '', right] = /^([^=]*)(?:=(.*))?$/s.exec(condition) ?? [];
    const known = wanted.get(left.trim().toLowerCase()) ?? [];
    wanted.set(
      left.trim().toLowerCase(),
      right === undefined ? known : [...known, right.trim().toLowerCase()],
    );
  }
  return [...wanted].every(([path, accepted]) => {
    const present = values.get(path);
    if (present === undefined) return false;
    return (
      accepted.length === 0 || present.some((text) => text !== null && accepted.includes(text.toLowerCase()))
    );
  });
}

/** All `filter` parameters of a request. */
export function holdsFilters(parameters: readonly string[], values: Map<string, (string | null)[]>): boolean {
  const verdicts = parameters
    .map((parameter) => holdsFilter(parameter, values))
    .filter((one) => one !== undefined);
  return verdicts.length === 0 || verdicts.includes(true);
}

/** A predicate on the search values: its matchers and its logic are evaluated by the library. */
export function holdsPredicate(predicate: FilterPredicate, one: Row, all: readonly Row[]): boolean {
  const values = searchValues(one, all);
  const verdicts: Record<string, true> = {};
  let leaves = 0;
  const replaceLeaves = (node: object): FilterPredicate => {
    const { $all, $any, $not } = node as { $all?: object[]; $any?: object[]; $not?: object };
    if ($all) return { $all: $all.map(replaceLeaves) };
    if ($any) return { $any: $any.map(replaceLeaves) };
    if ($not) return { $not: replaceLeaves($not) };
    const checks = Object.entries(node).map(([path, matcher]): [string, { $exists: boolean }] => {
      const leaf = `leaf${(leaves += 1)}`;
      if (holdsMatcher(path.toLowerCase(), matcher, values, edgesOf(one, all))) verdicts[leaf] = true;
      return [leaf, { $exists: true }];
    });
    return Object.fromEntries(checks) as FilterPredicate;
  };
  // Generated predicates are objects.
  return evaluateFilterPredicate(replaceLeaves(predicate as object), verdicts);
}

function holdsMatcher(
  path: string,
  matcher: unknown,
  values: Map<string, (string | null)[]>,
  relations: { type: string; targetRef: string }[],
): boolean {
  const present = values.get(path) ?? [];
  const holdsOne = (asked: unknown) =>
    present.some(
      (text) => text !== null && evaluateFilterPredicate({ it: asked } as FilterPredicate, { it: text }),
    );
  if (typeof matcher !== 'object' || matcher === null) return holdsOne(String(matcher));
  const [operator = '', operand] = Object.entries(matcher)[0] as [string, unknown];
  if (operator === '$exists')
    return evaluateFilterPredicate(
      { it: matcher } as FilterPredicate,
      present.length > 0 ? { it: true } : {},
    );
  if (operator === '$in') return holdsOne({ $in: (operand as unknown[]).map(String) });
  if (operator === '$hasPrefix') return holdsOne(matcher);
  if (typeof operand === 'object')
    return evaluateFilterPredicate({ relations: matcher } as FilterPredicate, { relations });
  const list = present.filter((text) => text !== null);
  return evaluateFilterPredicate(
    { list: { $contains: typeof operand === 'string' ? operand : JSON.stringify(operand) } },
    { list },
  );
}
