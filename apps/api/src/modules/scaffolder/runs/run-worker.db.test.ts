import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventually } from '../../../testing/scaffolder-server.ts';
import { createRunProgressRepository } from './run-progress.repository.ts';
import { RUN_REQUESTS_CHANNEL } from './run-record.ts';
import { startRunWorker } from './run-worker.ts';

const testDatabase = useTestDatabase();
let database: Database;

beforeAll(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'waymark-test', maxConnections: 4 },
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
});
afterAll(() => database.close());

async function request(person: string, count: number): Promise<void> {
  await database.pool.query(
    `INSERT INTO scaffolder_run (task_id, template_ref, template_title, created_by, spec, place)
     SELECT gen_random_uuid(), 't', 'T', $1, '{}', '{}' FROM generate_series(1, $2)`,
    [person, count],
  );
}

it('lets nobody wait for the hundreds of runs of somebody else', async () => {
  const [many, one] = ['user:default/many', 'user:default/one'];
  const progress = createRunProgressRepository(database);
  const begun: string[] = [];
  const first = Promise.withResolvers<void>();
  await request(many, 600);
  const worker = await startRunWorker({
    ...{ progress, database, log: pino({ level: 'silent' }) },
    subscribe: (handlers) =>
      database.listen(RUN_REQUESTS_CHANNEL, { onConnectionLost: () => {}, ...handlers }),
    undoer: { undo: async () => {} },
    executor: {
      async execute(run) {
        begun.push(run.createdBy);
        await first.promise;
        const body = { message: 'Run completed with status: completed' };
        await progress.end(run, { status: 'completed', events: [{ type: 'completion', body }] });
      },
    },
    ...{ concurrency: 1, concurrencyPerPerson: 1 },
  });
  try {
    await eventually(async () => expect(begun).toEqual([many]));
    await request(one, 1);
    first.resolve();
    await eventually(async () => expect(begun).toContain(one));
    // The one that ran, and the few that were queued before the other person came.
    expect(begun.indexOf(one)).toBeLessThanOrEqual(4);
    const { rows } = await database.pool.query(
      `SELECT 1 FROM scaffolder_run WHERE created_by = $1 AND status = 'open'`,
      [many],
    );
    expect(rows.length).toBeGreaterThan(500);
    // And nobody is forgotten over it.
    const seen = begun.length;
    await eventually(async () => expect(begun.length).toBeGreaterThan(seen + 20));
  } finally {
    await worker.stop();
  }
});
