import { describe, expect, it } from 'vitest';
import { parseCarefully } from './careful-yaml.ts';

const parse = (text: string) => parseCarefully(text, 1, { maxDepth: 10, maxAliasCount: 5 });

describe('a number as a key', () => {
  it.each([
    '12345678901234567890',
    '1e400',
    '-.inf',
    '.nan',
    '9007199254740993',
    '!!int "12345678901234567890"',
  ])('is an error where it would become the key of another number: %s', (key) => {
    const { problems, locate } = parse(`a:\n  ? ${key}\n  : x\n`);
    expect(problems.map(({ code, offset }) => [code, locate(offset).line])).toEqual([
      ['yaml.number-not-exact', 2],
    ]);
  });

  it.each([
    ['8080', '8080'],
    ['1.50', '1.5'],
    ['0x10', '16'],
    ['"1e400"', '1e400'],
  ])('becomes the text of its value otherwise: %s', (key, text) => {
    const { content, problems } = parse(`${key}: x\n`);
    expect([content?.value, problems]).toEqual([{ [text]: 'x' }, []]);
  });
});
