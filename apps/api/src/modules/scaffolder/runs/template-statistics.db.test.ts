import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRunsRepository } from './runs.repository.ts';

const testDatabase = useTestDatabase();
let database: Database;

beforeEach(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'statistics-test', maxConnections: 2 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

/** Runs that were created at a time and took some seconds, one after the other. */
async function ended(template: string, status: string, createdAt: string, seconds: number[]): Promise<void> {
  await database.pool.query(
    `INSERT INTO scaffolder_run (task_id, template_ref, template_title, created_by, spec, place, status, created_at, started_at, ended_at)
     SELECT gen_random_uuid(), $1, 'T', 'user:default/guest', '{}', '{}', $2, $3, $3, $3::timestamptz + make_interval(secs => length)
       FROM unnest($4::float8[]) WITH ORDINALITY AS taken (length, place) ORDER BY place`,
    [template, status, createdAt, seconds],
  );
}

it('tells of each template how often it was used, how it went, and how long it took of late', async () => {
  const [busy, failing, unused] = [
    'template:default/busy',
    'template:default/failing',
    'template:default/unused',
  ];
  await ended(
    busy,
    'completed',
    '2026-01-01T10:00:00Z',
    Array.from({ length: 60 }, () => 500),
  );
  await ended(
    busy,
    'completed',
    '2026-02-01T10:00:00Z',
    Array.from({ length: 101 }, (_, index) => index),
  );
  await ended(busy, 'failed', '2026-03-01T10:00:00Z', [1, 1, 1]);
  await ended(busy, 'processing', '2026-04-01T10:00:00Z', [1]);
  await ended(failing, 'failed', '2026-01-05T10:00:00Z', [9]);
  await ended('template:default/other', 'completed', '2026-01-05T10:00:00Z', [9]);
  const statistics = await createRunsRepository(database).statistics([busy, failing, unused]);
  expect([...statistics].sort(([left], [right]) => (left < right ? -1 : 1))).toEqual([
    [
      busy,
      // Of the 101 newest the first is left out: half of 1 to 100.
      { runCount: 164, completedCount: 161, medianDurationMs: 50_500, lastRunAt: '2026-03-01T10:00:00.000Z' },
    ],
    [
      failing,
      { runCount: 1, completedCount: 0, medianDurationMs: undefined, lastRunAt: '2026-01-05T10:00:00.000Z' },
    ],
  ]);
});
