import {
  getOwnershipSummary,
  listOwnershipFindings,
  type EndpointReply,
  type OwnershipCheck,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let harness: CatalogHarness;
let first: SourceFolder;
let second: SourceFolder;
let firstId: string;
let secondId: string;

/** YAML of any kind; `spec` lines as they are. */
function entityYaml(
  kind: string,
  name: string,
  spec: readonly string[],
  apiVersion = 'backstage.io/v1alpha1',
) {
  return [
    `apiVersion: ${apiVersion}`,
    `kind: ${kind}`,
    `metadata: { name: ${name} }`,
    'spec:',
    ...spec.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

beforeAll(async () => {
  first = await makeSourceFolder();
  second = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: first.directory });
  await first.write(
    'org.yaml',
    [
      entityYaml('Group', 'team-a', ['type: team', 'children: []']),
      entityYaml('Group', 'empty', ['type: team', 'children: []', 'members: [nobody-known]']),
      entityYaml('Group', 'idle', ['type: team', 'children: []']),
      entityYaml('Group', 'parents', ['type: department', 'children: [team-a]']),
      entityYaml('User', 'ada', ['memberOf: [team-a]']),
    ].join('---\n'),
  );
  await first.write(
    'things.yaml',
    [
      componentYaml('owned'),
      entityYaml('Component', 'ghostly', ['type: service', 'lifecycle: production', 'owner: ghosts']),
      entityYaml('Resource', 'by-nobody', ['type: database', 'owner: empty']),
      entityYaml('System', 'by-department', ['owner: parents']),
      entityYaml('System', 'by-a-person', ['owner: user:ada']),
      entityYaml('Template', 'ownerless', ['type: service', 'steps: []'], 'scaffolder.backstage.io/v1beta3'),
    ].join('---\n'),
  );
  await second.write('copy.yaml', componentYaml('owned'));
  await second.write('mine.yaml', componentYaml('mine'));
  [firstId = '', secondId = ''] = await harness.declare([
    { type: 'file', target: first.directory, origin: 'config' },
    { type: 'file', target: second.directory, origin: 'config' },
  ]);
  await harness.read(firstId);
  await harness.read(secondId);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await first[Symbol.asyncDispose]();
  await second[Symbol.asyncDispose]();
});

const counts = async () => {
  const { checks } = await harness.api.call(getOwnershipSummary, {});
  return Object.fromEntries(checks.map(({ check, count }) => [check, count]));
};
const findings = (check: OwnershipCheck, query: { limit?: number; cursor?: string } = {}) =>
  harness.api.call(listOwnershipFindings, { params: { check }, query });
const refsOf = ({ items }: EndpointReply<typeof listOwnershipFindings>) =>
  items.map(({ entity }) => entity.ref);

describe('ownership checks', () => {
  it('count what each list holds, and how many entities there are', async () => {
    const { totalEntities, checks } = await harness.api.call(getOwnershipSummary, {});
    expect(totalEntities).toBe(12);
    for (const { check, count } of checks) {
      const list = await findings(check);
      expect({ check, items: list.items.length, total: list.total }).toEqual({
        check,
        items: count,
        total: count,
      });
    }
    expect(await counts()).toEqual({
      unowned: 1,
      'owner-unknown': 1,
      'owner-without-members': 1,
      orphan: 0,
      stale: 0,
      conflict: 1,
    });
  });

  it('names what has no owner, but no person, group or location', async () => {
    const { items } = await findings('unowned');
    expect(items).toMatchObject([
      {
        entity: { ref: 'template:default/ownerless', kind: 'Template', type: 'service', isMissing: false },
        detail: 'Its descriptor names no owner.',
        fix: expect.stringMatching(/^Set spec\.owner in things\.yaml:\d+ to the group or user/) as string,
        sourceId: firstId,
      },
    ]);
  });

  it('names what is owned by somebody whom the catalog does not have', async () => {
    const { items } = await findings('owner-unknown');
    expect(items).toMatchObject([
      {
        entity: { ref: 'component:default/ghostly', ownerRef: 'group:default/ghosts' },
        detail: 'Its owner group:default/ghosts is not in the catalog.',
      },
    ]);
  });

  it('names owners that nobody belongs to; people below a group count, people that are not there do not', async () => {
    const { items } = await findings('owner-without-members');
    expect(items).toMatchObject([
      {
        entity: { ref: 'group:default/empty' },
        detail: 'It owns one entity, and no person of the catalog belongs to it or to a group below it.',
      },
    ]);
  });

  it('names both places of a conflict', async () => {
    const { items } = await findings('conflict');
    expect(items).toMatchObject([
      {
        entity: { ref: 'component:default/owned' },
        detail: `Described in things.yaml:1 of ${first.directory}, which holds it, and in copy.yaml:1 of ${second.directory}.`,
      },
    ]);
  });

  it('names what is kept with an error of its document, until it is repaired', async () => {
    await second.write('mine.yaml', componentYaml('mine').replace('type: service', 'type: 7'));
    await harness.read(secondId);
    const { items } = await findings('orphan');
    expect(refsOf(await findings('orphan'))).toEqual(['component:default/mine']);
    expect(items[0]?.detail).toContain('its last good version stays. mine.yaml:');
    expect(items[0]?.fix).toContain('Repair the document in mine.yaml');
    expect((await counts())['orphan']).toBe(1);
    await second.write('mine.yaml', componentYaml('mine'));
    await harness.read(secondId);
    expect((await counts())['orphan']).toBe(0);
  });

  it('names what was not read in time, with the reason, and nothing once it was read again', async () => {
    const age = (seconds: number) =>
      harness.database.pool.query(
        'UPDATE catalog_source SET last_success_at = now() - make_interval(secs => $2) WHERE id = $1',
        [secondId, seconds],
      );
    await age(150); // the target is 120 s; a planned read may wait for its turn
    expect((await counts())['stale']).toBe(0);
    await age(3600);
    expect(refsOf(await findings('stale'))).toEqual(['component:default/mine']);
    await harness.database.pool.query('UPDATE catalog_source SET is_paused = true WHERE id = $1', [secondId]);
    expect((await findings('stale')).items[0]).toMatchObject({
      detail: expect.stringMatching(
        / was last read at \d{4}-\d\d-\d\d \d\d:\d\d UTC\. It is paused\.$/,
      ) as string,
      fix: 'Go on with the source on its page, or remove it.',
    });
    await harness.database.pool.query('UPDATE catalog_source SET is_paused = false WHERE id = $1', [
      secondId,
    ]);
    await age(0);
    expect((await counts())['stale']).toBe(0);
  });

  it('follow a change of the catalog at once, and hand out every finding once over pages', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `lost-${index}`);
    await second.write(
      'lost.yaml',
      names
        .map((name) =>
          entityYaml('Component', name, ['type: service', 'lifecycle: production', 'owner: ghosts']),
        )
        .join('---\n'),
    );
    await harness.read(secondId);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await findings('owner-unknown', { limit: 3, ...(cursor !== undefined && { cursor }) });
      expect(page.total).toBe(8);
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...refsOf(page));
      cursor = page.nextCursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['component:default/ghostly', ...names.map((name) => `component:default/${name}`)]);
    await second.remove('lost.yaml');
    await harness.read(secondId);
    await harness.read(firstId); // where the entities may have gone to
    expect((await counts())['owner-unknown']).toBe(1);
  });

  it('page the checks of the tables by reference, too', async () => {
    await second.write('more.yaml', ['ghostly', 'idle-too'].map((name) => componentYaml(name)).join('---\n'));
    await harness.read(secondId);
    const page = await findings('conflict', { limit: 1 });
    expect(refsOf(page)).toEqual(['component:default/ghostly']);
    const next = await findings('conflict', { limit: 1, cursor: page.nextCursor ?? '' });
    expect(refsOf(next)).toEqual(['component:default/owned']);
    expect(next.nextCursor).toBeUndefined();
  });

  it.each([
    ['unowned', { cursor: 'bm90IGEgcmVm' }, 'catalog.bad-cursor'],
    ['stale', { cursor: '!' }, 'catalog.bad-cursor'],
    ['unowned', { limit: 0 }, 'request.invalid'],
    ['unowned', { limit: 501 }, 'request.invalid'],
  ] as const)('refuse %s with %j by %s', async (check, query, code) => {
    await expect(findings(check, query)).rejects.toMatchObject({ code, status: 400 });
  });
});
