import { AppError } from '../../../platform/errors/app-error.ts';
import { toIndexKey } from './query-path.ts';

/** Conditions that must all hold: key → accepted values, or null for "the key exists". */
export type FilterSet = ReadonlyMap<string, readonly string[] | null>;

/** Bounds that keep one query cheap; a real filter is far below them. */
export const filterLimits = { maxConditions: 200 } as const;

/**
 * Parses the `filter` parameters of Backstage's protocol. Each parameter is an AND of `key=value` or
 * `key`; the same key twice in one is an OR of its values; several parameters are an OR. Keys and
 * values are compared in lower case, blanks around them are dropped, empty parts are ignored.
 *
 * @throws AppError `catalog.bad-filter` for a value without a key, a reserved key, and absurdly many conditions.
 */
export function parseFilters(parameters: readonly string[]): FilterSet[] {
  let conditions = 0;
  const sets: FilterSet[] = [];
  for (const parameter of parameters) {
    const set = new Map<string, string[] | null>();
    for (const part of parameter.split(',')) {
      const statement = part.trim();
      if (statement === '') continue;
      conditions += 1;
      addCondition(set, statement);
    }
    if (set.size > 0) sets.push(set);
  }
  if (conditions > filterLimits.maxConditions) {
    throw new AppError(
      'catalog.bad-filter',
      `The filter has ${conditions} conditions; at most ${filterLimits.maxConditions} are possible. Narrow it, or ask in several requests.`,
    );
  }
  return sets;
}

function addCondition(set: Map<string, string[] | null>, statement: string): void {
  const equals = statement.indexOf('=');
  const key = toIndexKey(equals < 0 ? statement : statement.slice(0, equals), 'catalog.bad-filter');
  if (key === '') {
    throw new AppError(
      'catalog.bad-filter',
      `The condition "${statement}" has no key. Write key=value, for example kind=component.`,
    );
  }
  if (equals < 0) {
    if (!set.has(key)) set.set(key, null);
    return;
  }
  const values = set.get(key) ?? [];
  values.push(
    statement
      .slice(equals + 1)
      .trim()
      .toLowerCase(),
  );
  set.set(key, values);
}
