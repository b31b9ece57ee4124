import { stringify } from 'csv-stringify/sync';
import { valueAtPath } from './entity-fields.ts';

/** What a table of the catalog shows when nobody says otherwise. */
export const defaultColumns = [
  ...['kind', 'metadata.namespace', 'metadata.name', 'metadata.title', 'metadata.description'],
  ...['spec.type', 'spec.lifecycle', 'relations.ownedBy', 'relations.partOf', 'metadata.tags'],
];

/** First characters that make a spreadsheet take a text for a formula, also in their full-width forms. */
const FORMULA_START = /^[=+\-@\t\r\uFF0B\uFF0D\uFF1D\uFF20]/;
const RELATION_PREFIX = 'relations.';

/** A CSV table (RFC 4180) of entities in JSON text: a line of column names, then a line for each. */
export async function* toCsv(
  chunks: AsyncIterable<readonly string[]>,
  columns: readonly string[],
): AsyncGenerator<string> {
  yield toLines([columns.map(toText)]);
  for await (const chunk of chunks) {
    // An entity's text is always that of an object.
    const entities = chunk.map((text) => JSON.parse(text) as Record<string, unknown>);
    if (entities.length > 0)
      yield toLines(entities.map((entity) => columns.map((path) => cellAt(entity, path))));
  }
}

function toLines(rows: string[][]): string {
  return stringify(rows, { record_delimiter: 'windows' });
}

function cellAt(entity: Record<string, unknown>, path: string): string {
  if (!path.toLowerCase().startsWith(RELATION_PREFIX)) return toCell(valueAtPath(entity, path));
  const type = path.slice(RELATION_PREFIX.length).toLowerCase();
  // The catalog made the relations itself.
  const relations = (entity['relations'] ?? []) as { type: string; targetRef: string }[];
  return toCell(relations.filter((one) => one.type.toLowerCase() === type).map((one) => one.targetRef));
}

/** Numbers and yes or no stay what they are: `-5` is no formula, and a spreadsheet should count with it. */
function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return toText(value);
  const isPlainList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  return toText(isPlainList ? value.join(', ') : JSON.stringify(value));
}

/** A text that a spreadsheet shows as it is: an apostrophe before it says that it is no formula. */
function toText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text;
}
