import { describe, expect, it } from 'vitest';
import { schemaIssues } from './schema-issues.ts';

const form = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', 'ui:autofocus': true } },
};

describe('the issues of a value', () => {
  it('are told by place', () => {
    const strict = {
      ...form,
      additionalProperties: false,
      properties: { ...form.properties, size: { enum: ['s', 'm'] }, port: { type: 'integer' } },
    };
    expect(schemaIssues(strict, { size: 'xl', port: 'x', other: 1 })).toEqual([
      { path: '/name', message: 'is required' },
      { path: '/other', message: 'is not a field of the form' },
      { path: '/size', message: 'must be one of ["s","m"]' },
      { path: '/port', message: 'must be integer' },
    ]);
  });

  it('are none where it fits, also where a name is required twice, a format is unknown or a keyword is odd', () => {
    const loose = {
      ...form,
      required: ['name', 'name'],
      properties: { name: { type: 'string', format: 'team-name', items: {}, minimum: 3 } },
    };
    expect(schemaIssues(loose, { name: 'shop' })).toEqual([]);
  });
});

describe('a form that is no schema', () => {
  it.each([
    [{ type: 'text' }, /^The form is no JSON Schema: schema is invalid: data\/type must be/],
    [{ properties: [] }, /schema is invalid: data\/properties must be object/],
    [{ $schema: 'http://json-schema.org/draft-07/schema#', type: 'text' }, /schema is invalid: data\/type/],
    [{ $schema: 'https://example.com/mine' }, /no schema with key or ref "https:\/\/example\.com\/mine"/],
    [{ $schema: 7 }, /\$schema must be a string/],
    [{ $ref: '#/definitions/nowhere' }, /can't resolve reference/],
    [{ $id: 'http://json-schema.org/draft-07/schema#' }, /already exists|ambiguous/],
    [{ pattern: '(' }, /Invalid regular expression/],
    [{ $async: true }, /\$async is no word of it/],
    [{ $async: {} }, /\$async is no word of it/],
    [{ allOf: [{ $async: true, type: 'number' }] }, /async schema in sync schema/],
  ])('%j says why', (schema, message) => {
    const [issue, ...others] = schemaIssues(schema, 'text');
    expect(others).toEqual([]);
    expect(issue?.path).toBe('');
    expect(issue?.message).toMatch(message);
  });
});

it.each([undefined, 'http://json-schema.org/draft-07/schema#', 'http://json-schema.org/draft-07/schema'])(
  'forms of the draft %s are compiled, one after the other, whatever they call themselves',
  ($schema) => {
    const named = (type: string) => ({ ...($schema && { $schema }), $id: 'https://example.com/form', type });
    expect(schemaIssues(named('string'), 'text')).toEqual([]);
    expect(schemaIssues(named('number'), 'text')).toEqual([{ path: '', message: 'must be number' }]);
    expect(schemaIssues(named('string'), 'text')).toEqual([]);
  },
);
