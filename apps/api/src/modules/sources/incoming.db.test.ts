import { inTransaction, openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withIncomingTables } from './incoming.repository.ts';

const testDatabase = useTestDatabase();
let database: Database;

// One connection: whoever comes next has the tables of who was before.
beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'incoming-test', maxConnections: 1 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

const collect = (files: number, isFailing = false) =>
  inTransaction(database, (transaction) =>
    withIncomingTables(transaction, async () => {
      const { rows } = await transaction.query<{ before: number }>(
        `WITH before AS (
           SELECT (SELECT count(*) FROM listed_file) + (SELECT count(*) FROM doomed) + (SELECT count(*) FROM touched_ref) AS rows
         ), listed AS (
           INSERT INTO listed_file SELECT repeat('x', 200) || n FROM generate_series(1, $1::int) AS n
         ), doomed AS (
           INSERT INTO doomed (id, ref, uid, source_id, is_holder)
           SELECT n, 'component:default/' || n, gen_random_uuid(), 1, true FROM generate_series(1, $1::int) AS n
         ), touched AS (INSERT INTO touched_ref SELECT 'component:default/x')
         SELECT rows::int AS before FROM before`,
        [files],
      );
      if (isFailing) throw new Error('broken off');
      return rows[0]?.before;
    }),
  );

async function bytesOfTables(): Promise<number> {
  const { rows } = await database.pool.query<{ bytes: string }>(
    `SELECT sum(pg_total_relation_size(oid)) AS bytes FROM pg_class
      WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'`,
  );
  return Number(rows[0]?.bytes);
}

describe('the tables in which a reading is collected', () => {
  it('are empty for the next one, after few rows, many, and none', async () => {
    for (const files of [1, 3, 20_000, 2, 0, 1]) expect(await collect(files)).toBe(0);
  });

  it('are empty after one that was broken off, the first of its connection too', async () => {
    await expect(collect(5, true)).rejects.toThrow('broken off');
    expect(await collect(2)).toBe(0);
    await expect(collect(20_000, true)).rejects.toThrow('broken off');
    expect(await collect(2)).toBe(0);
  });

  it('give back what a large one took, and do not grow with many small ones', async () => {
    await collect(20_000);
    expect(await bytesOfTables()).toBeLessThan(300_000);
    for (let reading = 0; reading < 400; reading += 1) await collect(3);
    expect(await bytesOfTables()).toBeLessThan(1_500_000);
  });
});
