import { expect, test } from 'vitest';
import { textDifference } from './text-difference.ts';

test('lines that were taken away and added are counted', () => {
  const diff = textDifference('kind: A\nowner: x\n', 'kind: A\nowner: y\ntags: [z]\n');
  expect([diff?.added, diff?.removed]).toEqual([2, 1]);
  expect(diff?.hunks).toHaveLength(1);
});

test('the same text has no difference, whatever ends its lines', () => {
  expect(textDifference('a: 1\nb: 2\n', 'a: 1\r\nb: 2')?.hunks).toEqual([]);
});

test('a text that looks like a patch is still only a text', () => {
  const older = '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n';
  const diff = textDifference(older, `${older}diff --git a/y b/y\nIndex: y\n====\n`);
  expect([diff?.added, diff?.removed]).toEqual([3, 0]);
});

test('the first version is all new, and a removed one all gone', () => {
  expect(textDifference('', 'a: 1\n')).toMatchObject({ added: 1, removed: 0 });
  expect(textDifference('a: 1\nb: 2\n', '')).toMatchObject({ added: 0, removed: 2 });
});
