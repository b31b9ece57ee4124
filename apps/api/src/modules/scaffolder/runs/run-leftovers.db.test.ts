import { randomUUID } from 'node:crypto';
import { mkdir, readdir } from 'node:fs/promises';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useTemporaryFolder } from '../../../testing/temporary-folder.ts';
import { createRunLeftoversRepository } from './run-leftovers.repository.ts';
import { sweepLeftovers } from './run-leftovers.ts';

const testDatabase = useTestDatabase();
const home = useTemporaryFolder();
let database: Database;

beforeAll(() => {
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: 'waymark-test', maxConnections: 2 },
    onIdleError: () => {}, // the test's database may be dropped under an idle connection
  });
});
afterAll(() => database.close());

/** A run with secrets and a folder, that ended so many days ago; null for one that goes on. */
async function makeRun(endedDaysAgo: number | null): Promise<string> {
  const taskId = randomUUID();
  await database.pool.query(
    `INSERT INTO scaffolder_run (task_id, template_ref, template_title, created_by, spec, place, secrets, status, ended_at)
     VALUES ($1, 't', 'T', 'user:default/guest', '{}', '{}', 'box', $2, now() - make_interval(days => $3))`,
    [taskId, endedDaysAgo === null ? 'processing' : 'failed', endedDaysAgo],
  );
  await mkdir(home.at(`workspaces/${taskId}/1`), { recursive: true });
  return taskId;
}

it('takes files and secrets from runs that nobody went on with for a week, and from no other', async () => {
  const old = await makeRun(8);
  const recent = await makeRun(6);
  const running = await makeRun(null);
  await mkdir(home.at('workspaces/somebody-elses'), { recursive: true });
  await sweepLeftovers({ leftovers: createRunLeftoversRepository(database), home: home.path });
  expect((await readdir(home.at('workspaces'))).sort()).toEqual([recent, running, 'somebody-elses'].sort());
  const { rows } = await database.pool.query<{ task_id: string; has: boolean }>(
    'SELECT task_id, secrets IS NOT NULL AS has FROM scaffolder_run',
  );
  expect(new Map(rows.map(({ task_id, has }) => [task_id, has]))).toEqual(
    new Map([
      [old, false],
      [recent, true],
      [running, true],
    ]),
  );
});
