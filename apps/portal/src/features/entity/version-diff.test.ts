import { expect, test } from 'vitest';
import { authorName, shortRevision } from './change-words.ts';
import { versionDiff } from './version-diff.ts';

test('lines that were taken away and added are counted', () => {
  const diff = versionDiff('kind: A\nowner: x\n', 'kind: A\nowner: y\ntags: [z]\n');
  expect([diff?.added, diff?.removed]).toEqual([2, 1]);
  expect(diff?.hunks).toHaveLength(1);
});

test('the same text has no difference, whatever ends its lines', () => {
  expect(versionDiff('a: 1\nb: 2\n', 'a: 1\r\nb: 2')?.hunks).toEqual([]);
});

test('a text that looks like a patch is still only a text', () => {
  const older = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n';
  const diff = versionDiff(older, `${older}diff --git a/y b/y\nIndex: y\n====\n`);
  expect([diff?.added, diff?.removed]).toEqual([3, 0]);
});

test('the first version is all new, and a removed one all gone', () => {
  expect(versionDiff('', 'a: 1\n')).toMatchObject({ added: 1, removed: 0 });
  expect(versionDiff('a: 1\nb: 2\n', '')).toMatchObject({ added: 0, removed: 2 });
});

test('authors and commits are shortened only where they have the usual form', () => {
  expect(authorName('Ada Example <ada@example.com>')).toBe('Ada Example');
  expect(authorName('user:default/ada')).toBe('user:default/ada');
  expect(shortRevision('0123456789abcdef0123456789abcdef01234567')).toBe('01234567');
  expect(shortRevision('v1.2')).toBe('v1.2');
});
