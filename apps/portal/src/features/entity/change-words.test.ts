import { expect, test } from 'vitest';
import { authorName, shortRevision } from './change-words.ts';

test('authors and commits are shortened only where they have the usual form', () => {
  expect(authorName('Ada Example <ada@example.com>')).toBe('Ada Example');
  expect(authorName('user:default/ada')).toBe('user:default/ada');
  expect(shortRevision('0123456789abcdef0123456789abcdef01234567')).toBe('01234567');
  expect(shortRevision('v1.2')).toBe('v1.2');
});
