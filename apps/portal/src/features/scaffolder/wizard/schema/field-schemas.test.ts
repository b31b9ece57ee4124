import { expect, it } from 'vitest';
import { withoutHiddenAnswers } from './field-schemas.ts';

it('leaves out what is hidden while it is typed, wherever it is', () => {
  const source = {
    properties: {
      name: { type: 'string' },
      token: { type: 'string', 'ui:field': 'Secret' },
      pass: { type: 'string', 'ui:options': { widget: 'password' } },
      group: { type: 'object', properties: { key: { 'ui:widget': 'password' }, open: {} } },
      list: { type: 'array', items: { properties: { key: { 'ui:widget': 'password' }, open: {} } } },
    },
    dependencies: { name: { oneOf: [{ properties: { other: { 'ui:widget': 'password' } } }] } },
  };
  expect(
    withoutHiddenAnswers(source, {
      ...{ name: 'n', token: 't', pass: 'p', other: 'o' },
      group: { key: 'k', open: 'o' },
      list: [{ key: 'k', open: 'o' }],
    }),
  ).toEqual({ name: 'n', group: { open: 'o' }, list: [{ open: 'o' }] });
});
