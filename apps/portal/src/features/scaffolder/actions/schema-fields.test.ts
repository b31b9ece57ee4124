import { expect, test } from 'vitest';
import { schemaFields } from './schema-fields.ts';

test('fields have their type, whether they must be given, default and words', () => {
  expect(
    schemaFields({
      type: 'object',
      required: ['url'],
      properties: {
        url: { type: 'string', description: 'Where from' },
        replace: { type: 'boolean', default: false },
        mode: { enum: ['a', 'b'] },
        extension: { anyOf: [{ type: 'boolean' }, { type: 'string' }] },
      },
    }),
  ).toEqual([
    {
      path: 'url',
      depth: 0,
      type: 'string',
      isRequired: true,
      defaultValue: undefined,
      description: 'Where from',
    },
    {
      path: 'replace',
      depth: 0,
      type: 'true or false',
      isRequired: false,
      defaultValue: 'false',
      description: undefined,
    },
    {
      path: 'mode',
      depth: 0,
      type: '"a" or "b"',
      isRequired: false,
      defaultValue: undefined,
      description: undefined,
    },
    {
      path: 'extension',
      depth: 0,
      type: 'true or false or string',
      isRequired: false,
      defaultValue: undefined,
      description: undefined,
    },
  ]);
});

test('what is in objects and in lists of them stands below', () => {
  const fields = schemaFields({
    properties: {
      files: {
        type: 'array',
        items: { type: 'object', required: ['from'], properties: { from: { type: 'string' } } },
      },
      owner: { type: 'object', properties: { name: { type: 'string' } } },
    },
  });
  expect(fields.map(({ path, depth, type, isRequired }) => [path, depth, type, isRequired])).toEqual([
    ['files', 0, 'list of object', false],
    ['files[].from', 1, 'string', true],
    ['owner', 0, 'object', false],
    ['owner.name', 1, 'string', false],
  ]);
});

test('references are followed, and one that leads to itself ends', () => {
  const json = {
    anyOf: [
      { type: 'string' },
      { type: 'null' },
      { type: 'array', items: { $ref: '#/definitions/json' } },
      { type: 'object', additionalProperties: { $ref: '#/definitions/json' } },
    ],
  };
  const node = { type: 'object', properties: { next: { $ref: '#/definitions/node' } } };
  const fields = schemaFields({
    definitions: { json, node },
    properties: {
      value: { allOf: [{ $ref: '#/definitions/json' }], description: 'Anything' },
      node: { $ref: '#/definitions/node' },
    },
  });
  expect(fields[0]).toMatchObject({ path: 'value', type: 'any value', description: 'Anything' });
  expect(fields.map(({ path }) => path)).toEqual([
    'value',
    'node',
    'node.next',
    'node.next.next',
    'node.next.next.next',
  ]);
});

test('a schema that is none has no fields', () => {
  expect(schemaFields({})).toEqual([]);
  expect(schemaFields({ properties: { x: true, y: 7 } }).map(({ type }) => type)).toEqual([
    'any value',
    'any value',
  ]);
});
