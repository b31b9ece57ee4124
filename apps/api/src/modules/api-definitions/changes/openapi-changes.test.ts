import { describe, expect, it } from 'vitest';
import { object, orderDocument as document, text, whole } from '../../../testing/openapi-document.ts';
import { compareDefinitions } from './compare-definitions.ts';

async function changesOf(before: string, after: string): Promise<string[]> {
  const changes = await compareDefinitions('openapi', before, after);
  return changes.map(({ level, path, message }) => `${level} | ${path} | ${message}`);
}

/** [what, before, after, expected first finding]. */
const operationCases: [
  string,
  Parameters<typeof document>[0],
  Parameters<typeof document>[0],
  string | undefined,
][] = [
  ['an operation goes', {}, { root: { paths: {} } }, 'breaking | POST /orders | The operation is gone.'],
  ['an operation is new', { root: { paths: {} } }, {}, 'compatible | POST /orders | The operation is new.'],
  [
    'an operation is deprecated',
    {},
    { operation: { deprecated: true } },
    'compatible | POST /orders | Is deprecated now.',
  ],
  [
    'a required parameter is new',
    {},
    { operation: { parameters: [{ name: 'q', in: 'query', required: true, schema: text }] } },
    'breaking | POST /orders › query q | A new parameter has to be sent.',
  ],
  [
    'an optional parameter is new',
    {},
    { operation: { parameters: [{ name: 'q', in: 'query', schema: text }] } },
    'compatible | POST /orders › query q | The parameter is new.',
  ],
  [
    'a parameter becomes required',
    { operation: { parameters: [{ name: 'q', in: 'query', schema: text }] } },
    { operation: { parameters: [{ name: 'q', in: 'query', required: true, schema: text }] } },
    'breaking | POST /orders › query q | The parameter is required now.',
  ],
  [
    'the enumeration of a parameter is narrowed',
    { operation: { parameters: [{ name: 'q', in: 'query', schema: { enum: ['a', 'b'] } }] } },
    { operation: { parameters: [{ name: 'q', in: 'query', schema: { enum: ['a'] } }] } },
    'breaking | POST /orders › query q | The value "b" is gone.',
  ],
  [
    'a header is spelt in another case',
    { operation: { parameters: [{ name: 'X-Id', in: 'header', schema: text }] } },
    { operation: { parameters: [{ name: 'x-id', in: 'header', schema: text }] } },
    undefined,
  ],
  [
    'a body has to be sent',
    {},
    { request: text },
    'breaking | POST /orders › request | A body has to be sent now.',
  ],
  ['a body goes', { request: text }, {}, 'breaking | POST /orders › request | No body is accepted any more.'],
  [
    'a success goes',
    {},
    { operation: { responses: { 201: { description: 'ok' } } } },
    'breaking | POST /orders › response 200 | The response is gone.',
  ],
  [
    'an error is described',
    {},
    { operation: { responses: { 200: { description: 'ok' }, 404: { description: 'gone' } } } },
    'compatible | POST /orders › response 404 | The response is new.',
  ],
  [
    'a media type goes',
    { operation: { responses: { 200: { content: { 'text/csv': { schema: text } } } } } },
    { operation: { responses: { 200: { content: { 'text/xml': { schema: text } } } } } },
    'breaking | POST /orders › response 200 | The media type text/csv is gone.',
  ],
  [
    'signing in is required',
    {},
    { root: { security: [{ bearer: [] }] } },
    'breaking | POST /orders › security | Callers have to sign in now.',
  ],
  [
    'a server goes',
    { root: { servers: [{ url: 'https://a.example.com' }] } },
    { root: { servers: [{ url: 'https://b.example.com' }] } },
    'unclear | servers | The server "https://a.example.com" is gone.',
  ],
];

describe('changes of OpenAPI', () => {
  it.each(operationCases)('say that %s', async (_what, before, after, expected) => {
    expect((await changesOf(document(before), document(after)))[0]).toBe(expected);
  });

  it('compare documents of different versions by what they mean', async () => {
    const old = JSON.stringify({
      swagger: '2.0',
      paths: {
        '/orders': {
          post: {
            parameters: [{ in: 'body', name: 'order', required: true, schema: object({ a: text }, ['a']) }],
            responses: { 200: { description: 'ok', schema: object({ id: whole }) } },
          },
        },
      },
    });
    const same = { request: object({ a: text }, ['a']), response: object({ id: whole }) };
    expect(await changesOf(old, document({ ...same, root: { openapi: '3.1.0' } }))).toEqual([]);
    expect(await changesOf(old, document({ ...same, response: object({ id: text }) }))).toEqual([
      'breaking | POST /orders › response 200 › id | The type changed from integer to string.',
    ]);
  });

  it('take a path parameter with a new name for the same one', async () => {
    const of = (name: string) =>
      document({
        root: {
          paths: {
            [`/a/{${name}}`]: { get: { parameters: [{ name, in: 'path', required: true, schema: text }] } },
          },
        },
      });
    expect(await changesOf(of('id'), of('orderId'))).toEqual([]);
  });

  it('list breaking changes first', async () => {
    const before = document({ response: object({ a: text, b: whole }) });
    const after = document({ response: object({ c: text, b: text }) });
    const levels = (await compareDefinitions('openapi', before, after)).map(({ level }) => level);
    expect(levels).toEqual(['breaking', 'breaking', 'compatible']);
  });

  it('say so when a version cannot be read, and nothing when nothing changed', async () => {
    expect(await changesOf('a: [', document({}))).toEqual([
      'unclear |  | The earlier version cannot be read as this format, so only the texts can be compared.',
    ]);
    expect(await changesOf(document({}), document({}))).toEqual([]);
  });
});
