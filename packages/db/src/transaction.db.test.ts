import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import { inLongTransaction, inTransaction } from './transaction.ts';

const testDatabase = useTestDatabase('empty');
let database: Database;

beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'transaction-test', maxConnections: 3 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

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
