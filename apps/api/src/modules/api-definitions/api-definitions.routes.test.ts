import {
  getApiDefinition,
  getApiDefinitionChanges,
  getEntityHistory,
  grpcOutlineSchema,
} from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { componentYaml, makeSourceFolder, type SourceFolder } from '../../testing/source-folder.ts';

const database = useTestDatabase();
let harness: CatalogHarness;
let folder: SourceFolder;

function apiYaml(name: string, type: string, definition: string): string {
  return (
    `apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: ${name}\nspec:\n  type: ${type}\n` +
    `  lifecycle: production\n  owner: team-b\n  definition: |\n${definition.replaceAll(/^/gm, '    ')}\n`
  );
}

const openApi =
  'openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\npaths: {/orders: {get: {responses: {}}}}';

beforeAll(async () => {
  folder = await makeSourceFolder();
  harness = await startCatalogHarness({ databaseUrl: database().url, home: folder.directory });
  await folder.write(
    'apis.yaml',
    [
      apiYaml('orders', 'openapi', openApi),
      apiYaml('free-type', 'rest', openApi),
      apiYaml('ledger', 'grpc', 'syntax = "proto3";\npackage a;\nmessage A {}'),
      apiYaml('broken', 'graphql', 'type Query {\n  a:\n}'),
      apiYaml('prose', 'mail', 'Write to us.'),
      componentYaml('web'),
      'apiVersion: backstage.io/v1alpha1\nkind: API\nmetadata:\n  name: tools\nspec:\n  type: mcp-server\n' +
        '  lifecycle: production\n  owner: team-b\n  remotes: [{type: streamable-http, url: "https://example.com"}]\n',
    ].join('---\n'),
  );
  const [id = ''] = await harness.declare([{ type: 'file', target: folder.directory, origin: 'config' }]);
  await harness.read(id);
});

afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const params = (name: string, kind = 'api') => ({ kind, namespace: 'default', name });
const definitionOf = (name: string, kind?: string) =>
  harness.api.call(getApiDefinition, { params: params(name, kind) });
const changesOf = (name: string, query: { from?: string; to?: string } = {}) =>
  harness.api.call(getApiDefinitionChanges, { params: params(name), query });

describe('a definition', () => {
  it('comes with its format, its text and the model of its viewer', async () => {
    const answer = await definitionOf('orders');
    expect(answer).toMatchObject({ format: 'openapi', model: { paths: { '/orders': {} } }, problems: [] });
    expect(answer.text.trimEnd()).toBe(openApi);
    const ledger = await definitionOf('ledger');
    expect(grpcOutlineSchema.parse(ledger.model).messages[0]?.name).toBe('A');
  });

  it('is recognised by its text where the type is a word of the company', async () => {
    expect(await definitionOf('free-type')).toMatchObject({ format: 'openapi', problems: [] });
    expect(await definitionOf('prose')).toEqual({ format: 'text', text: 'Write to us.\n', problems: [] });
  });

  it('is still shown as text when it cannot be read', async () => {
    const answer = await definitionOf('broken');
    expect(answer).toMatchObject({ format: 'graphql', problems: [{ line: 3 }] });
    expect(answer.text).toContain('type Query');
    expect(answer).not.toHaveProperty('model');
  });

  it.each([
    ['nothing', 'api', 'catalog.entity-not-found'],
    ['web', 'component', 'catalog.no-definition'],
    ['tools', 'api', 'catalog.no-definition'],
  ])('of %s is refused with a reason', async (name, kind, code) => {
    await expect(definitionOf(name, kind)).rejects.toMatchObject({ code });
  });
});

describe('changes of a definition', () => {
  it('are none while it has had one version only', async () => {
    const answer = await changesOf('orders');
    expect(answer).toMatchObject({ format: 'openapi', changes: [] });
    expect(answer).not.toHaveProperty('from');
    expect(answer.to.text.trimEnd()).toBe(openApi);
  });

  it('compare a version with itself, and refuse one that does not exist', async () => {
    const { to } = await changesOf('orders');
    expect((await changesOf('orders', { from: to.id, to: to.id })).changes).toEqual([]);
    await expect(changesOf('orders', { from: 'nothing' })).rejects.toMatchObject({
      code: 'catalog.version-not-found',
    });
    await expect(changesOf('orders', { to: "1' OR true" })).rejects.toMatchObject({
      code: 'catalog.version-not-found',
    });
  });

  it('tell what the last change of the definition means, whatever else changed after it', async () => {
    await using other = await makeSourceFolder();
    const [, id = ''] = await harness.declare([
      { type: 'file', target: folder.directory, origin: 'config' },
      { type: 'file', target: other.directory, origin: 'config' },
    ]);
    const write = async (definition: string, title: string) => {
      const text = apiYaml('payments', 'openapi', definition).replace('spec:', `  title: ${title}\nspec:`);
      await other.write('payments.yaml', text);
      await harness.read(id);
    };
    await write(openApi, 'One');
    const first = (await changesOf('payments')).to.id;
    await write(openApi.replace('/orders', '/payments'), 'One');
    await write(openApi.replace('/orders', '/payments'), 'Two');
    const answer = await changesOf('payments');
    expect(answer.from?.id).toBe(first);
    expect(answer.from?.text.trimEnd()).toBe(openApi);
    expect(answer.changes).toEqual([
      { level: 'breaking', path: 'GET /orders', message: 'The operation is gone.' },
      { level: 'compatible', path: 'GET /payments', message: 'The operation is new.' },
    ]);
    expect((await changesOf('payments', { from: answer.to.id, to: first })).changes[0]).toEqual({
      level: 'breaking',
      path: 'GET /payments',
      message: 'The operation is gone.',
    });
    const { items } = await harness.api.call(getEntityHistory, { params: params('payments'), query: {} });
    expect(items.map((item) => item.id)).toContain(first);
  });
});
