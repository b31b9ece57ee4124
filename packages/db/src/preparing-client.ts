import pg from 'pg';

/** From this use on a statement is prepared: one that is asked twice may be one of thousands. */
const USES_BEFORE = 3;
/** Statements that are counted at all; whoever composes texts without end is not prepared for. */
const MAX_STATEMENTS = 400;

const usesOf = new Map<string, { name: string; uses: number }>();

/**
 * A connection that prepares what is asked again and again, so that PostgreSQL reads and plans it once: statements with
 * values that have no name of their own get one, counted over all connections of the process.
 */
export class PreparingClient extends pg.Client {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- because pg has an overload for each way to ask, and all of them go on as they came
  override query(...asked: any[]): any {
    return super.query(...(named(asked) as [string])); // one of the ways to ask stands for all
  }
}

function named(asked: readonly unknown[]): readonly unknown[] {
  const [statement, values, ...rest] = asked;
  if (typeof statement === 'string') {
    if (!Array.isArray(values) || values.length === 0) return asked;
    const name = nameOf(statement);
    return name === undefined ? asked : [{ name, text: statement, values }, ...rest];
  }
  if (!isNameless(statement)) return asked;
  const name = nameOf(statement.text);
  return name === undefined ? asked : [{ ...statement, name }, values, ...rest];
}

function nameOf(text: string): string | undefined {
  let known = usesOf.get(text);
  if (!known) {
    if (usesOf.size >= MAX_STATEMENTS) return undefined;
    known = { name: `waymark-${usesOf.size}`, uses: 0 };
    usesOf.set(text, known);
  }
  known.uses += 1;
  return known.uses > USES_BEFORE ? known.name : undefined;
}

/** A statement as an object, with values and no name; what sends itself (a COPY, a cursor) is none. */
function isNameless(statement: unknown): statement is { text: string; values: unknown[] } {
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return false;
  if ('name' in statement && statement.name !== undefined) return false;
  return (
    'text' in statement &&
    typeof statement.text === 'string' &&
    'values' in statement &&
    Array.isArray(statement.values) &&
    statement.values.length > 0
  );
}
