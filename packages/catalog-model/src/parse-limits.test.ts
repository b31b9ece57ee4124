import { describe, expect, it } from 'vitest';
import { createKindRegistry, parseDescriptorFile, type DescriptorFile } from './index.ts';
import { testLimits } from './testing/entities.ts';

const kinds = createKindRegistry();

function parse(file: string | Uint8Array, limits = {}): DescriptorFile {
  return parseDescriptorFile(file, { kinds, limits: { ...testLimits, ...limits } });
}

function domain(name: string, more = ''): string {
  return `apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: ${name}\nspec:\n  owner: team-a\n${more}`;
}

/** Each problem of the file as `line:column code`. */
function problemsOf(file: string | Uint8Array, limits = {}): string[] {
  const { documents, problems } = parse(file, limits);
  return [...problems, ...documents.flatMap((document) => document.problems)].map(
    ({ line, column, code }) => `${line}:${column ?? ''} ${code}`,
  );
}

describe('parseDescriptorFile within its limits', { timeout: 30_000 }, () => {
  it('refuses an alias bomb by count and by multiplication, at once', () => {
    const names = [...'abcdefghi'];
    const bomb = names.map(
      (name, index) =>
        `${name}: &${name} [${index === 0 ? 'x' : `*${names[index - 1]}, *${names[index - 1]}`}]`,
    );
    expect(problemsOf(`kind: Domain\nmetadata: {name: a}\n${bomb.join('\n')}`)).toEqual([
      '4:8 yaml.too-many-aliases',
    ]);
    const many = `${domain('a')}  x: &x [1]\n  y:\n${'    - *x\n'.repeat(50_000)}`;
    expect(problemsOf(many)).toEqual(['29:7 yaml.too-many-aliases']);
    expect(problemsOf(many, { maxAliasCount: 0 })).toEqual(['9:7 yaml.too-many-aliases']);
  });

  it('refuses depth without overflowing, in every notation', () => {
    const block = Array.from({ length: 200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n');
    for (const text of ['['.repeat(50_000), '{a: '.repeat(50_000), '- '.repeat(50_000), block]) {
      expect(problemsOf(text).map((problem) => problem.split(' ')[1])).toEqual(['yaml.too-deep']);
    }
    expect(problemsOf(domain('a', `  x: ${'['.repeat(98)}${']'.repeat(98)}\n`))).toEqual([]);
    expect(problemsOf(domain('a', `  x: ${'['.repeat(99)}${']'.repeat(99)}\n`))).toEqual([
      '7:104 yaml.too-deep',
    ]);
  });

  it('refuses what is no UTF-8 text, with the line', () => {
    const bytes = (...values: number[]) => Uint8Array.from(values);
    expect(problemsOf(bytes(0x61, 0x0a, 0x0a, 0xff))).toEqual(['3: file.not-text']);
    expect(problemsOf(bytes(0xff, 0xfe, 0x61, 0))).toEqual(['1: file.not-text']);
    expect(problemsOf('a\n\0')).toEqual(['2: file.not-text']);
    expect(problemsOf('a\n\n"\ud800"')).toEqual(['3: file.not-text']);
  });

  it('refuses by size in bytes before parsing: the file as a whole, or one document', () => {
    const text = `${domain('a')}---\n${domain('big', `  x: "${'é'.repeat(600)}"\n`)}`;
    expect(problemsOf(text, { maxFileBytes: 1000 })).toEqual(['1: file.too-large']);
    const { documents } = parse(text, { maxDocumentBytes: 1000 });
    expect(documents.map(({ ref, entity }) => [ref, entity !== undefined])).toEqual([
      ['domain:default/a', true],
      ['domain:default/big', false],
    ]);
    expect(documents[1]?.problems).toMatchObject([{ code: 'document.too-large', line: 8 }]);
  });

  it('refuses a file of too many documents as a whole', () => {
    const { documents, problems } = parse('a\n---\n'.repeat(100_001));
    expect(documents).toEqual([]);
    expect(problems).toMatchObject([{ level: 'error', code: 'file.too-many-documents', line: 200_001 }]);
  });
});
