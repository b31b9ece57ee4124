import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getEntityHistory, getEntityOrigin, getEntityWhy } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';
import { createLeavingRepository } from './leaving.repository.ts';
import { createSourcesRepository } from './sources.repository.ts';

const database = useTestDatabase();
const params = { kind: 'component', namespace: 'default', name: 'one' };
let home: string;
let harness: CatalogHarness;
let old: SourceFolder;
let other: SourceFolder;
let oldId: string;
let otherId: string;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  [old, other] = [await makeSourceFolder(), await makeSourceFolder()];
  [oldId = '', otherId = ''] = await harness.declare(
    [old, other].map(({ directory }) => ({ type: 'file', target: directory, origin: 'config' })),
  );
  await old.write('one.yaml', componentYaml('one'));
  await old.write('stays.yaml', componentYaml('stays'));
  await other.write('other.yaml', componentYaml('other'));
  await harness.read(oldId);
  await harness.read(otherId);
});

afterEach(async () => {
  await harness.declare([]);
  await harness.database.pool.query('DELETE FROM catalog_entity_history');
  await old[Symbol.asyncDispose]();
  await other[Symbol.asyncDispose]();
});

const one = () => harness.entity('component', 'one');

async function leaves(): Promise<number> {
  const { rows } = await harness.database.pool.query<{ count: number }>(
    'SELECT (SELECT count(*) FROM catalog_leave)::int + (SELECT count(*) FROM catalog_awaited_read)::int AS count',
  );
  return rows[0]?.count ?? -1;
}

async function kindsOfChanges(): Promise<string[]> {
  const { items } = await harness.api.call(getEntityHistory, { params, query: {} });
  return items.map(({ kind }) => kind);
}

/** What the database knows of a source's next read. */
async function requestOf(id: string) {
  const { rows } = await harness.database.pool.query<{ state: string; is_due: boolean }>(
    'SELECT state, next_read_at <= now() AS is_due FROM catalog_source WHERE id = $1',
    [id],
  );
  return rows[0];
}

describe('an entity that left its file while there are other sources', () => {
  it('stays, says so, and asks the other sources at once', async () => {
    await old.remove('one.yaml');
    const source = await harness.read(oldId);
    expect(source.counts).toMatchObject({ files: 1, removed: 1 });
    const entity = await one();
    expect(entity?.status?.items).toMatchObject([
      { type: 'waymark.dev/leaving', level: 'info', message: expect.stringContaining('since') },
    ]);
    expect(await requestOf(otherId)).toEqual({ state: 'queued', is_due: true });
    const why = await harness.api.call(getEntityWhy, { params });
    expect(why.findings).toMatchObject([
      {
        code: 'leaving',
        sourceId: oldId,
        path: 'one.yaml',
        message: expect.stringContaining(other.directory),
      },
    ]);
  });

  it('goes as soon as they were read and do not have it, and leaves nothing behind', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await harness.read(otherId);
    expect(await one()).toBeUndefined();
    expect(await leaves()).toBe(0);
    expect(await kindsOfChanges()).toEqual(['removed', 'added']);
    const { rows } = await harness.database.pool.query(
      `SELECT 1 FROM catalog_file WHERE content_id = 'gone'`,
    );
    expect(rows).toEqual([]);
  });

  it('passes to the source that has it now, as the same entity', async () => {
    const before = await one();
    await old.move('one.yaml', 'x.txt');
    await harness.read(oldId);
    await other.write('moved.yaml', componentYaml('one'));
    const taker = await harness.read(otherId);
    expect(taker.counts).toMatchObject({ entities: 2, added: 1, removed: 0, conflicts: 0 });
    const after = await one();
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(after?.status).toBeUndefined();
    expect(await harness.api.call(getEntityOrigin, { params })).toMatchObject({
      sourceId: otherId,
      path: 'moved.yaml',
    });
    expect(await kindsOfChanges()).toEqual(['moved', 'added']);
    expect(await leaves()).toBe(0);
  });

  it('is the same entity when the other source had it before it left', async () => {
    const before = await one();
    await other.write('moved.yaml', componentYaml('one'));
    await harness.read(otherId);
    await old.remove('one.yaml');
    await harness.read(oldId);
    const after = await one();
    expect(after?.metadata.uid).toBe(before?.metadata.uid);
    expect(await kindsOfChanges()).toEqual(['moved', 'added']);
    expect(await leaves()).toBe(0);
  });

  it('does not leave when its file is back in time, even unchanged', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await old.write('one.yaml', componentYaml('one'));
    await harness.read(oldId);
    await harness.read(otherId);
    expect((await one())?.status).toBeUndefined();
    expect(await one()).toBeDefined();
    expect(await kindsOfChanges()).toEqual(['added']);
  });

  it('does not leave when its file is back in time and broken: it shows the error', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await old.write('one.yaml', componentYaml('one').replace('  owner: team-a\n', ''));
    await harness.read(oldId);
    await harness.read(otherId);
    expect((await one())?.status?.items).toMatchObject([{ level: 'error' }]);
  });

  it('moves along when it stands in another file of its old source after all', async () => {
    const before = await one();
    await old.remove('one.yaml');
    await harness.read(oldId);
    await old.write('again.yaml', componentYaml('one'));
    await harness.read(oldId);
    await harness.read(otherId);
    expect((await one())?.metadata.uid).toBe(before?.metadata.uid);
    expect((await one())?.status).toBeUndefined();
    expect(await kindsOfChanges()).toEqual(['moved', 'added']);
  });

  it('stays through a read that began before it left', async () => {
    const sources = createSourcesRepository(harness.database, 120);
    const startedAt = new Date();
    const running = await sources.startReading(otherId, startedAt, startedAt);
    await old.remove('one.yaml');
    await harness.read(oldId);
    const readOrdinal = running?.readOrdinal ?? -1;
    await sources.recordUnchanged(otherId, {
      readOrdinal,
      startedAt,
      durationMs: 1,
      nextReadAt: new Date(0),
    });
    expect(await createLeavingRepository(harness.database).finishLeaves()).toBe(0);
    expect(await one()).toBeDefined();
    expect(await requestOf(otherId)).toMatchObject({ is_due: true });
    await harness.read(otherId);
    expect(await one()).toBeUndefined();
  });

  it('stays when the worker dies in the middle of the awaited read, until another has read', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    const sources = createSourcesRepository(harness.database, 120);
    await sources.startReading(otherId, new Date(), new Date(Date.now() + 3_600_000));
    const leaving = createLeavingRepository(harness.database);
    await leaving.renewDeadlines();
    expect(await leaving.finishLeaves()).toBe(0);
    expect(await one()).toBeDefined();
    await harness.read(otherId); // takes over what the dead one left
    expect(await one()).toBeUndefined();
  });

  it('does not go because a healthy source fails just now, and goes when the time is up', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await other[Symbol.asyncDispose]();
    expect(await harness.read(otherId)).toMatchObject({ state: 'failed' });
    expect(await one()).toBeDefined();
    await harness.database.pool.query(`UPDATE catalog_leave SET deadline = now() - interval '1 second'`);
    expect(await createLeavingRepository(harness.database).finishLeaves()).toBe(1);
    await harness.app.catalog.catchUp();
    expect(await one()).toBeUndefined();
    expect(await leaves()).toBe(0);
  });

  it('does not wait for a source that could not be read before either', async () => {
    await other[Symbol.asyncDispose]();
    await harness.read(otherId);
    await old.remove('one.yaml');
    await harness.read(oldId);
    expect(await one()).toBeDefined();
    await harness.read(otherId);
    expect(await one()).toBeUndefined();
  });

  it('gets its time again when no worker ran while it was up', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await harness.database.pool.query(`UPDATE catalog_leave SET deadline = now() - interval '1 hour'`);
    const leaving = createLeavingRepository(harness.database);
    await leaving.renewDeadlines();
    expect(await leaving.finishLeaves()).toBe(0);
    expect(await one()).toBeDefined();
  });

  it('goes at once with its source', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await harness.declare([{ type: 'file', target: other.directory, origin: 'config' }]);
    await harness.app.catalog.catchUp();
    expect(await one()).toBeUndefined();
    expect(await harness.entity('component', 'stays')).toBeUndefined();
    expect(await kindsOfChanges()).toEqual(['removed', 'added']);
    expect(await leaves()).toBe(0);
  });

  it('does not make sources ask each other for ever', async () => {
    await old.remove('one.yaml');
    await harness.read(oldId);
    await harness.read(otherId);
    for (const id of [oldId, otherId]) {
      const { rows } = await harness.database.pool.query<{ requested_at: Date | null }>(
        'SELECT requested_at FROM catalog_source WHERE id = $1',
        [id],
      );
      expect(rows).toEqual([{ requested_at: null }]);
    }
  });

  it('does not hold a document of a Location that is gone', async () => {
    const location = `apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata:\n  name: all\nspec:\n  target: ./part.txt\n`;
    await old.write('location.yaml', `${location}---\n${componentYaml('beside')}`);
    await old.write('part.txt', componentYaml('part'));
    await harness.read(oldId);
    await old.write('location.yaml', componentYaml('beside'));
    await harness.read(oldId);
    await harness.read(oldId);
    await harness.read(otherId);
    expect(await harness.entity('location', 'all')).toBeUndefined();
    expect(await harness.entity('component', 'part')).toBeUndefined();
    expect(await harness.entity('component', 'beside')).toBeDefined();
  });
});

describe('an entity of the only source', () => {
  it('goes at once', async () => {
    await harness.declare([{ type: 'file', target: old.directory, origin: 'config' }]);
    await old.remove('one.yaml');
    await harness.read(oldId);
    expect(await one()).toBeUndefined();
    expect(await leaves()).toBe(0);
  });
});
