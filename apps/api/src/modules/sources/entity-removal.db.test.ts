import path from 'node:path';
import { inTransaction } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { expect, it } from 'vitest';
import { startCatalogHarness } from '../../testing/catalog-harness.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { componentYaml, makeSourceFolder } from '../../testing/source-folder.ts';
import { createEntityRemovalRepository } from './entity-removal.repository.ts';
import { createSourcesRepository } from './sources.repository.ts';

const database = useTestDatabase();
const caller = { actor: { ref: 'user:default/guest' }, requestId: 'a-request' };

it('brings a removed entity back from an unchanged commit, even when a reading ended after the removal', async () => {
  await using folder = await makeSourceFolder();
  await using harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  const repository = createGitRepository(path.join(folder.directory, 'repository.git'));
  repository.commit({
    'one/catalog-info.yaml': componentYaml('one'),
    'two/catalog-info.yaml': componentYaml('two'),
  });
  const [id = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);
  await harness.read(id);
  const one = await harness.entity('component', 'one');
  const two = await harness.entity('component', 'two');

  const removal = createEntityRemovalRepository(harness.database);
  const { rows } = await harness.database.pool.query<{ id: string }>(
    'SELECT id FROM catalog_entity WHERE uid = $1',
    [one?.metadata.uid],
  );
  expect(await removal.remove(Number(rows[0]?.id), caller)).toBe(true);
  expect(await removal.remove(Number(rows[0]?.id), caller)).toBe(false);

  // A reading that began before the removal took the file for known, and now says which commit it has read.
  const sources = createSourcesRepository(harness.database, 120);
  const now = new Date();
  await inTransaction(harness.database, async (transaction) => {
    sources.recordSuccess(transaction, id, {
      ...{
        readOrdinal: 1,
        startedAt: now,
        durationMs: 1,
        nextReadAt: now,
        fingerprint: 'same',
        revision: 'read before',
      },
      counts: { added: 0, changed: 0, removed: 0 },
    });
  });
  const revision = async () =>
    (await harness.database.pool.query('SELECT revision FROM catalog_source WHERE id = $1', [id])).rows;
  expect(await revision()).toEqual([{ revision: null }]);

  const source = await harness.read(id);
  expect((await harness.entity('component', 'one'))?.spec).toEqual(one?.spec);
  expect((await harness.entity('component', 'two'))?.metadata).toEqual(two?.metadata);
  expect(source.counts).toMatchObject({ entities: 2, conflicts: 0 });
  expect(await revision()).toEqual([{ revision: expect.stringMatching(/\w/) as string }]);
});
