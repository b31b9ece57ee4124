import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { systems } from '../organisation/systems.ts';
import { asyncApi } from './asyncapi.ts';
import { readFields } from './field-notation.ts';
import { grpc } from './grpc.ts';
import { create, list, openApi, read, remove } from './openapi.ts';

const apis = systems.flatMap((system) => system.apis);

function definitionsOf(type: string): { name: string; text: string }[] {
  return apis
    .filter(({ definition }) => definition.type === type)
    .map(({ name, definition }) => ({ name, text: definition.text }));
}

/** All `$ref` of a document that lead nowhere. */
function danglingReferences(document: unknown): string[] {
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)].map(
    ([, path]) => path ?? '',
  );
  const lookUp = (path: string): unknown =>
    path
      .split('/')
      .reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], document);
  return references.filter((path) => lookUp(path) === undefined);
}

describe('OpenAPI definitions', () => {
  it('hold no dangling reference, no operation id twice, and every parameter of their paths', () => {
    expect(definitionsOf('openapi').length).toBeGreaterThan(20);
    for (const { name, text } of definitionsOf('openapi')) {
      const document = parse(text) as {
        paths: Record<
          string,
          Record<string, { operationId: string; parameters?: { name: string; in: string }[] }>
        >;
      };
      expect(danglingReferences(document), name).toEqual([]);
      const operations = Object.entries(document.paths).flatMap(([path, item]) =>
        Object.values(item).map((operation) => ({ path, operation })),
      );
      const ids = operations.map(({ operation }) => operation.operationId);
      expect(new Set(ids).size, name).toBe(ids.length);
      for (const { path, operation } of operations) {
        const declared = (operation.parameters ?? [])
          .filter((parameter) => parameter.in === 'path')
          .map((parameter) => parameter.name);
        expect(declared, `${name} ${path}`).toEqual(
          [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter),
        );
      }
    }
  });

  it('answer a list with a page, a creation with 201 and a deletion with 204', () => {
    const { text } = openApi({
      title: 'Books',
      version: '1.0.0',
      description: 'Books',
      operations: [
        list('/books', 'listBooks', 'All', { gives: 'Book' }),
        create('/books', 'addBook', 'Add', { takes: 'Book', gives: 'Book' }),
        read('/books/{isbn}', 'getBook', 'One', { gives: 'Book' }),
        remove('/books/{isbn}', 'removeBook', 'Away'),
      ],
      messages: { Book: { isbn: 'text', 'price?': 'Money', tags: 'text[]', state: 'in|out' } },
    });
    const document = parse(text) as {
      paths: Record<string, Record<string, { responses: object }>>;
      components: { schemas: object };
    };
    const statuses = Object.values(document.paths).flatMap((item) =>
      Object.values(item).map(({ responses }) => Object.keys(responses)),
    );
    expect(statuses).toEqual([
      ['200', 'default'],
      ['201', 'default'],
      ['200', 'default'],
      ['204', 'default'],
    ]);
    expect(document.components.schemas).toMatchObject({
      Book: {
        required: ['isbn', 'tags', 'state'],
        properties: {
          price: { $ref: '#/components/schemas/Money' },
          tags: { type: 'array', items: { type: 'string' } },
          state: { enum: ['in', 'out'] },
        },
      },
      Money: { type: 'object' },
    });
  });
});

describe('AsyncAPI definitions', () => {
  it('hold no dangling reference', () => {
    expect(definitionsOf('asyncapi').length).toBeGreaterThan(10);
    for (const { name, text } of definitionsOf('asyncapi'))
      expect(danglingReferences(parse(text)), name).toEqual([]);
  });

  it('refuse an event whose message nobody declared', () => {
    const input = { title: 'T', version: '1.0.0', description: 'D', messages: {} };
    const events = [{ address: 'a.b.v1', message: 'Missing', summary: 'S' }];
    expect(() => asyncApi({ ...input, events })).toThrow('message Missing is used but not declared');
  });
});

describe('gRPC definitions', () => {
  it('declare every message that a procedure or a field names', () => {
    expect(definitionsOf('grpc').length).toBeGreaterThan(5);
    for (const { name, text } of definitionsOf('grpc')) {
      const declared = new Set([...text.matchAll(/^message (\w+)/gm)].map(([, message]) => message));
      const named = [...text.matchAll(/rpc \w+\((\w+)\) returns \((?:stream )?(\w+)\)/g)].flatMap(
        ([, request, reply]) => [request, reply],
      );
      const fields = [...text.matchAll(/^ {2}(?:repeated |optional )?([A-Z]\w+) \w+ = \d+;/gm)].map(
        ([, type]) => type,
      );
      const enumerations = new Set([...text.matchAll(/enum (\w+)/g)].map(([, enumeration]) => enumeration));
      expect(
        [...named, ...fields].filter((type) => !declared.has(type) && !enumerations.has(type)),
        name,
      ).toEqual([]);
    }
  });

  it('write lists, optional fields, enumerations and times as proto3 wants them', () => {
    const { text } = grpc({
      package: 'books.v1',
      service: 'Books',
      description: 'Books.',
      procedures: [{ name: 'Watch', summary: 'New books.', reply: 'Book', streamsReplies: true }],
      messages: {
        WatchRequest: { 'since?': 'time' },
        Book: { isbn: 'text', formats: 'Format[]', coverKind: 'hard-back|soft' },
        Format: { name: 'text' },
      },
    });
    expect(text).toContain('import "google/protobuf/timestamp.proto";');
    expect(text).toContain('  rpc Watch(WatchRequest) returns (stream Book);');
    expect(text).toContain('  optional google.protobuf.Timestamp since = 1;');
    expect(text).toContain('  repeated Format formats = 2;');
    expect(text).toContain('    COVER_KIND_HARD_BACK = 1;');
    expect(text).toContain('  CoverKind cover_kind = 3;');
  });
});

describe('field notation', () => {
  it('refuses a scalar that it does not know', () => {
    expect(() => readFields({ name: 'string' })).toThrow('"string" is no scalar of the field notation');
  });
});
