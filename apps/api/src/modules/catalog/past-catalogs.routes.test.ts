import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ApiClient } from '@waymark/api-client';
import { getEntityByName, getEntityFacets, queryEntities, type PartialEntity } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { patientClient } from '../../testing/patient-client.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let api: ApiClient;
let folders: SourceFolder[];
let ids: string[];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
  api = patientClient(harness.api);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

beforeEach(async () => {
  folders = [await makeSourceFolder(), await makeSourceFolder()];
  ids = await harness.declare(
    folders.map(({ directory }) => ({ type: 'file', target: directory, origin: 'config' })),
  );
});

afterEach(async () => {
  await harness.declare([]);
  for (const folder of folders) await folder[Symbol.asyncDispose]();
});

/** Everything that the catalog answers about a moment, but for what is of the present only: status and etag. */
async function stateOf(asOf?: string) {
  const at = asOf === undefined ? {} : { asOf };
  const page = await api.call(queryEntities, {
    query: { ...at, filter: ['kind=component'], orderField: 'metadata.name,asc', limit: 100 },
  });
  const facets = await api.call(getEntityFacets, {
    query: { ...at, facet: ['spec.system', 'relations.ownedBy'] },
  });
  return { total: page.totalItems, entities: page.items.map(withoutPresent), ...facets };
}

function withoutPresent(entity: PartialEntity) {
  return { ...entity, status: undefined, metadata: { ...entity.metadata, etag: '' } };
}

async function lastInstant(): Promise<Date> {
  const { rows } = await harness.database.pool.query<{ at: Date }>(
    'SELECT max(at) AS at FROM catalog_version',
  );
  return rows[0]?.at ?? new Date(0);
}

/** Whether nothing was written at an instant, which may lie in the future by a hair. */
async function isQuietAt(instant: Date): Promise<boolean> {
  const { rows } = await harness.database.pool.query('SELECT 1 FROM catalog_version WHERE at = $1', [
    instant.toISOString(),
  ]);
  return rows.length === 0 && instant.getTime() < Date.now();
}

type Edit =
  { source: 0 | 1; name: string; system: string } | { source: 0 | 1; name: string; isRemoval: true };

const source = fc.constantFrom<0 | 1>(0, 1);
const name = fc.constantFrom('one', 'two', 'three');
const edit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ source, name, system: fc.constantFrom('s1', 's2') }) },
  { weight: 1, arbitrary: fc.record({ source, name, isRemoval: fc.constant(true as const) }) },
);

async function applyEdit(step: Edit): Promise<void> {
  const folder = folders[step.source];
  const file = `${step.name}.yaml`;
  if ('system' in step) {
    const partner = step.name === 'one' ? 'two' : 'one';
    const lines = [`system: ${step.system}`, `dependsOn: [component:${partner}]`];
    await folder?.write(file, componentYaml(step.name, lines));
  } else {
    // A file that is not there is no edit.
    await folder?.remove(file).catch(() => {});
  }
}

describe('the catalog as it was', () => {
  it('is at every instant what was answered then, through any edits of two sources', async () => {
    const edits = fc.array(edit, { minLength: 4, maxLength: 7 });
    await fc.assert(
      fc.asyncProperty(edits, async (steps) => {
        const truths: { at: Date; state: unknown }[] = [];
        for (const step of steps) {
          await applyEdit(step);
          await harness.read(ids[step.source] ?? '');
          truths.push({ at: await lastInstant(), state: await stateOf() });
        }
        for (const { at, state } of truths) expect(await stateOf(at.toISOString())).toEqual(state);
        // Between two writes the first of them still stands.
        for (const { at, state } of truths) {
          const next = new Date(at.getTime() + 1);
          if (await isQuietAt(next)) expect(await stateOf(next.toISOString())).toEqual(state);
        }
      }),
      { numRuns: 2 },
    );
  }, 300_000);

  it('answers one entity, and says so where it was not there yet', async () => {
    const params = { kind: 'component', namespace: 'default', name: 'fresh' };
    const before = await lastInstant();
    await folders[0]?.write('fresh.yaml', componentYaml('fresh'));
    await harness.read(ids[0] ?? '');
    const after = await lastInstant();
    const at = (instant: Date) =>
      api.call(getEntityByName, { params, query: { asOf: instant.toISOString() } });
    expect(await at(after)).toMatchObject({ metadata: { name: 'fresh' }, relations: [{ type: 'ownedBy' }] });
    await expect(at(before)).rejects.toMatchObject({ code: 'catalog.entity-not-found' });
  });

  it('goes through pages with the cursors of then', async () => {
    for (const each of ['a', 'b', 'c']) await folders[0]?.write(`${each}.yaml`, componentYaml(each));
    await harness.read(ids[0] ?? '');
    const asOf = (await lastInstant()).toISOString();
    await folders[0]?.remove('b.yaml');
    await harness.read(ids[0] ?? '');
    const page = async (cursor?: string) =>
      api.call(queryEntities, {
        query: {
          limit: 1,
          ...(cursor === undefined ? { asOf, orderField: 'metadata.name,asc' } : { cursor }),
        },
      });
    const seen: (string | undefined)[] = [];
    for (let answer = await page(); ; answer = await page(answer.pageInfo.nextCursor)) {
      seen.push(answer.items[0]?.metadata?.name);
      if (answer.pageInfo.nextCursor === undefined) break;
    }
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('is empty before anything was recorded, and is not told for an instant to come', async () => {
    expect(await stateOf('2001-01-01T00:00:00+02:00')).toMatchObject({ total: 0, entities: [] });
    const future = new Date(Date.now() + 86_400_000).toISOString();
    await expect(stateOf(future)).rejects.toMatchObject({ code: 'catalog.bad-instant' });
    await expect(stateOf('yesterday')).rejects.toMatchObject({ code: 'request.invalid' });
  });
});
