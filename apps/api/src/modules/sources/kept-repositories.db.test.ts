import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { analyzeSource, createRepository, refreshSource, registerSource } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { initCheckout, type Checkout } from '../../testing/git-client.ts';
import { componentYaml } from '../../testing/source-folder.ts';
import { testConfig } from '../../testing/test-config.ts';

const BASE = 'http://127.0.0.1:7100';
const database = useTestDatabase();
let home: string;
let harness: CatalogHarness;
let gitUrl: string;
let count = 0;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home, refreshIntervalMs: 3_600_000 },
    config: { app: { ...testConfig().app, baseUrl: BASE } },
  });
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  gitUrl = `http://127.0.0.1:${(harness.app.server.address() as AddressInfo).port}/git`;
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await rm(home, { recursive: true, maxRetries: 5 });
});

async function createShop(
  files: Record<string, string>,
): Promise<{ checkout: Checkout; page: string; name: string }> {
  const name = `shop-${(count += 1)}`;
  await harness.api.call(createRepository, { body: { owner: 'Acme', name, description: 'Sells things' } });
  const checkout = await initCheckout(path.join(home, `checkout-${name}`), `${gitUrl}/Acme/${name}.git`);
  await checkout.commit(files);
  await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
  return { checkout, name, page: `${BASE}/repositories/Acme/${name}` };
}

const register = (target: string) => harness.api.call(registerSource, { body: { target } });

describe('a source in a repository of this server', () => {
  it('is registered by the page of its file, and read without a request', async () => {
    const { page } = await createShop({ 'deep/catalog-info.yaml': componentYaml('one') });
    const url = `${page}/blob/main/deep/catalog-info.yaml`;
    const analysis = await harness.api.call(analyzeSource, { body: { target: url } });
    expect(analysis.entities).toMatchObject([{ ref: 'component:default/one', outcome: 'new' }]);
    const { id } = await register(url);
    expect(await harness.read(id)).toMatchObject({ state: 'ready', counts: { errors: 0, entities: 2 } });
    expect((await harness.entity('component', 'one'))?.metadata.annotations).toEqual({
      'backstage.io/managed-by-location': `url:${url}`,
      'backstage.io/managed-by-origin-location': `url:${url}`,
      'backstage.io/view-url': url,
      'backstage.io/source-location': `url:${page}/tree/main/deep/`,
    });
  });

  it('shows what somebody pushes with git', async () => {
    const { checkout, page } = await createShop({ 'catalog-info.yaml': componentYaml('two') });
    const { id } = await register(`${page}/blob/main/catalog-info.yaml`);
    await harness.read(id);
    expect(await harness.readDue()).toBe(0);
    await checkout.commit({ 'catalog-info.yaml': componentYaml('two', ['system: checkout']) });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    expect(await harness.readDue()).toBe(1);
    expect((await harness.entity('component', 'two'))?.spec).toMatchObject({ system: 'checkout' });
  });

  it.each([
    ['its page', (page: string) => page],
    ['its clone URL', (page: string) => `${page.replace('/repositories/', '/git/')}.git`],
    ['another name of this machine', (page: string) => page.replace('127.0.0.1', 'localhost')],
    ['other case', (page: string) => page.replace('Acme', 'ACME')],
  ])('is found by %s, with every descriptor in it and in step with it', async (_, spelled) => {
    const number = count + 1;
    const { checkout, page } = await createShop({
      'catalog-info.yaml': componentYaml(`root-${number}`),
      ...Object.fromEntries(
        Array.from({ length: 8 }, (_unused, i) => [
          `s${i}/catalog-info.yaml`,
          componentYaml(`part-${number}-${i}`),
        ]),
      ),
      'link.yaml': 'x',
    });
    const { id, target } = await register(spelled(page));
    expect(target).toContain('/blob/main/**/catalog-info.');
    expect(await harness.read(id)).toMatchObject({ state: 'ready', counts: { files: 10, errors: 0 } });
    expect(await harness.entity('component', `part-${number}-7`)).toBeDefined();
    await checkout.commit({ 'new/catalog-info.yaml': componentYaml(`new-${number}`) });
    await checkout.ok(['push', '--quiet', 'origin', 'HEAD:main']);
    expect(await harness.readDue()).toBe(1);
    expect(await harness.entity('component', `new-${number}`)).toBeDefined();
  });

  it('costs nothing while nobody pushes, and keeps its last good entities when the repository goes', async () => {
    const { page, name } = await createShop({ 'catalog-info.yaml': componentYaml('kept') });
    const { id } = await register(`${page}/blob/main/catalog-info.yaml`);
    const { revision } = await harness.read(id);
    await harness.api.call(refreshSource, { params: { id } });
    expect(await harness.read(id)).toMatchObject({ revision, counts: { added: 0, changed: 0, removed: 0 } });
    await harness.api.call(refreshSource, { params: { id } });
    await harness.database.pool.query('DELETE FROM hosted_repository WHERE name = $1', [name]);
    expect(await harness.read(id)).toMatchObject({ state: 'failed', error: { code: 'url.missing' } });
    expect(await harness.entity('component', 'kept')).toBeDefined();
  });

  it('leads on to other files of the repository', async () => {
    const { page } = await createShop({
      'all.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: all }\nspec: { targets: [./parts/*.yaml] }\n',
      'parts/api.yaml':
        'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata: { name: pay }\nspec: { type: openapi, lifecycle: production, owner: team, definition: { $text: ./openapi.yaml.txt } }\n',
      'parts/openapi.yaml.txt': 'openapi: 3.1.0',
    });
    const { id } = await register(`${page}/blob/main/all.yaml`);
    expect((await harness.read(id)).counts).toMatchObject({ errors: 0 });
    expect((await harness.entity('api', 'pay'))?.spec).toMatchObject({ definition: 'openapi: 3.1.0' });
  });

  it('suggests a descriptor where there is none', async () => {
    const { page, name } = await createShop({ 'README.md': '# Shop' });
    const { suggestion } = await harness.api.call(analyzeSource, { body: { target: page } });
    expect(suggestion?.text).toContain(`name: "${name}"`);
    expect(suggestion?.text).toContain('description: "Sells things"');
  });

  it.each([
    [`${BASE}/repositories/Acme/missing`, 'catalog.source-unreadable'],
    [`${BASE}/repositories/Acme/shop-1/blob/nothing/catalog-info.yaml`, 'catalog.source-unreadable'],
    [`${BASE}/repositories/Acme/%2e%2e%2f%2e%2e/blob/main/x.yaml`, 'catalog.source-not-allowed'],
    [`${BASE}/api/catalog/entities`, 'catalog.source-not-allowed'],
    [`${BASE}/repositories/Acme/shop-1/commits/main`, 'catalog.source-not-allowed'],
    [`http://guest@127.0.0.1:7100/repositories/Acme/shop-1`, 'catalog.source-not-allowed'],
    ['http://127.0.0.1:7101/repositories/Acme/shop-1', 'catalog.source-not-allowed'],
    ['http://localhost.evil.example:7100/repositories/Acme/shop-1', 'catalog.source-not-allowed'],
  ])('is refused at %s', async (target, code) => {
    await expect(harness.api.call(analyzeSource, { body: { target } })).rejects.toMatchObject({ code });
  });
});
