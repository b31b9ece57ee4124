import { listSources, updateSource, type Source } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { providersSchema } from '../../platform/provider-config.ts';
import { nameOf, startGitHubCatalog, type GitHubCatalog } from '../../testing/github-catalog.ts';
import { ORGANISATION } from '../../testing/github-emulator.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { declarationsOf } from './provider-declarations.ts';

const REPOSITORIES = 3;
const PROVIDERS = { githubOrg: { id: 'main', githubUrl: 'https://github.com', orgs: [ORGANISATION] } };

// Calls over real HTTP, on a machine that may have other things to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const database = useTestDatabase();
let catalog: GitHubCatalog;

beforeAll(async () => {
  catalog = await startGitHubCatalog(database().url, REPOSITORIES, PROVIDERS);
  await catalog.poll();
});
afterAll(() => catalog[Symbol.asyncDispose]());
afterEach(async () => {
  for (const { id, isPaused } of await allSources()) if (isPaused) await setPaused(id, false);
});

const setPaused = (id: string, isPaused: boolean) =>
  catalog.harness.api.call(updateSource, { params: { id }, body: { isPaused } });

/** What the operator wrote down, as at a restart. */
const declareAgain = () =>
  catalog.harness.declare(
    declarationsOf(providersSchema.parse({ github: { organization: ORGANISATION }, ...PROVIDERS })),
  );

async function allSources(): Promise<Source[]> {
  const { items } = await catalog.harness.api.call(listSources, { query: { limit: 500 } });
  return [...items, ...(await repositories())];
}

async function repositories(): Promise<Source[]> {
  const parentId = (await catalog.discovery()).id;
  return (await catalog.harness.api.call(listSources, { query: { limit: 500, parentId } })).items;
}

/** Everything that says which source is which. */
const identitiesOf = (sources: readonly Source[]) =>
  sources.map(({ id, type, target }) => [id, type, target]);

async function repositoryOf(name: string): Promise<Source> {
  const found = (await repositories()).find(({ target }) => target.endsWith(`/${name}`));
  if (!found) throw new Error(`There is no repository ${name}.`);
  return found;
}

const systemOf = async (name: string) => (await catalog.harness.entity('component', name))?.spec?.['system'];

describe('a discovered repository that is paused', () => {
  it('is the same source after the next look of its discovery, still paused and with its entities', async () => {
    const before = identitiesOf(await allSources());
    const { id } = await repositoryOf(nameOf(1));
    await setPaused(id, true);
    await catalog.github.push(nameOf(1), 'catalog-info.yaml', componentYaml(nameOf(1), ['system: unseen']));
    await catalog.poll();
    expect(identitiesOf(await allSources())).toEqual(before);
    expect(await repositoryOf(nameOf(1))).toMatchObject({ id, isPaused: true, counts: { entities: 1 } });
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
    expect(await systemOf(nameOf(1))).toBeUndefined();
  });

  it('shows what it missed once somebody goes on with it', async () => {
    const { id } = await repositoryOf(nameOf(2));
    await setPaused(id, true);
    await catalog.github.push(nameOf(2), 'catalog-info.yaml', componentYaml(nameOf(2), ['system: missed']));
    await catalog.poll();
    expect(await systemOf(nameOf(2))).toBeUndefined();
    await setPaused(id, false);
    await catalog.harness.readDue();
    expect(await systemOf(nameOf(2))).toBe('missed');
    expect(await repositoryOf(nameOf(2))).toMatchObject({ id, isPaused: false, state: 'ready' });
  });
});

describe('a discovery that is paused', () => {
  it('is the same source after a restart, still paused and with its repositories and entities', async () => {
    const before = identitiesOf(await allSources());
    const { id } = await catalog.discovery();
    await setPaused(id, true);
    await declareAgain();
    await catalog.poll();
    expect(identitiesOf(await allSources())).toEqual(before);
    expect(await catalog.discovery()).toMatchObject({ id, isPaused: true, childCount: REPOSITORIES });
    expect(catalog.callsTo(/\/repos/)).toBe(0);
    expect(await catalog.countComponents()).toBe(REPOSITORIES);
  });

  it('finds what is new once somebody goes on with it', async () => {
    const { id } = await catalog.discovery();
    await setPaused(id, true);
    await declareAgain();
    await catalog.github.createRepository('late', { 'catalog-info.yaml': componentYaml('late') });
    await catalog.poll();
    expect(await catalog.harness.entity('component', 'late')).toBeUndefined();
    await setPaused(id, false);
    await catalog.harness.readDue();
    expect(await catalog.discovery()).toMatchObject({ id, isPaused: false, childCount: REPOSITORIES + 1 });
    expect(await catalog.harness.entity('component', 'late')).toBeDefined();
  });
});

describe('an organisation whose people are paused', () => {
  it('is the same source after a restart, still paused and with its people', async () => {
    const before = identitiesOf(await allSources());
    const people = (await allSources()).find(({ type }) => type === 'github-org');
    await setPaused(people?.id ?? '', true);
    await declareAgain();
    expect(identitiesOf(await allSources())).toEqual(before);
    expect(await catalog.harness.entity('user', 'zoe')).toBeDefined();
  });
});
