import { expect, test } from 'vitest';
import { yamlTokens } from './yaml-tokens.ts';

const kinds = (line: string) => yamlTokens(line).map(({ kind, text }) => `${kind}:${text}`);

test('never loses or changes a letter of a line', () => {
  for (const line of [
    '',
    '  name: x',
    '- a: "b # c" # d',
    "'k': v",
    'key:',
    '---',
    '- - x',
    'a:b',
    '  # only',
    '\t',
    '* & !',
    'k : v',
  ]) {
    expect(
      yamlTokens(line)
        .map(({ text }) => text)
        .join(''),
    ).toBe(line);
  }
});

test('tells keys, values and comments apart', () => {
  expect(kinds('  name: ledger # the name')).toEqual([
    'mark:  ',
    'key:name',
    'mark::',
    'text: ledger',
    'comment: # the name',
  ]);
  expect(kinds('  - url: https://example.com/#part')).toEqual([
    'mark:  - ',
    'key:url',
    'mark::',
    'text: https://example.com/#part',
  ]);
  expect(kinds('# all of it')).toEqual(['comment:# all of it']);
});

test('a hash inside quotes is no comment', () => {
  expect(kinds('title: "a # b"')).toContain('text: "a # b"');
});

// Patterns that go back and forth would not end here before the suite's own limit.
test.each([
  ['letters', 'a'.repeat(1_000_000)],
  ['list marks', '- '.repeat(500_000)],
  ['escaped quotes', `"${'\\"'.repeat(900)}`],
  ['spaces before a colon', `${' '.repeat(1900)}:`],
])('a hostile line of %s loses nothing', (_, line) => {
  expect(
    yamlTokens(line)
      .map(({ text }) => text)
      .join(''),
  ).toBe(line);
});
