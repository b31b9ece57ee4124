import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { inTransaction } from './transaction.ts';

const testDatabase = useTestDatabase();
let database: Database;

beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'preparing-test', maxConnections: 1 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

async function preparedTexts(): Promise<string[]> {
  const { rows } = await database.pool.query<{ statement: string }>(
    'SELECT statement FROM pg_prepared_statements',
  );
  return rows.map(({ statement }) => statement);
}

async function askTimes(times: number, text: string, values?: unknown[]): Promise<unknown[]> {
  const answers: unknown[] = [];
  for (let time = 0; time < times; time += 1) answers.push((await database.pool.query(text, values)).rows[0]);
  return answers;
}

describe('a connection', () => {
  it('prepares what is asked again and again, and answers the same', async () => {
    const text = 'SELECT $1::int + 1 AS sum';
    expect(await askTimes(3, text, [1])).toEqual([{ sum: 2 }, { sum: 2 }, { sum: 2 }]);
    expect(await preparedTexts()).not.toContain(text);
    expect(await askTimes(2, text, [41])).toEqual([{ sum: 42 }, { sum: 42 }]);
    expect(await preparedTexts()).toContain(text);
  });

  it('prepares in transactions, and what Prisma asks', async () => {
    const text = 'SELECT $1::text AS said';
    const said = await inTransaction(database, async (transaction) => {
      for (let time = 0; time < 4; time += 1) await transaction.query(text, ['before']);
      return (await transaction.query(text, ['now'])).rows;
    });
    expect(said).toEqual([{ said: 'now' }]);
    for (let time = 0; time < 5; time += 1)
      await database.prisma.catalogSource.findUnique({ where: { id: 1n } });
    const texts = await preparedTexts();
    expect(texts).toContain(text);
    expect(texts.some((each) => each.includes('"catalog_source"'))).toBe(true);
  });

  it('prepares what has no values, but not what cannot be prepared', async () => {
    const text = 'SELECT 1 AS one';
    expect(await askTimes(6, text)).toEqual(Array.from({ length: 6 }, () => ({ one: 1 })));
    await inTransaction(database, async (transaction) => {
      for (let time = 0; time < 6; time += 1) await transaction.query('SAVEPOINT again');
    });
    const texts = await preparedTexts();
    expect(texts).toContain(text);
    expect(texts.filter((each) => /BEGIN|SAVEPOINT|COMMIT/.test(each))).toEqual([]);
  });

  it('leaves several statements that are sent at once alone', async () => {
    const text = 'SELECT 1 AS one; SELECT 2 AS two';
    for (let time = 0; time < 5; time += 1) {
      const both: unknown = await database.pool.query(text, []);
      expect(both).toMatchObject([{ rows: [{ one: 1 }] }, { rows: [{ two: 2 }] }]);
    }
    expect(await preparedTexts()).not.toContain(text);
  });

  it('goes on after a statement that fails, again and again', async () => {
    const text = 'SELECT 1 / $1::int AS share';
    for (let time = 0; time < 6; time += 1) {
      await expect(database.pool.query(text, [0])).rejects.toThrow('division by zero');
    }
    expect(await askTimes(1, text, [1])).toEqual([{ share: 1 }]);
  });

  it('prepares what is asked often, after thousands of texts that are not', async () => {
    for (let index = 0; index < 2_500; index += 1)
      await askTimes(1, `SELECT $1::int AS once_${index}`, [index]);
    await askTimes(4, 'SELECT $1::int AS often', [1]);
    expect((await preparedTexts()).filter((text) => /once_|often/.test(text))).toEqual([
      'SELECT $1::int AS often',
    ]);
  });

  it('prepares no end of texts', async () => {
    for (let index = 0; index < 450; index += 1)
      await askTimes(4, `SELECT $1::int AS number_${index}`, [index]);
    const texts = await preparedTexts();
    expect(texts.length).toBeGreaterThan(300);
    expect(texts.length).toBeLessThanOrEqual(400);
    expect(await askTimes(1, 'SELECT $1::int AS number_449', [449])).toEqual([{ number_449: 449 }]);
  });
});
