import { searchQuery } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;
let sourceId = '';

function documentYaml(kind: string, metadata: string[], spec: string[]): string {
  const indented = (lines: string[]) => lines.map((line) => `  ${line}\n`).join('');
  return `apiVersion: backstage.io/v1alpha1\nkind: ${kind}\nmetadata:\n${indented(metadata)}spec:\n${indented(spec)}`;
}

const API = documentYaml(
  'API',
  [
    'name: payments-api',
    'title: Payments <b>API</b>',
    'description: Takes card payments',
    'tags: [rest, pci]',
    'annotations: { example.org/long: yes-it-is }',
  ],
  ['type: openapi', 'lifecycle: production', 'owner: team-pay', 'definition: "openapi: 3.1.0"'],
);
const PERSON = documentYaml(
  'User',
  ['name: grace'],
  ['memberOf: []', 'profile: { displayName: Grace Example, email: grace@example.com }'],
);

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  await folder.write('api.yaml', API);
  await folder.write('people.yaml', PERSON);
  const names = ['payments', 'card-payments', 'repayments', 'ledger'];
  await folder.write('services.yaml', names.map((name) => componentYaml(name)).join('---\n'));
  [sourceId = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(sourceId);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

type Query = Record<string, string | number>;
/** As a client sends it: the contract reads the query loosely. */
const search = (query: Query) => harness.api.call(searchQuery, { query });
const namesOf = ({ results }: Awaited<ReturnType<typeof search>>) =>
  results.map(({ document }) => document.name);

describe('GET /api/search/query', () => {
  it('answers in the shape of Backstage, with plain text and marked fields', async () => {
    const { results, numberOfResults } = await search({
      term: 'payments api',
      'types[0]': 'software-catalog',
    });
    expect(numberOfResults).toBe(1);
    expect(results).toEqual([
      {
        type: 'software-catalog',
        rank: 1,
        isFuzzy: false,
        document: {
          title: 'Payments <b>API</b>',
          text: 'Takes card payments',
          location: '/catalog/default/api/payments-api',
          ...{ kind: 'API', namespace: 'default', name: 'payments-api' },
          entityRef: 'api:default/payments-api',
          ...{ componentType: 'openapi', lifecycle: 'production', owner: 'team-pay', tags: ['rest', 'pci'] },
        },
        highlight: {
          preTag: '\uE000',
          postTag: '\uE001',
          fields: {
            title: '\uE000Payments\uE001 <b>\uE000API\uE001</b>',
            name: '\uE000payments\uE001-\uE000api\uE001',
            text: 'Takes card \uE000payments\uE001',
            componentType: 'open\uE000api\uE001',
          },
        },
      },
    ]);
  });

  it('orders by how well the name fits', async () => {
    expect(namesOf(await search({ term: 'payments' }))).toEqual([
      'payments',
      'payments-api',
      'card-payments',
      'repayments',
    ]);
  });

  it('finds a misspelt name and says that it guessed', async () => {
    const { results } = await search({ term: 'ledgre' });
    expect(results).toMatchObject([{ document: { name: 'ledger' }, isFuzzy: true }]);
    expect(results[0]?.highlight?.fields['name']).toBe('\uE000ledger\uE001');
  });

  it('finds people by the name that they go by, and an entity by its reference', async () => {
    expect((await search({ term: 'grace exam' })).results).toMatchObject([
      { document: { title: 'Grace Example', text: 'grace@example.com', kind: 'User' } },
    ]);
    expect(namesOf(await search({ term: 'Component:default/Card-Payments' }))).toEqual(['card-payments']);
  });

  it('filters by kind and other fields, and counts each kind whatever kind is chosen', async () => {
    const onlyApis = await search({ term: 'payments', 'filters[kind]': 'api' });
    expect(namesOf(onlyApis)).toEqual(['payments-api']);
    expect(onlyApis.kinds).toEqual([
      { value: 'Component', count: 3 },
      { value: 'API', count: 1 },
    ]);
    const both = { 'filters[kind][0]': 'API', 'filters[kind][1]': 'Component' };
    expect((await search({ term: 'payments', ...both })).numberOfResults).toBe(4);
    const ofTeam = await search({ term: 'payments', 'filters[owner]': 'group:default/team-pay' });
    expect(namesOf(ofTeam)).toEqual(['payments-api']);
    expect(ofTeam.kinds).toEqual([{ value: 'API', count: 1 }]);
    expect(namesOf(await search({ term: 'payments', 'filters[owner]': 'team-pay' }))).toEqual([
      'payments-api',
    ]);
    expect(namesOf(await search({ 'filters[componentType]': 'openapi' }))).toEqual(['payments-api']);
    expect((await search({ term: 'payments', 'types[0]': 'techdocs' })).numberOfResults).toBe(0);
  });

  it('pages through all results once, in order, with true totals', async () => {
    const seen: string[] = [];
    let page = await search({ pageLimit: 2 });
    for (;;) {
      expect(page.numberOfResults).toBe(6);
      expect(page.results.map(({ rank }) => rank)).toEqual(
        page.results.map((_, place) => seen.length + place + 1),
      );
      seen.push(...namesOf(page));
      if (page.nextPageCursor === undefined) break;
      page = await search({ pageLimit: 2, pageCursor: page.nextPageCursor });
    }
    expect(seen).toEqual(['card-payments', 'grace', 'ledger', 'payments', 'payments-api', 'repayments']);
    const back = await search({ pageLimit: 2, pageCursor: page.previousPageCursor ?? '' });
    expect(namesOf(back)).toEqual(['ledger', 'payments']);
    expect((await search({ pageLimit: 2 })).previousPageCursor).toBeUndefined();
  });

  it.each([
    [{ pageCursor: 'x' }, 'search.bad-query'],
    [{ 'filters[colour]': 'red' }, 'search.bad-query'],
    [{ 'types[x]': 'software-catalog' }, 'search.bad-query'],
    [{ pageLimit: 101 }, 'request.invalid'],
    [{ term: 'x'.repeat(201) }, 'request.invalid'],
  ] satisfies [Query, string][])('refuses %j with %s', async (query, code) => {
    await expect(search(query)).rejects.toMatchObject({ code, status: 400 });
  });

  it.each(["' OR 1=1 --", '%', '\\', '<script>alert(1)</script>', '\u0000', '('.repeat(200)])(
    'finds nothing by %j and does no harm',
    async (term) => {
      expect(await search({ term })).toMatchObject({ results: [], numberOfResults: 0 });
    },
  );
});

it('knows a write at once: the new name is found, the old one is not', async () => {
  await folder.write('services.yaml', [componentYaml('invoices'), componentYaml('ledger')].join('---\n'));
  await harness.read(sourceId);
  expect(namesOf(await search({ term: 'invoices' }))).toEqual(['invoices']);
  expect(namesOf(await search({ term: 'repayments' }))).toEqual(['payments-api']);
  expect((await search({ term: 'repayments' })).results[0]?.isFuzzy).toBe(true);
  await folder.write(
    'services.yaml',
    componentYaml('ledger', ['type: invoices']).replace('type: service\n  ', ''),
  );
  await harness.read(sourceId);
  expect(namesOf(await search({ term: 'invoices' }))).toEqual(['ledger']);
});
