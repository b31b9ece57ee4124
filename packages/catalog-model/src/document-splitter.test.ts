import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { splitDocuments } from './document-splitter.ts';

const shape = (stream: string) =>
  splitDocuments(stream).map(({ line, text }) => `${line} ${JSON.stringify(text)}`);

describe('splitDocuments', { timeout: 30_000 }, () => {
  it.each([
    ['', []],
    ['# only a comment\n', []],
    ['---\n---\n\n---\n', []],
    ['a: 1', ['1 "a: 1"']],
    ['a: 1\n---\nb: 2\n', ['1 "a: 1\\n"', '3 "b: 2\\n"']],
    ['---\na: 1\n---\nb: 2\n---\n', ['2 "a: 1\\n"', '4 "b: 2\\n"']],
    ['# c\n\n---\na: 1\n', ['4 "a: 1\\n"']],
    ['a: 1\n...\nb: 2\n', ['1 "a: 1\\n"', '3 "b: 2\\n"']],
    ['--- {a: 1}\n--- # c\nb: 2\n', ['1 "--- {a: 1}\\n"', '3 "b: 2\\n"']],
    [
      '%YAML 1.2\n---\na: 1\n...\n# c\n%YAML 1.1\n---\nb: 2',
      ['1 "%YAML 1.2\\n---\\na: 1\\n"', '6 "%YAML 1.1\\n---\\nb: 2"'],
    ],
    ['a: 1\r\n---\r\nb: 2\r\n', ['1 "a: 1\\r\\n"', '3 "b: 2\\r\\n"']],
    ['a: |\n  ---\n  x\n', ['1 "a: |\\n  ---\\n  x\\n"']],
    ['a: 1\n\uFEFF---\nb: 2\n', ['1 "a: 1\\n"', '3 "b: 2\\n"']],
    ['\uFEFF--- {a: 1}\n\uFEFFb: 2\n', ['1 "--- {a: 1}\\n\uFEFFb: 2\\n"']],
    ['a: ---\nb: ----\n', ['1 "a: ---\\nb: ----\\n"']],
    ['----\n', ['1 "----\\n"']],
    ['a: "\u2028---\n"', ['1 "a: \\"\u2028---\\n\\""']],
    ['a: 1\n%b: 2\n', ['1 "a: 1\\n%b: 2\\n"']],
  ])('splits %j', (stream, documents) => {
    expect(shape(stream)).toEqual(documents);
  });

  it('gives the documents of the YAML parser, whatever stands between them', () => {
    const document = fc.constantFrom(
      'a: 1\n',
      '- x\n- y\n',
      '"text"\n',
      'b: |\n  one\n  --- two\n',
      '{c: [1]}\n',
      '# c\n',
      '',
    );
    const separator = fc.constantFrom(
      '---\n',
      '--- # c\n',
      '...\n---\n',
      '...\n%YAML 1.2\n---\n',
      '---\n---\n',
    );
    const stream = fc
      .tuple(
        fc.array(fc.tuple(document, separator), { maxLength: 5 }),
        document,
        fc.constantFrom('\n', '\r\n'),
      )
      .map(([parts, last, newline]) => (parts.flat().join('') + last).replaceAll('\n', newline));
    const valuesOf = (text: string): unknown[] =>
      parseAllDocuments(text)
        .map((parsed) => ('errors' in parsed ? (parsed.toJS() as unknown) : null))
        .filter((value) => value !== null);
    fc.assert(
      fc.property(stream, (text) => {
        expect(splitDocuments(text).flatMap((part) => valuesOf(part.text))).toEqual(valuesOf(text));
      }),
    );
  });

  it('points to the line on which each text begins', () => {
    const line = fc.constantFrom('a: 1', '---', '...', '# c', '', '%YAML 1.2', '--- x', '  ---');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const stream = lines.join('\n');
        for (const part of splitDocuments(stream)) {
          const offset = lines.slice(0, part.line - 1).reduce((sum, each) => sum + each.length + 1, 0);
          expect(stream.startsWith(part.text, offset)).toBe(true);
        }
      }),
    );
  });
});
