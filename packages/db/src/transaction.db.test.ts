import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { inLongTransaction, inTransaction, type Transaction } from './transaction.ts';

const testDatabase = useTestDatabase('empty');
let database: Database;

beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'transaction-test', maxConnections: 3 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

describe('a transaction', () => {
  const WRITE = 'INSERT INTO written (number) VALUES ($1)';
  const written = async () =>
    (await database.pool.query('SELECT number FROM written ORDER BY number')).rows.map(
      ({ number }) => number,
    );

  beforeEach(async () => {
    await database.pool.query('DROP TABLE IF EXISTS written; CREATE TABLE written (number int PRIMARY KEY)');
  });

  it('carries out what is sent in the order of the calls, between what is asked', async () => {
    const count = await inTransaction(database, async (transaction) => {
      // So often that it gets prepared while it is on its way.
      for (const number of [1, 2, 3, 4, 5, 6]) transaction.send(WRITE, [number]);
      const { rows } = await transaction.query<{ count: number }>('SELECT count(*)::int FROM written');
      transaction.send('DELETE FROM written WHERE number < 5');
      return rows[0]?.count;
    });
    expect(count).toBe(6);
    expect(await written()).toEqual([5, 6]);
  });

  it('streams rows behind what was sent before and ahead of what is sent after', async () => {
    await inTransaction(database, async (transaction) => {
      transaction.send(WRITE, [1]);
      await transaction.copyIn('COPY written FROM STDIN', [Buffer.from('2\n'), Buffer.from('3\n')]);
      transaction.send('DELETE FROM written WHERE number = 2');
    });
    expect(await written()).toEqual([1, 3]);
  });

  it.each<[string, (transaction: Transaction) => Promise<unknown>]>([
    ['at its end', async () => 'done'],
    ['when something is asked after it', (transaction) => transaction.query('SELECT 1')],
    ['when rows are streamed after it', (transaction) => transaction.copyIn('COPY written FROM STDIN', [])],
    ['when its work fails as well', () => Promise.reject(new Error('of the work'))],
  ])('fails with the error of what was sent, %s', async (_when, work) => {
    const failing = inTransaction(database, async (transaction) => {
      for (const number of [1, 2, 2, 3]) transaction.send(WRITE, [number]);
      return work(transaction);
    });
    await expect(failing).rejects.toThrow('duplicate key value');
    expect(await written()).toEqual([]);
  });

  it('leaves its connection fit for use when rows that are streamed are refused', async () => {
    const failing = inTransaction(database, (transaction) =>
      transaction.copyIn('COPY written FROM STDIN', [Buffer.from('1\n'), Buffer.from('no number\n')]),
    );
    await expect(failing).rejects.toThrow('invalid input syntax');
    expect(database.pool.totalCount).toBe(1);
    await inTransaction(database, async (transaction) => transaction.send(WRITE, [7]));
    expect(await written()).toEqual([7]);
  });

  it('does not pass for committed when its work made nothing of a failure', async () => {
    const swallowing = inTransaction(database, async (transaction) => {
      transaction.send(WRITE, [1]);
      await transaction.query('SELECT no_such_column').catch(() => 'never mind');
    });
    await expect(swallowing).rejects.toThrow('The transaction was rolled back');
    expect(await written()).toEqual([]);
  });
});

describe('a long transaction', () => {
  it('takes its turn, and leaves two connections to what is short', async () => {
    const order: string[] = [];
    const release = Promise.withResolvers<void>();
    const began = Promise.withResolvers<void>();
    const first = inLongTransaction(database, async () => {
      began.resolve();
      await release.promise;
      order.push('first');
    });
    const second = inLongTransaction(database, async () => {
      order.push('second');
    });
    await began.promise;
    // One of them while the other holds its connection.
    await inTransaction(database, async () => {
      await inTransaction(database, async () => {
        order.push('short');
      });
    });
    release.resolve();
    await Promise.all([first, second]);
    expect(order).toEqual(['short', 'first', 'second']);
  });

  it('gives its turn on when it fails', async () => {
    const failing = inLongTransaction(database, async () => {
      throw new Error('broken off');
    });
    const next = inLongTransaction(database, async (transaction) =>
      transaction.query<{ one: number }>('SELECT 1 AS one'),
    );
    await expect(failing).rejects.toThrow('broken off');
    expect((await next).rows).toEqual([{ one: 1 }]);
  });
});
