import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { graphqlOutlineSchema, grpcOutlineSchema, type DefinitionFormat } from '@waymark/contracts';
import { afterAll, describe, expect, it } from 'vitest';
import { createDefinitionReader } from './definition-reader.ts';

const reader = createDefinitionReader({ maxProcesses: 1, deadlineMs: 60_000 });
afterAll(() => reader.close());

async function read(format: DefinitionFormat, text: string) {
  const { modelJson, problems } = await reader.read(format, text);
  return { model: modelJson === undefined ? undefined : (JSON.parse(modelJson) as unknown), problems };
}

const openApi = (more = '') =>
  `openapi: 3.1.0\ninfo: {title: Orders, version: "1"}\n${more || 'paths: {}\n'}`;

describe('OpenAPI', () => {
  it.each([
    ['3.1', openApi()],
    ['3.0 as JSON', '{"openapi":"3.0.3","info":{"title":"a","version":"1"},"paths":{}}'],
    ['2.0', 'swagger: "2.0"\ninfo: {title: a, version: "1"}\npaths: {}\n'],
  ])('of version %s is handed over as it is', async (_version, text) => {
    const { model, problems } = await read('openapi', text);
    expect(problems).toEqual([]);
    expect(model).toMatchObject({ info: { version: '1' }, paths: {} });
  });

  it('has no model but a problem with its line when it cannot be read', async () => {
    const broken = await read('openapi', openApi('paths: {a: [}\n'));
    expect(broken.model).toBeUndefined();
    expect(broken.problems[0]).toEqual({ message: expect.stringContaining('end with a ]'), line: 3 });
    expect((await read('openapi', 'just text')).problems[0]?.message).toContain('no mapping');
    expect((await read('openapi', 'openapi: 9.0.0\n')).problems[0]?.message).toContain('2.0, 3.0 and 3.1');
    expect((await read('openapi', 'info: {}\n')).problems[0]?.message).toContain('"openapi" is missing');
  });

  it('names references that lead out or nowhere, with their lines, and follows none', async () => {
    const schemas =
      'components:\n  schemas:\n    A: {$ref: "https://example.com/a.yaml#/A"}\n    B: {$ref: "#/nowhere"}\n';
    const { model, problems } = await read('openapi', openApi(`paths: {}\n${schemas}`));
    expect(problems).toEqual([
      { message: expect.stringContaining('leads to another document'), line: 6 },
      { message: expect.stringContaining('leads nowhere'), line: 7 },
    ]);
    expect(JSON.stringify(model)).not.toContain('"$ref":"https');
  });

  it('carries no HTML, picture, running link or prototype key to the viewer', async () => {
    const text = openApi(
      [
        'paths: {}',
        'externalDocs: {url: " java\\tscript:alert(1)"}',
        'x: {__proto__: {polluted: 1}, constructor: 2}',
        'components:',
        '  schemas:',
        '    A:',
        '      description: "<img src=x onerror=alert(1)> ![p](http://example.com/p.png) `a < b`"',
        '      properties: {description: {type: string, description: "<b>x</b>"}}',
        '',
      ].join('\n'),
    );
    const json = JSON.stringify((await read('openapi', text)).model);
    expect(json).not.toMatch(/<img|<b>|!\[|javascript|script:|polluted|constructor/);
    expect(json).toContain('`a < b`');
    expect(json).toContain('[p](http://example.com/p.png)');
    expect(json).toContain('"description":{"type":"string"');
  });

  it('is given up when it is nested or repeated without bound', async () => {
    const deep = `${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`;
    expect((await read('openapi', deep)).problems.length).toBeGreaterThan(0);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefgh'[index]}`).join(',')}]`)
      .join('\n')}\n`;
    expect((await read('openapi', bomb)).problems.length).toBeGreaterThan(0);
  });
});

describe('AsyncAPI', () => {
  const asyncApi = (payload: string) =>
    `asyncapi: 3.0.0\ninfo: {title: Orders, version: "1", description: "<script>x</script>"}\n` +
    `channels:\n  orders:\n    address: orders\n    messages:\n      Placed:\n        payload: ${payload}\n`;

  it('is handed over as the text that its viewer unfolds, without HTML', async () => {
    const { model, problems } = await read('asyncapi', asyncApi('{type: object}'));
    expect(problems).toEqual([]);
    expect(model).toEqual(expect.any(String));
    expect(model).toMatch(/"x-parser-spec-stringified": ?true/);
    expect(model).not.toContain('<script>');
  });

  it('is read without asking the network or the disk for what it refers to', async () => {
    let requests = 0;
    const server = createServer((_request, response) => {
      requests++;
      response.end('{"type":"object"}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo; // an address with a port, as asked for
    for (const target of [
      `http://127.0.0.1:${port}/a.json`,
      'file:///etc/hostname',
      './package.json',
      '/etc/hostname',
    ]) {
      const { model, problems } = await read('asyncapi', asyncApi(`{$ref: "${target}"}`));
      expect(problems[0]).toEqual({ message: expect.stringContaining('another document'), line: 8 });
      expect(JSON.stringify(model ?? '')).not.toContain('waymark');
    }
    expect(requests).toBe(0);
    await new Promise((resolve) => server.close(resolve));
  });

  it('reports what the format does not allow, with its line', async () => {
    const { problems } = await read('asyncapi', 'asyncapi: 3.0.0\ninfo:\n  title: a\nchannels: {}\n');
    expect(problems).toContainEqual({ message: expect.stringContaining('version'), line: 2 });
  });
});

describe('GraphQL', () => {
  it('is handed over as an outline', async () => {
    const text = `"All" type Query { "One" order(id: ID! = "7", old: Int @deprecated): Order }
      interface Node { id: ID! } type Order implements Node { id: ID! state: State @deprecated(reason: "gone") }
      union Found = Order enum State { OPEN CLOSED @deprecated } input New { note: String = "x" } scalar Time
      directive @auth(role: String) on FIELD_DEFINITION`;
    const { model, problems } = await read('graphql', text);
    expect(problems).toEqual([]);
    const outline = graphqlOutlineSchema.parse(model);
    expect(outline.types.map(({ kind, name, role }) => [kind, name, role])).toEqual([
      ['object', 'Query', 'query'],
      ['interface', 'Node', undefined],
      ['object', 'Order', undefined],
      ['union', 'Found', undefined],
      ['enum', 'State', undefined],
      ['input', 'New', undefined],
      ['scalar', 'Time', undefined],
    ]);
    expect(outline.types[0]?.fields[0]).toEqual({
      name: 'order',
      type: 'Order',
      description: 'One',
      arguments: [
        { name: 'id', type: 'ID!', default: '"7"' },
        { name: 'old', type: 'Int', deprecated: 'No longer supported' },
      ],
    });
    expect(outline.directives).toEqual([
      { name: 'auth', arguments: [{ name: 'role', type: 'String' }], locations: ['FIELD_DEFINITION'] },
    ]);
  });

  it('accepts parts of a federated schema, and says where one cannot be read', async () => {
    expect((await read('graphql', 'type Order @key(fields: "id") { id: ID! }')).problems).toEqual([]);
    expect((await read('graphql', 'type Query {\n  a: Nothing\n}')).problems).toEqual([
      { message: expect.stringContaining('Nothing'), line: 2 },
    ]);
    expect((await read('graphql', 'type Query {\n  a: \n}')).problems).toMatchObject([{ line: 3 }]);
  });

  it.each([
    ['a field goes', 'type Query { a: Int b: Int }', 'type Query { a: Int }', ['breaking Query.b']],
    ['a field is new', 'type Query { a: Int }', 'type Query { a: Int b: Int }', ['compatible Query.b']],
    ['a type changes', 'type Query { a: Int }', 'type Query { a: String }', ['breaking Query.a']],
    [
      'an argument is required',
      'type Query { a: Int }',
      'type Query { a(b: Int!): Int }',
      ['breaking Query.a.b'],
    ],
    [
      'a value is new',
      'type Query { a: E } enum E { X }',
      'type Query { a: E } enum E { X Y }',
      ['unclear E.Y'],
    ],
    ['only prose changes', '"one" type Query { a: Int }', '"two" type Query { a: Int }', []],
  ])('changes say that %s', async (_what, before, after, expected) => {
    const changes = await reader.compare('graphql', before, after);
    expect(changes.map(({ level, path }) => `${level} ${path}`)).toEqual(expected);
  });
});

describe('gRPC', () => {
  it('is handed over as an outline', async () => {
    const text = `syntax = "proto3";\npackage acme.v1;\nimport "google/protobuf/timestamp.proto";
// Takes orders.
service Orders {
  // Follows one.
  rpc Follow(Query) returns (stream Order) { option deprecated = true; }
}
message Query { string id = 1; }
message Order {
  reserved 4, 9 to 11; reserved "old";
  optional int32 count = 1; repeated Line lines = 2; map<string, Line> by_name = 3 [deprecated = true];
  oneof payer { string person = 5; string team = 6; }
  message Line { google.protobuf.Timestamp at = 1; }
  enum State { OPEN = 0; CLOSED = 1; }
}\n`;
    const { model, problems } = await read('grpc', text);
    expect(problems).toEqual([]);
    const outline = grpcOutlineSchema.parse(model);
    expect(outline).toMatchObject({
      package: 'acme.v1',
      imports: ['google/protobuf/timestamp.proto'],
      services: [
        {
          name: 'Orders',
          comment: 'Takes orders.',
          procedures: [{ name: 'Follow', streamsRequests: false, streamsReplies: true, isDeprecated: true }],
        },
      ],
      enumerations: [
        {
          name: 'Order.State',
          values: [
            { name: 'OPEN', number: 0 },
            { name: 'CLOSED', number: 1 },
          ],
        },
      ],
    });
    expect(outline.messages.map(({ name }) => name)).toEqual(['Query', 'Order', 'Order.Line']);
    const order = outline.messages[1];
    expect(order?.reservedNumbers).toEqual([
      [4, 4],
      [9, 11],
    ]);
    expect(order?.reservedNames).toEqual(['old']);
    expect(order?.fields.map(({ name, label, keyType, oneof }) => [name, label, keyType, oneof])).toEqual([
      ['count', 'optional', undefined, undefined],
      ['lines', 'repeated', undefined, undefined],
      ['by_name', 'map', 'string', undefined],
      ['person', 'single', undefined, 'payer'],
      ['team', 'single', undefined, 'payer'],
    ]);
  });

  it('says where it cannot be read', async () => {
    expect((await read('grpc', 'syntax = "proto3";\nmessage A {\n string x 1;\n}')).problems).toEqual([
      { message: expect.stringContaining("illegal token '1'"), line: 3 },
    ]);
  });
});

describe('the reader', () => {
  it('gives up what takes too long, keeps on answering, and says so instead of failing', async () => {
    const hasty = createDefinitionReader({ maxProcesses: 1, deadlineMs: 100 });
    const operations = Array.from(
      { length: 30_000 },
      (_, index) => `  /${index}: {get: {responses: {"200": {description: ok}}}}\n`,
    );
    const long = openApi(`paths:\n${operations.join('')}`);
    expect(await hasty.read('openapi', long)).toEqual({
      problems: [{ message: expect.stringContaining('too costly') }],
    });
    expect(await hasty.compare('openapi', openApi(), long)).toMatchObject([{ level: 'unclear' }]);
    await hasty.close();
  });

  it('answers the same question at the same time with one run', async () => {
    const text = openApi('paths: {/same: {}}\n');
    const [first, second] = await Promise.all([reader.read('openapi', text), reader.read('openapi', text)]);
    expect(second).toEqual(first);
  });
});
