import { expect, it } from 'vitest';
import type { JsonObject } from '../schema/json.ts';
import { answerRows } from './answer-rows.ts';

const shown = (source: JsonObject, values: JsonObject) =>
  answerRows(source, values).map(({ label, value }) => [
    label,
    'text' in value ? value.text : value.refs.join(),
  ]);

it('tells answers in words, in the order of the form', () => {
  const source: JsonObject = {
    'ui:order': ['size', '*'],
    properties: {
      name: { title: 'Name' },
      size: { title: 'Size', enum: ['s', 'l'], enumNames: ['Small', 'Large'] },
      isPublic: { title: 'Public', type: 'boolean' },
      list: { title: 'List', items: { enum: [1, 2], 'ui:enumNames': ['One', 'Two'] } },
      kind: { oneOf: [{ const: 'a', title: 'An A' }] },
      owner: { title: 'Owner', 'ui:field': 'OwnerPicker' },
      repo: { title: 'Repository', 'ui:field': 'RepoUrlPicker' },
    },
  };
  const values = {
    name: 'x',
    size: 'l',
    isPublic: false,
    list: [1, 2],
    kind: 'a',
    owner: 'group:default/team',
    repo: 'github.com?owner=acme&repo=pay',
  };
  expect(shown(source, values)).toEqual([
    ['Size', 'Large'],
    ['Name', 'x'],
    ['Public', 'No'],
    ['List', 'One, Two'],
    ['kind', 'An A'],
    ['Owner', 'group:default/team'],
    ['Repository', 'github.com/acme/pay'],
  ]);
});

it('obeys what a field says about its review, and never shows what is hidden', () => {
  const review = (settings: JsonObject): JsonObject => ({ 'ui:backstage': { review: settings } });
  const group: JsonObject = {
    title: 'Group',
    type: 'object',
    properties: { a: { title: 'A' }, key: { title: 'Key', 'ui:widget': 'password' } },
  };
  const source: JsonObject = {
    properties: {
      gone: review({ show: false }),
      masked: { title: 'Masked', ...review({ mask: '<hidden>' }) },
      named: { title: 'Named', ...review({ name: 'Other name' }) },
      secret: { title: 'Secret', 'ui:field': 'Secret' },
      group,
      whole: { ...group, title: 'Whole', ...review({ explode: false }) },
    },
  };
  const inner = { a: '1', key: 'k' };
  expect(
    shown(source, { gone: 1, masked: 'm', named: 'n', secret: '****', group: inner, whole: inner }),
  ).toEqual([
    ['Masked', '<hidden>'],
    ['Other name', 'n'],
    ['Secret', 'Hidden'],
    ['Group › A', '1'],
    ['Group › Key', 'Hidden'],
    ['Whole', 'A: 1, Key: Hidden'],
  ]);
});
