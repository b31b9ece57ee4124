import { AppError } from '../../platform/errors/app-error.ts';

/** Fields of a search's document that results can be narrowed by. */
export const filterFields = [
  'kind',
  'namespace',
  'name',
  'componentType',
  'type',
  'lifecycle',
  'owner',
] as const;

/** One of {@link filterFields}; `componentType` and `type` are the same. */
export type FilterField = (typeof filterFields)[number];

/** The loosely read parts of a search's query. */
export interface SearchScope {
  /** Types of documents to look at; undefined for all. */
  types: ReadonlySet<string> | undefined;
  /** Field → accepted values; all fields must match. */
  filters: ReadonlyMap<FilterField, readonly string[]>;
}

const MAX_VALUES = 50;
const MAX_VALUE_LENGTH = 400;
const TYPES = /^types(?:\[\d*\])?$/;
const FILTER = /^filters\[([^[\]]*)\](?:\[\d*\])?$/;

/**
 * Reads types and filters as Backstage's client writes them: `types[0]=…`, `types[]=…` or `types=…`, and
 * `filters[kind]=…`, `filters[kind][0]=…` or `filters[kind][]=…`. Other parameters are left alone.
 *
 * @throws AppError `search.bad-query`
 */
export function parseScope(query: Readonly<Record<string, unknown>>): SearchScope {
  const types: string[] = [];
  const filters = new Map<FilterField, string[]>();
  for (const [key, value] of Object.entries(query)) {
    if (key.startsWith('types')) {
      if (!TYPES.test(key)) throw badParameter(key);
      types.push(...valuesOf(key, value));
    } else if (key.startsWith('filters')) {
      const field = fieldOf(key);
      filters.set(field, [...(filters.get(field) ?? []), ...valuesOf(key, value)]);
    }
  }
  const count = types.length + [...filters.values()].flat().length;
  if (count > MAX_VALUES) {
    throw new AppError(
      'search.bad-query',
      `The search has ${count} types and filters; at most ${MAX_VALUES} are possible.`,
    );
  }
  return { types: types.length === 0 ? undefined : new Set(types), filters };
}

function fieldOf(key: string): FilterField {
  const name = FILTER.exec(key)?.[1];
  if (name === undefined) throw badParameter(key);
  const field = filterFields.find((known) => known === name);
  if (field !== undefined) return field;
  throw new AppError(
    'search.bad-query',
    `Results cannot be filtered by "${name}". Filter by one of ${filterFields.join(', ')}.`,
  );
}

/** A parameter given several times comes as a list. */
function valuesOf(key: string, value: unknown): string[] {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((each) => {
    if (typeof each === 'string' && each.length <= MAX_VALUE_LENGTH) return each;
    throw badParameter(key);
  });
}

function badParameter(key: string): AppError {
  return new AppError(
    'search.bad-query',
    `The parameter "${key.slice(0, 100)}" cannot be read. Write types[0]=software-catalog or filters[kind]=Component.`,
  );
}

/** Opaque text for the page that begins after so many results. */
export function encodePage(offset: number): string {
  return Buffer.from(String(offset)).toString('base64url');
}

/** @throws AppError `search.bad-query` when the text was not made by {@link encodePage}. */
export function decodePage(cursor: string): number {
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new AppError(
    'search.bad-query',
    'The page cursor was not made by this server. Start again without it.',
  );
}
