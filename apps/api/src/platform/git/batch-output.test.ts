import { expect, it } from 'vitest';
import { splitBatch } from './batch-output.ts';

const ID = '0123456789abcdef0123456789abcdef01234567';
const shown = (output: string) =>
  splitBatch(Buffer.from(output)).map((object) => object && `${object.type} ${object.content.toString()}`);

it('finds contents by their size, whatever they hold', () => {
  expect(shown(`${ID} blob 12\n${'a\nmissing\n..'}\n${ID} tree 0\n\n${ID} blob 3\nend\n`)).toEqual([
    'blob a\nmissing\n..',
    'tree ',
    'blob end',
  ]);
});

it('counts sizes in bytes', () => {
  expect(shown(`${ID} blob 3\n€\n${ID} blob 1\nx\n`)).toEqual(['blob €', 'blob x']);
});

it('keeps the places of names that git does not have', () => {
  expect(shown(`refs/heads/a b:c missing\n${ID} blob 1\nx\nabc ambiguous\n`)).toEqual([
    undefined,
    'blob x',
    undefined,
  ]);
});

it('leaves out what was cut off', () => {
  expect(shown(`${ID} blob 1\nx\n${ID} blob 9\ncut`)).toEqual(['blob x']);
  expect(shown(`${ID} blob 1\nx\n${ID} bl`)).toEqual(['blob x']);
});
