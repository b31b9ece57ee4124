import pg from 'pg';

/** A statement that was asked so often is prepared from then on. */
const USES_BEFORE = 3;
/** Statements that a connection prepares at most. */
const MAX_PREPARED = 400;
/** Texts that are counted at a time; then the counting begins anew, so that texts without end use up nothing. */
const MAX_COUNTED = 1_000;

const names = new Map<string, string>();
const uses = new Map<string, number>();

/** All the ways to ask that pg has an overload for. */
type Ask = (...asked: readonly unknown[]) => unknown;

/**
 * A connection that prepares what is asked again and again, so that PostgreSQL reads and plans it once: statements that
 * have no name of their own get one, counted over all connections of the process.
 */
export class PreparingClient extends pg.Client {
  constructor(config?: pg.ClientConfig) {
    super(config);
    const ask: Ask = this.query.bind(this);
    const askNamed: Ask = (...asked) => ask(...named(asked));
    this.query = askNamed as pg.Client['query']; // each way to ask goes on as it came, with a name
  }
}

function named(asked: readonly unknown[]): readonly unknown[] {
  const [statement, values, ...rest] = asked;
  if (typeof statement === 'string') {
    if (values !== undefined && !Array.isArray(values)) return asked; // a callback, which nobody here gives
    if (!isPreparable(statement, values)) return asked;
    const name = nameOf(statement);
    return name === undefined ? asked : [{ name, text: statement, values }, ...rest];
  }
  if (!isNameless(statement) || !isPreparable(statement.text, statement.values)) return asked;
  const name = nameOf(statement.text);
  return name === undefined ? asked : [{ ...statement, name }, values, ...rest];
}

/** Without values a text may be several statements, or one that cannot be prepared. */
function isPreparable(text: string, values: readonly unknown[] | undefined): boolean {
  if (values !== undefined && values.length > 0) return true;
  return /^\s*(?:SELECT|WITH|INSERT|UPDATE|DELETE)\b/i.test(text) && !text.includes(';');
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MAX_PREPARED) return known;
  const used = uses.get(text) ?? 0;
  if (used < USES_BEFORE) {
    if (uses.size >= MAX_COUNTED) uses.clear();
    uses.set(text, used + 1);
    return undefined;
  }
  uses.delete(text);
  const name = `waymark-${names.size}`;
  names.set(text, name);
  return name;
}

/** A statement as an object, with no name; what sends itself (a COPY, a cursor) is none. */
function isNameless(statement: unknown): statement is { text: string; values?: unknown[] } {
  if (typeof statement !== 'object' || statement === null || 'submit' in statement) return false;
  if ('name' in statement && statement.name !== undefined) return false;
  const { values } = { values: undefined, ...statement };
  return (
    'text' in statement &&
    typeof statement.text === 'string' &&
    (values === undefined || Array.isArray(values))
  );
}
