import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  getEntityByName,
  getEntityHistory,
  getEntityVersion,
  type EntityChange,
  type ProblemCode,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { createGitRepository, type GitRepository } from '../../testing/git-repository.ts';
import { componentYaml } from '../../testing/source-folder.ts';

const database = useTestDatabase();
const params = { kind: 'component', namespace: 'default', name: 'one' };
const AUTHOR = 'Test <test@example.com>';
let home: string;
let harness: CatalogHarness;
let repository: GitRepository;
let sourceId: string;
/** Commit ids in the order in which they were read. */
const commits: string[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({ databaseUrl: database().url, home });
  repository = createGitRepository(path.join(home, 'repository.git'));
  [sourceId = ''] = await harness.declare([{ type: 'git', target: repository.url, origin: 'config' }]);

  const stays = { 'stays/catalog-info.yaml': componentYaml('stays') };
  const changed = componentYaml('one', ['system: billing']);
  await commitAndRead({ ...stays, 'a/catalog-info.yaml': componentYaml('one') });
  await commitAndRead({ ...stays, 'a/catalog-info.yaml': changed });
  await commitAndRead({ ...stays, 'b/catalog-info.yaml': changed });
  await commitAndRead({ ...stays, 'b/catalog-info.yaml': 'kind: [unclosed\n' });
  await commitAndRead({ ...stays, 'b/catalog-info.yaml': changed });
  await commitAndRead(stays);
  await commitAndRead({ ...stays, 'c/catalog-info.yaml': componentYaml('one') });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

async function commitAndRead(files: Record<string, string>): Promise<void> {
  commits.push(repository.commit(files));
  await harness.read(sourceId);
}

async function history(query: { limit?: number; cursor?: string } = {}) {
  return harness.api.call(getEntityHistory, { params, query });
}

describe('the history of an entity', () => {
  it('has every step with its commit, newest first, and none for an error that came and went', async () => {
    const { items } = await history();
    expect(
      items.map(({ kind, path: file, revision }) => [kind, file, commits.indexOf(revision ?? '')]),
    ).toEqual([
      ['added', 'c/catalog-info.yaml', 6],
      ['removed', 'b/catalog-info.yaml', 5],
      ['moved', 'b/catalog-info.yaml', 2],
      ['changed', 'a/catalog-info.yaml', 1],
      ['added', 'a/catalog-info.yaml', 0],
    ]);
    const [added, removed, moved, changed, first] = items;
    for (const item of [added, removed, moved, changed]) {
      expect(item).toMatchObject({
        changedBy: AUTHOR,
        reason: expect.stringMatching(/^Commit \d$/),
        sourceId,
      });
    }
    // Of a first reading only the commit that was read is known, not who wrote which file.
    expect(first?.changedBy).toBeUndefined();
    expect(changed?.changedPaths).toEqual(['spec.system']);
    expect(moved?.changedPaths).toEqual(['metadata.annotations.backstage.io/managed-by-location']);
    expect([added, removed, first].map((item) => item?.changedPaths)).toEqual([[], [], []]);
    const instants = items.map(({ at }) => at);
    expect(instants).toEqual(instants.toSorted().reverse());
  });

  it('comes in pages that leave nothing out', async () => {
    const whole = await history();
    const collected: EntityChange[] = [];
    let cursor: string | undefined;
    do {
      const page = await history({ limit: 1, ...(cursor === undefined ? {} : { cursor }) });
      expect(page.items).toHaveLength(1);
      collected.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(collected).toEqual(whole.items);
  });

  it('gives each version with its text and the one before it', async () => {
    const [added, removed, , changed, first] = (await history()).items;
    const version = (id = '') => harness.api.call(getEntityVersion, { params: { ...params, id } });
    expect(await version(changed?.id)).toMatchObject({
      change: changed,
      text: componentYaml('one', ['system: billing']),
      previousText: componentYaml('one'),
      entity: { kind: 'Component', metadata: { name: 'one' }, spec: { system: 'billing' } },
    });
    const gone = await version(removed?.id);
    expect(gone.change).toEqual(removed);
    expect(gone.previousText).toContain('billing');
    expect([gone.text, gone.entity]).toEqual([undefined, undefined]);
    // It was gone in between: there is nothing to compare with.
    for (const id of [added?.id, first?.id]) expect((await version(id)).previousText).toBeUndefined();
  });

  it('says so when there is no such version, cursor or entity', async () => {
    const refused = (call: Promise<unknown>, code: ProblemCode) =>
      expect(call).rejects.toMatchObject({ code });
    const version = (id: string) => harness.api.call(getEntityVersion, { params: { ...params, id } });
    await refused(version('12'), 'catalog.version-not-found');
    await refused(version('x'), 'catalog.version-not-found');
    await refused(history({ cursor: 'x' }), 'catalog.bad-cursor');
    const never = { ...params, name: 'never' };
    await refused(
      harness.api.call(getEntityHistory, { params: never, query: {} }),
      'catalog.entity-not-found',
    );
  });

  it('agrees with the catalog as it was at each instant', async () => {
    const { items } = await history();
    const systemAt = async (at: string) => {
      try {
        const entity = await harness.api.call(getEntityByName, { params, query: { asOf: at } });
        return entity.spec?.['system'] ?? 'none';
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'catalog.entity-not-found')
          return 'gone';
        throw error;
      }
    };
    const seen: unknown[] = [];
    for (const { at } of items.toReversed()) seen.push(await systemAt(at));
    expect(seen).toEqual(['none', 'billing', 'billing', 'gone', 'none']);
    const [, , , , first] = items;
    expect(await systemAt(new Date(Date.parse(first?.at ?? '') - 1).toISOString())).toBe('gone');
  });
});
