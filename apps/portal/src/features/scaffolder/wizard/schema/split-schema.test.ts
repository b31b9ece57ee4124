import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJsonObject, type JsonObject } from './json.ts';
import { splitSchema, unknownNameKey } from './split-schema.ts';

const fields = new Set(['OwnerPicker']);
const split = (source: JsonObject) => splitSchema(source, fields);

describe('splitSchema', () => {
  it('moves the keys of fields into a ui schema of the same shape, and leaves a pure schema', () => {
    expect(
      split({
        type: 'object',
        'ui:order': ['b', '*'],
        properties: {
          a: { type: 'string', title: 'A', 'ui:help': 'Help', 'ui:options': { rows: 4 } },
          b: { type: 'array', items: { type: 'string', 'ui:placeholder': 'x' } },
        },
      }),
    ).toEqual({
      schema: {
        type: 'object',
        properties: { a: { type: 'string', title: 'A' }, b: { type: 'array', items: { type: 'string' } } },
      },
      uiSchema: {
        'ui:order': ['b', '*'],
        a: { 'ui:help': 'Help', 'ui:rows': 4 },
        b: { items: { 'ui:placeholder': 'x' } },
      },
    });
  });

  it('reads keys in alternatives, dependencies and conditions, and what stands at the field wins', () => {
    const { uiSchema } = split({
      properties: { kind: { type: 'string', 'ui:help': 'own' } },
      oneOf: [{ properties: { kind: { const: 'x', 'ui:help': 'branch' }, one: { 'ui:help': '1' } } }],
      dependencies: {
        kind: { oneOf: [{ properties: { two: { type: 'string', 'ui:widget': 'textarea' } } }] },
      },
      if: { properties: { kind: { const: 'x' } } },
      then: { properties: { three: { 'ui:help': '3' } } },
      else: { properties: { four: { 'ui:help': '4' } } },
    });
    expect(uiSchema).toEqual({
      kind: { 'ui:help': 'own' },
      one: { 'ui:help': '1' },
      two: { 'ui:widget': 'textarea' },
      three: { 'ui:help': '3' },
      four: { 'ui:help': '4' },
    });
  });

  it('keeps the options of a known field whole, and of plain fields only those that do no harm', () => {
    // eslint-disable-next-line waymark/no-raw-html -- what a hostile template would write
    const harmful = { dangerouslySetInnerHTML: { __html: '<b>x</b>' }, style: { color: 'red' }, rows: 2 };
    const { uiSchema } = split({
      properties: {
        owner: {
          type: 'string',
          'ui:field': 'OwnerPicker',
          'ui:options': { catalogFilter: { kind: 'Group' } },
        },
        text: { type: 'string', 'ui:options': harmful, 'ui:dangerouslySetInnerHTML': { __html: 'x' } },
      },
    });
    expect(uiSchema).toEqual({
      owner: { 'ui:field': 'OwnerPicker', 'ui:options': { catalogFilter: { kind: 'Group' } } },
      text: { 'ui:rows': 2 },
    });
  });

  it('names what it does not know and falls back to the plain field', () => {
    const { uiSchema } = split({
      properties: {
        weather: { type: 'string', 'ui:field': 'WeatherPicker' },
        count: { type: 'integer', 'ui:widget': 'textarea' },
      },
    });
    expect(uiSchema).toEqual({
      weather: { [unknownNameKey]: 'WeatherPicker' },
      count: { [unknownNameKey]: 'textarea' },
    });
  });

  it('takes names of values from where older templates have them, and completes an order', () => {
    const { schema, uiSchema } = split({
      'ui:order': ['a'],
      properties: { a: { type: 'string', enum: ['x'], enumNames: ['X'] }, b: { type: 'string' } },
    });
    expect(schema).toEqual({ properties: { a: { type: 'string', enum: ['x'] }, b: { type: 'string' } } });
    expect(uiSchema).toEqual({ 'ui:order': ['a', '*'], a: { 'ui:enumNames': ['X'] } });
    expect(split({ 'ui:order': ['*', 'a', '*'] }).uiSchema).toEqual({ 'ui:order': ['*', 'a'] });
  });

  it('leaves no key of a form in the schema, whatever it is given, and its source as it was', () => {
    fc.assert(
      fc.property(
        fc.object({ key: fc.constantFrom('ui:help', 'properties', 'items', 'oneOf', 'a'), maxDepth: 5 }),
        (any) => {
          const source = JSON.parse(JSON.stringify(any)) as JsonObject; // made as JSON in this line
          const before = JSON.stringify(source);
          expect(formKeys(split({ type: 'object', ...source }).schema)).toEqual([]);
          expect(JSON.stringify(source)).toBe(before);
        },
      ),
      { numRuns: 300 },
    );
  });
});

/** Keys of forms where a schema is read; the names of properties are free. */
function formKeys(schema: unknown): string[] {
  if (!isJsonObject(schema)) return [];
  const own = Object.keys(schema).filter((key) => key.startsWith('ui:'));
  const { properties, items, oneOf } = schema;
  const inner = [
    ...(isJsonObject(properties) ? Object.values(properties) : []),
    ...(Array.isArray(oneOf) ? oneOf : []),
    ...[items].flat(),
  ];
  return [...own, ...inner.flatMap(formKeys)];
}
