import { useTestDatabase } from '@waymark/testing';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyLine, readCopyLine, textArrayLiteral } from './copy-text.ts';
import { openDatabase, type Database } from './database.ts';
import { inTransaction } from './transaction.ts';

/** Anything that a file may hold, but for NUL and halves of characters, which no `text` can. */
const text = fc
  .string({ unit: 'binary' })
  .map((value) => value.replaceAll('\0', ''))
  .filter((value) => value.isWellFormed());
const awkward = fc.oneof(
  text,
  fc.constantFrom('', '\\N', '\\.', '\\', '\t', '\n', '\r\n', '{"a"}', '"', 'NULL', '\\n'),
);

describe('the text format of COPY', () => {
  const testDatabase = useTestDatabase('empty');
  let database: Database;
  const open = () =>
    openDatabase({
      url: testDatabase().url,
      applicationName: 'copy-text',
      maxConnections: 1,
      onIdleError: () => {},
    });
  beforeAll(() => {
    database = open();
  });
  afterAll(() => database.close());

  it('is read by PostgreSQL as it was meant', async () => {
    const row = fc.record({ one: awkward, number: fc.integer({ min: -9, max: 9 }), list: fc.array(awkward) });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 20 }), async (rows) => {
        const bytes = Buffer.from(
          rows.map(({ one, number, list }) => copyLine([one, number, textArrayLiteral(list)])).join(''),
        );
        const stored = await inTransaction(database, async (transaction) => {
          await transaction.query(
            'CREATE TEMP TABLE copied (id serial, one text, number int, list text[]) ON COMMIT DROP',
          );
          // Cut in the middle of whatever is there.
          const cut = Math.floor(bytes.length / 2);
          await transaction.copyIn('COPY copied (one, number, list) FROM STDIN', [
            bytes.subarray(0, cut),
            bytes.subarray(cut),
          ]);
          return transaction.query('SELECT one, number, list FROM copied ORDER BY id');
        });
        expect(stored.rows).toEqual(rows);
      }),
      { numRuns: 50 },
    );
  });

  it('can be read back', () => {
    fc.assert(
      fc.property(fc.array(awkward, { minLength: 1 }), (fields) => {
        const line = copyLine(fields);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(readCopyLine(line)).toEqual(fields);
      }),
    );
  });

  it('fails with the reason for a row that does not fit, and leaves the connection usable', async () => {
    const copying = inTransaction(database, async (transaction) => {
      await transaction.query('CREATE TEMP TABLE numbers (value int) ON COMMIT DROP');
      await transaction.copyIn('COPY numbers FROM STDIN', [
        Buffer.from(copyLine(['many'])),
        Buffer.alloc(1e6, '1\n'),
      ]);
    });
    await expect(copying).rejects.toThrow('invalid input syntax for type integer: "many"');
    const { rows } = await database.pool.query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('fails when the connection is lost in the middle', async () => {
    const other = open();
    const copying = inTransaction(database, async (transaction) => {
      const { rows } = await transaction.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      await transaction.query('CREATE TEMP TABLE numbers (value int) ON COMMIT DROP');
      async function* chunks() {
        yield Buffer.from('1\n');
        await other.pool.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]?.pid]);
        yield Buffer.alloc(1e6, '1\n');
      }
      await transaction.copyIn('COPY numbers FROM STDIN', chunks());
    });
    await expect(copying.finally(() => other.close())).rejects.toThrow(/terminat|closed|ECONNRESET|EPIPE/);
    const { rows } = await database.pool.query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
  });

  it('is not sent when the statement itself is wrong', async () => {
    const copying = inTransaction(database, (transaction) =>
      transaction.copyIn('COPY no_such_table FROM STDIN', [Buffer.from('1\n')]),
    );
    await expect(copying).rejects.toThrow('relation "no_such_table" does not exist');
    const { rows } = await database.pool.query('SELECT 1 AS one');
    expect(rows).toEqual([{ one: 1 }]);
  });
});
