import { beforeAll, describe, expect, it } from 'vitest';
import { isConditionMet, loadConditions } from './condition.ts';
import { formPages, shownPages, submittedValues, withPresets } from './form-pages.ts';
import type { JsonObject } from './schema/json.ts';

beforeAll(loadConditions);

const pagesOf = (...schemas: JsonObject[]) =>
  formPages(
    {
      title: 'T',
      steps: schemas.map((schema, index) => ({
        title: `Page ${index + 1}`,
        schema,
        ...(schema['when'] !== undefined && { when: schema['when'] as string }), // written below
      })),
    },
    new Set(),
  );
const text: JsonObject = { type: 'string' };

describe('a condition', () => {
  it('is an expression over the answers or a truth value', () => {
    expect(isConditionMet('${{ parameters.a }}', { a: true })).toBe(true);
    expect(isConditionMet('${{ parameters.a }}', { a: false })).toBe(false);
    expect(isConditionMet('${{ parameters.a }}', {})).toBe(false);
    expect(isConditionMet('parameters.a', { a: false })).toBe(false);
    expect(isConditionMet('  ', {})).toBe(true);
    expect(
      isConditionMet("${{ parameters.kind == 'public' and parameters.list | length > 1 }}", {
        kind: 'public',
        list: [1, 2],
      }),
    ).toBe(true);
    expect(isConditionMet('${{ parameters.list }}', { list: [] })).toBe(false);
    expect([isConditionMet(true, {}), isConditionMet(false, {}), isConditionMet(undefined, {})]).toEqual([
      true,
      false,
      true,
    ]);
  });

  it('that cannot be told holds, so that no page is lost', () => {
    expect(isConditionMet('${{ parameters.a | noSuchFilter }}', {})).toBe(true);
    expect(isConditionMet('${{ parameters. }}', {})).toBe(true);
  });
});

describe('pages', () => {
  it('behind a feature flag are not there, and neither are such fields, which nothing demands', () => {
    const pages = pagesOf(
      { 'backstage:featureFlag': 'x', properties: { a: text } },
      { required: ['b', 'c'], properties: { b: { ...text, 'backstage:featureFlag': 'x' }, c: text } },
    );
    expect(pages.map(({ number, schema }) => [number, schema])).toEqual([
      [2, { required: ['c'], properties: { c: text } }],
    ]);
  });

  it('come and go with the answers, and so do their answers', () => {
    const pages = pagesOf(
      { properties: { isPublic: { type: 'boolean' } } },
      { when: '${{ parameters.isPublic }}', properties: { host: text } },
    );
    const values = { isPublic: false, host: 'shop.example.com', extra: 1 };
    expect(shownPages(pages, values).map(({ number }) => number)).toEqual([1]);
    expect(submittedValues(pages, values)).toEqual({ isPublic: false, extra: 1 });
    expect(submittedValues(pages, { ...values, isPublic: true })).toEqual({ ...values, isPublic: true });
  });

  it('drop the answer to a field that another answer has taken away', () => {
    const pages = pagesOf({
      properties: { db: { type: 'boolean' } },
      dependencies: {
        db: {
          oneOf: [
            { properties: { db: { const: false } } },
            { properties: { db: { const: true }, engine: text } },
          ],
        },
      },
    });
    expect(submittedValues(pages, { db: true, engine: 'pg' })).toEqual({ db: true, engine: 'pg' });
    expect(submittedValues(pages, { db: false, engine: 'pg' })).toEqual({ db: false });
  });

  it('fill in what is preset, over what is answered never', () => {
    const pages = pagesOf({
      properties: {
        a: { ...text, default: 'x' },
        group: { type: 'object', properties: { b: text } },
        c: { ...text, default: 'y' },
      },
    });
    expect(withPresets(pages, { c: 'z' })).toEqual({ a: 'x', c: 'z' });
  });
});
