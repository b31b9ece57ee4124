import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
// The server has the last word, so that is what the verdicts are compared with.
import { schemaIssues } from '../../../../../../api/src/modules/scaffolder/engine/schema-issues.ts';
import { issueWords } from './issue-words.ts';
import type { JsonObject } from './json.ts';
import { validationIssues } from './validation-issues.ts';

function expectSameVerdict(schema: object, value: unknown) {
  const own = validationIssues(value, schema);
  expect({ schema, value, isValid: own.length === 0, own }).toMatchObject({
    isValid: schemaIssues(schema as JsonObject, value as JsonObject).length === 0, // made of JSON here
  });
}

const text = { type: 'string' };

/** Schemas as templates have them, each with values on both sides of its rules. */
const cases: [name: string, schema: object, values: unknown[]][] = [
  [
    'required',
    { type: 'object', required: ['a'], properties: { a: text } },
    [{}, { a: 'x' }, { a: 1 }, { b: 1 }],
  ],
  [
    'lengths',
    { ...text, minLength: 2, maxLength: 4 },
    ['', 'a', 'ab', 'abcd', 'abcde', '👍👍', '👍👍👍👍👍'],
  ],
  ['pattern', { ...text, pattern: '^[a-z]([-a-z0-9]*[a-z0-9])?$' }, ['a', 'A', 'a-b', 'a-', '']],
  ['numbers', { type: 'integer', minimum: 1, exclusiveMaximum: 5 }, [0, 1, 4, 5, 2.5, '3', null]],
  ['multiples', { type: 'number', multipleOf: 5 }, [0, 5, 7, 10.5]],
  ['choices', { enum: ['a', 1, null, { b: 1 }] }, ['a', 1, null, { b: 1 }, { b: 2 }, 'c']],
  ['constants', { properties: { a: { const: true } } }, [{ a: true }, { a: false }, { a: 'true' }, {}]],
  [
    'lists',
    { type: 'array', items: text, minItems: 1, maxItems: 2, uniqueItems: true },
    [[], ['a'], ['a', 'a'], ['a', 'b', 'c'], [1]],
  ],
  [
    'tuples',
    { type: 'array', items: [text, { type: 'number' }], additionalItems: false },
    [['a', 1], ['a'], [1], ['a', 1, 2]],
  ],
  ['several types', { type: ['string', 'null'] }, ['a', null, 1]],
  ['no other fields', { properties: { a: text }, additionalProperties: false }, [{ a: 'x' }, { b: 1 }, {}]],
  [
    'patterns of names',
    { patternProperties: { '^x-': { type: 'number' } } },
    [{ 'x-a': 1 }, { 'x-a': 'b' }, { y: 'b' }],
  ],
  ['names of fields', { propertyNames: { pattern: '^[a-z]+$' } }, [{ a: 1 }, { A: 1 }]],
  ['dependencies by name', { dependencies: { a: ['b'] } }, [{ a: 1 }, { a: 1, b: 1 }, { b: 1 }, {}]],
  [
    'dependencies with alternatives',
    {
      properties: { db: { type: 'boolean' } },
      dependencies: {
        db: {
          oneOf: [
            { properties: { db: { const: false } } },
            { properties: { db: { const: true }, engine: { enum: ['pg', 'my'] } }, required: ['engine'] },
          ],
        },
      },
    },
    [{}, { db: false }, { db: true }, { db: true, engine: 'pg' }, { db: true, engine: 'x' }, { db: 'x' }],
  ],
  ['one of', { oneOf: [{ required: ['a'] }, { required: ['b'] }] }, [{}, { a: 1 }, { b: 1 }, { a: 1, b: 1 }]],
  ['any of', { anyOf: [text, { type: 'number', minimum: 3 }] }, ['a', 3, 2, null]],
  [
    'all of',
    { allOf: [{ required: ['a'] }, { properties: { a: { minLength: 2 } } }] },
    [{}, { a: 'x' }, { a: 'xy' }],
  ],
  ['not', { not: { const: 'root' } }, ['root', 'other']],
  [
    'conditions',
    {
      if: { properties: { kind: { const: 'public' } }, required: ['kind'] },
      then: { required: ['host'] },
      else: { properties: { host: false } },
    },
    [
      { kind: 'public' },
      { kind: 'public', host: 'x' },
      { kind: 'private' },
      { kind: 'private', host: 'x' },
      {},
    ],
  ],
  [
    'references',
    {
      definitions: {
        name: { ...text, minLength: 2 },
        tree: { properties: { next: { $ref: '#/definitions/tree' }, name: { $ref: '#/definitions/name' } } },
      },
      $ref: '#/definitions/tree',
    },
    [{ name: 'ab' }, { name: 'a' }, { next: { next: { name: 'a' } } }, { next: { name: 'ab' } }],
  ],
  [
    'rules beside a reference',
    { definitions: { a: text }, properties: { x: { $ref: '#/definitions/a', minLength: 3 } } },
    [{ x: 'ab' }, { x: 'abc' }],
  ],
  ['e-mail', { ...text, format: 'email' }, ['a@b.de', 'a', '@b', 'a b@c.de']],
  [
    'web address',
    { ...text, format: 'uri' },
    ['https://example.com/a?b#c', 'example.com', '', 'mailto:a@b.de'],
  ],
  ['host name', { ...text, format: 'hostname' }, ['shop.example.com', 'a_b', 'x..y', 'localhost']],
  ['date', { ...text, format: 'date' }, ['2026-05-31', '2026-02-30', '31.5.2026', '2024-02-29']],
  [
    'instant',
    { ...text, format: 'date-time' },
    ['2026-05-31T10:00:00Z', '2026-05-31', '2026-05-31T25:00:00Z'],
  ],
  ['addresses of machines', { ...text, format: 'ipv4' }, ['10.0.0.1', '10.0.0.256', 'x']],
  ['uuid', { ...text, format: 'uuid' }, ['123e4567-e89b-12d3-a456-426614174000', '123']],
  ['an unknown format', { ...text, format: 'entity-ref' }, ['anything']],
  [
    'keys of forms that nobody took out',
    { properties: { a: { ...text, 'ui:field': 'X' } } },
    [{ a: 'x' }, { a: 1 }],
  ],
];

describe('the verdict', () => {
  it.each(cases)('is that of the server for %s', (_, schema, values) => {
    for (const value of values) expectSameVerdict(schema, value);
  });

  it('is that of the server for schemas and values that nobody thought of', () => {
    fc.assert(fc.property(schemas.schema, fc.jsonValue({ maxDepth: 3 }), expectSameVerdict), {
      numRuns: 400,
    });
    fc.assert(fc.property(schemas.form, answers, expectSameVerdict), { numRuns: 400 });
  });

  it('takes what is undefined as missing', () => {
    expect(validationIssues({ a: undefined }, { required: ['a'] })).toMatchObject([{ path: ['a'] }]);
  });

  it('throws at what is no schema', () => {
    expect(() => validationIssues({ a: 'x' }, { properties: { a: { pattern: '(' } } })).toThrow();
  });
});

const names = fc.constantFrom('a', 'b', 'c');
const leaf = fc.oneof(
  fc.record({ type: fc.constant('string'), minLength: fc.nat(3), maxLength: fc.nat(6) }),
  fc.record({ type: fc.constant('string'), pattern: fc.constantFrom('^a', 'b$', '^[a-c]+$') }),
  fc.record({ type: fc.constantFrom('integer', 'number'), minimum: fc.integer({ min: -5, max: 5 }) }),
  fc.record({ type: fc.constant('boolean') }),
  fc.record({ const: fc.constantFrom('a', 1, true, null) }),
  fc.record({ enum: fc.uniqueArray(fc.constantFrom('a', 'b', 1, 2, true, null), { minLength: 1 }) }),
  fc.record({ type: fc.constant('array'), minItems: fc.nat(2), uniqueItems: fc.boolean() }),
);
const schemas = fc.letrec<{ schema: object; form: object }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    tie('form'),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }) }),
    fc.record({ not: tie('schema') }),
    fc.record({ type: fc.constant('array'), items: tie('schema') }),
  ),
  form: fc.record(
    {
      type: fc.constant('object'),
      properties: fc.dictionary(names, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
      required: fc.uniqueArray(names, { maxLength: 2 }),
      additionalProperties: fc.boolean(),
      dependencies: fc.dictionary(names, fc.oneof(fc.uniqueArray(names, { minLength: 1 }), tie('schema')), {
        maxKeys: 1,
        noNullPrototype: true,
      }),
      if: tie('schema'),
      then: tie('schema'),
      else: tie('schema'),
    },
    { requiredKeys: ['type', 'properties'] },
  ),
}));
const answers = fc.dictionary(
  names,
  fc.oneof(fc.constantFrom('a', 'b', 'abc', '', 1, 2, true, false, null), fc.constant(['a', 'a'])),
  { noNullPrototype: true },
);

describe('what is said', () => {
  const said = (schema: object, value: unknown) =>
    validationIssues(value, schema).map((issue) => `${issue.path.join('.')}: ${issueWords(issue)}`);

  it('is about the field, in words', () => {
    const schema = {
      required: ['name'],
      properties: {
        age: { type: 'integer', minimum: 18 },
        mail: { type: 'string', format: 'email' },
        tags: { items: { maxLength: 2 } },
        code: { pattern: '^[a-z]+$' },
        host: { pattern: '^[a-z.]+$', examples: ['shop.example'] },
      },
    };
    expect(said(schema, { age: 3, mail: 'x', tags: ['abc'], code: 'A', host: 'A' })).toEqual([
      'name: Fill this in.',
      'age: It must be 18 or more.',
      'mail: Write it as an e-mail address, such as name@example.com.',
      'tags.0: Write at most 2 characters.',
      'code: It must match the pattern “^[a-z]+$”.',
      'host: It must match the pattern “^[a-z.]+$”, such as “shop.example”.',
    ]);
  });

  it('is what the template says itself, where it does', () => {
    const errorMessage = { required: { name: 'Everybody has a name.' } };
    expect(
      said(
        {
          required: ['name', 'b'],
          errorMessage,
          properties: { c: { pattern: 'x', errorMessage: 'Put an x in.' } },
        },
        { c: 'y' },
      ),
    ).toEqual(['name: Everybody has a name.', 'b: Fill this in.', 'c: Put an x in.']);
  });

  it('is about the alternative that comes closest', () => {
    const schema = {
      oneOf: [
        { properties: { kind: { const: 'a' }, x: { type: 'string' } }, required: ['x'] },
        { properties: { kind: { const: 'b' }, y: { type: 'string' } }, required: ['y'] },
      ],
    };
    expect(said(schema, { kind: 'b' })).toEqual(['y: Fill this in.']);
    expect(said({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 })).toEqual([
      ': These answers fit more than one of the choices, or none.',
    ]);
  });

  it('finds the rule behind a reference', () => {
    const schema = {
      definitions: { n: { type: 'string', minLength: 3 } },
      properties: { a: { $ref: '#/definitions/n' } },
    };
    expect(said(schema, { a: 'x' })).toEqual(['a: Write at least 3 characters.']);
  });
});
