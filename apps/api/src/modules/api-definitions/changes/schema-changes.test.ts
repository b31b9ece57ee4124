import { describe, expect, it } from 'vitest';
import { object, orderDocument as document, text, whole } from '../../../testing/openapi-document.ts';
import { compareDefinitions } from './compare-definitions.ts';

async function changesOf(before: string, after: string): Promise<string[]> {
  const changes = await compareDefinitions('openapi', before, after);
  return changes.map(({ level, path, message }) => `${level} | ${path} | ${message}`);
}

/** [what, schema before, schema after, level in a request, level in a response]; `-` where nothing is said. */
const schemaCases: [string, object, object, string, string][] = [
  ['integer to text', object({ a: whole }), object({ a: text }), 'breaking', 'breaking'],
  ['integer to number', object({ a: whole }), object({ a: { type: 'number' } }), 'compatible', 'breaking'],
  ['number to integer', object({ a: { type: 'number' } }), object({ a: whole }), 'breaking', 'compatible'],
  [
    'null is allowed',
    object({ a: text }),
    object({ a: { ...text, nullable: true } }),
    'compatible',
    'breaking',
  ],
  [
    'null is not allowed',
    object({ a: { ...text, nullable: true } }),
    object({ a: text }),
    'breaking',
    'compatible',
  ],
  ['a type appears', object({ a: {} }), object({ a: text }), 'breaking', 'compatible'],
  ['a type goes', object({ a: text }), object({ a: {} }), 'compatible', 'breaking'],
  ['a field becomes required', object({ a: text }), object({ a: text }, ['a']), 'breaking', 'compatible'],
  ['a field becomes optional', object({ a: text }, ['a']), object({ a: text }), 'compatible', 'breaking'],
  ['a new optional field', object({ a: text }), object({ a: text, b: text }), 'compatible', 'compatible'],
  [
    'a new required field',
    object({ a: text }),
    object({ a: text, b: text }, ['b']),
    'breaking',
    'compatible',
  ],
  ['a field goes', object({ a: text, b: text }), object({ a: text }), 'unclear', 'breaking'],
  [
    'a field goes from a closed object',
    object({ a: text, b: text }, [], { additionalProperties: false }),
    object({ a: text }, [], { additionalProperties: false }),
    'breaking',
    'breaking',
  ],
  ['an enumeration is narrowed', { enum: ['a', 'b'] }, { enum: ['a'] }, 'breaking', 'compatible'],
  ['an enumeration is widened', { enum: ['a'] }, { enum: ['a', 'b'] }, 'compatible', 'unclear'],
  ['an enumeration appears', text, { ...text, enum: ['a'] }, 'breaking', 'compatible'],
  ['an enumeration goes', { ...text, enum: ['a'] }, text, 'compatible', 'unclear'],
  ['maxLength falls', { ...text, maxLength: 9 }, { ...text, maxLength: 5 }, 'breaking', 'compatible'],
  ['maxLength rises', { ...text, maxLength: 5 }, { ...text, maxLength: 9 }, 'compatible', 'unclear'],
  ['minimum appears', whole, { ...whole, minimum: 1 }, 'breaking', 'compatible'],
  ['minimum goes', { ...whole, minimum: 1 }, whole, 'compatible', 'unclear'],
  ['minItems of zero', { type: 'array', items: text }, { type: 'array', items: text, minItems: 0 }, '-', '-'],
  ['a pattern appears', text, { ...text, pattern: '^a$' }, 'breaking', 'compatible'],
  ['a format changes', { ...text, format: 'date' }, { ...text, format: 'date-time' }, 'unclear', 'unclear'],
  ['items change', { type: 'array', items: whole }, { type: 'array', items: text }, 'breaking', 'breaking'],
  [
    'an object is closed',
    object({ a: text }),
    object({ a: text }, [], { additionalProperties: false }),
    'breaking',
    'compatible',
  ],
  [
    'an object is opened',
    object({ a: text }, [], { additionalProperties: false }),
    object({ a: text }),
    'compatible',
    'compatible',
  ],
  [
    'an alternative is new',
    { oneOf: [text] },
    { oneOf: [text, { ...whole, title: 'Id' }] },
    'compatible',
    'breaking',
  ],
  [
    'an alternative of several is new',
    { oneOf: [object({ a: text }), object({ b: text })] },
    { oneOf: [object({ a: text }), object({ b: text }), object({ c: text })] },
    'compatible',
    'unclear',
  ],
  [
    'an alternative goes',
    { oneOf: [object({ a: text }), object({ b: text }), object({ c: text })] },
    { oneOf: [object({ a: text }), object({ b: text })] },
    'breaking',
    'compatible',
  ],
  ['null as an alternative', { nullable: true, ...text }, { anyOf: [text, { type: 'null' }] }, '-', '-'],
  [
    'allOf instead of one object',
    object({ a: text }, ['a']),
    { allOf: [object({ a: text }), { required: ['a'] }] },
    '-',
    '-',
  ],
  [
    'a read-only field becomes required',
    object({ a: { ...text, readOnly: true } }),
    object({ a: { ...text, readOnly: true } }, ['a']),
    '-',
    'compatible',
  ],
  ['a write-only field goes', object({ a: { ...text, writeOnly: true } }), object({}), 'unclear', '-'],
  ['a constant changes', { const: 'a' }, { const: 'b' }, 'breaking', 'unclear'],
  ['a condition changes', { not: { const: 1 } }, { not: { const: 2 } }, 'unclear', 'unclear'],
  [
    'only prose changes',
    { ...text, description: 'a' },
    { ...text, description: 'b', example: 'x' },
    '-',
    '-',
  ],
  [
    'a nested field becomes required',
    object({ a: object({ b: text }) }),
    object({ a: object({ b: text }, ['b']) }),
    'breaking',
    'compatible',
  ],
  [
    'values of a map change',
    { type: 'object', additionalProperties: whole },
    { type: 'object', additionalProperties: text },
    'breaking',
    'breaking',
  ],
];

describe('changes of schemas', () => {
  it.each(schemaCases)('judge by direction that %s', async (_what, before, after, inRequest, inResponse) => {
    const levelOf = async (part: 'request' | 'response') => {
      const changes = await compareDefinitions(
        'openapi',
        document({ [part]: before }),
        document({ [part]: after }),
      );
      return changes[0]?.level ?? '-';
    };
    expect([await levelOf('request'), await levelOf('response')]).toEqual([inRequest, inResponse]);
  });

  it('follow references, also those that go in circles, and name the field', async () => {
    const schemas = (id: object) => ({ Node: object({ id, next: { $ref: '#/components/schemas/Node' } }) });
    const of = (id: object) =>
      document({ response: { $ref: '#/components/schemas/Node' }, schemas: schemas(id) });
    expect(await changesOf(of(whole), of(text))).toEqual([
      'breaking | POST /orders › response 200 › id | The type changed from integer to string.',
    ]);
  });

  it('give up on schemas that stand for far more than they say', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = { $ref: `#/components/schemas/S${level + 1}` };
        return [`S${level}`, object(level === 39 ? { end: whole } : { a: next, b: next })];
      }),
    );
    const response = { $ref: '#/components/schemas/S0' };
    const other = { ...schemas, S39: object({ end: text }) };
    const changes = await changesOf(document({ response, schemas }), document({ response, schemas: other }));
    expect(changes.some((change) => change.includes('too deep or too many'))).toBe(true);
  });
});
