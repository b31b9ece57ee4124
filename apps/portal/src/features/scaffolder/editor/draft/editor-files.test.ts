import { expect, test } from 'vitest';
import { foldersAround, rootId, treeOf } from '../../files/file-tree.ts';
import { bytesOf, editorFileOf, givenFileOf, sizeOf } from './editor-file.ts';
import { pathProblem, withNewFile, withRenamed, withText } from './editor-files.ts';

const base64 = (bytes: number[] | string) => Buffer.from(bytes as string).toString('base64'); // both are taken

test('a file comes back byte for byte, whether it is text or not', () => {
  for (const bytes of [[], [0xef, 0xbb, 0xbf, 0x61], [0xff, 0xfe, 0], [...Buffer.from('Grüße\r\n')]]) {
    const given = { path: 'a', base64Content: base64(bytes) };
    const file = editorFileOf(given);
    expect(givenFileOf(file)).toEqual(given);
    expect([...bytesOf(file)]).toEqual(bytes);
    expect(sizeOf(file)).toBe(bytes.length);
  }
  expect(editorFileOf({ path: 'a', base64Content: base64('text') }).content.kind).toBe('text');
  expect(editorFileOf({ path: 'a', base64Content: base64([0]) }).content.kind).toBe('binary');
});

test.each([
  ['', 'Give the file a name.'],
  ['../a', 'Write each folder by its name'],
  ['a//b', 'Write each folder by its name'],
  ['/a', 'Begin with a name'],
  ['a/', 'Add the name of the file'],
  ['a\\b', 'Write / between folders.'],
  ['x/.GIT/config', 'Git keeps'],
  ['skeleton/README.md', 'There is a file of this name'],
  ['skeleton', 'There is a folder of this name'],
  ['skeleton/README.md/inner', 'skeleton/README.md is a file'],
])('the path %j is refused in words', (path, words) => {
  expect(pathProblem(path, [{ path: 'skeleton/README.md' }])).toContain(words);
});

test('files are changed one at a time, in the order of their paths', () => {
  const files = withNewFile(withNewFile([], 'b.txt'), 'a/c.txt');
  expect(files.map(({ path }) => path)).toEqual(['a/c.txt', 'b.txt']);
  expect(withRenamed(files, 'b.txt', '0.txt').map(({ path }) => path)).toEqual(['0.txt', 'a/c.txt']);
  expect(withText(files, 'b.txt', 'new').map(({ content }) => content)).toEqual([
    { kind: 'text', text: '' },
    { kind: 'text', text: 'new' },
  ]);
});

test('paths make a tree with folders first', () => {
  const tree = treeOf(['b.txt', 'z/y/x.txt', 'a/c.txt']);
  expect(tree.get(rootId)?.children).toEqual(['a/', 'z/', 'b.txt']);
  expect(tree.get('z/y/')).toMatchObject({ name: 'y', isFolder: true, children: ['z/y/x.txt'] });
  expect(foldersAround('z/y/x.txt')).toEqual(['z/', 'z/y/']);
});
