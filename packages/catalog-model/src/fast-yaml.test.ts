import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { parseCarefully } from './careful-yaml.ts';
import { splitDocuments } from './document-splitter.ts';
import { parseFast } from './fast-yaml.ts';
import { testLimits } from './testing/entities.ts';

const descriptor = `# A component
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: orders
  description: >-
    Takes orders, and
    keeps them.

    For years.
  annotations:
    example.com/note: "a \\"quoted\\" text: with # marks"
    example.com/on-call: 'it''s rota-7'
  labels: {tier: gold, "a b": c}
  tags: [java, tier-1]
spec:
  type: service
  # owner: team-b
  owner: team-a
  count: 12
  ratio: 0.50
  flags: [true, null, ~, 0x1F, 1e3, -.5]
  definition: |
    openapi: 3.1.0
    paths:
      /orders: # keeps
        get: {}
  dependsOn:
    - resource:default/orders-db
    - component:web
`;

/** Pieces that mean something in YAML, to put them where they do not belong. */
const pieces = fc.constantFrom(
  ...[
    ': ',
    ':',
    '- ',
    '? ',
    '#',
    ' # c',
    '\n# c\n',
    '\n  # c\n',
    '"',
    "'",
    '|',
    '>',
    '|-',
    '>2',
    '[',
    ']',
    '{',
    '}',
  ],
  ...[
    ',',
    '\n',
    '\n ',
    '\n  ',
    '\n\n',
    ' ',
    '\t',
    '\r',
    '\r\n',
    '&a ',
    '*a',
    '!x ',
    '!!str ',
    '%',
    '@',
    '`',
    '\\',
    '~',
  ],
  ...[
    '0',
    '.5',
    '1e400',
    '12345678901234567890',
    '---',
    '...',
    '\n---\n',
    '<<: ',
    'null',
    'a: b',
    '\u0085',
    '\u2028',
  ],
  ...['\uFEFF', '\u00a0', '😀', '\u0007', '-', '- - x', '\n- x', 'text\n      more'],
);

const edit = fc.record({
  at: fc.nat(descriptor.length),
  remove: fc.nat(6),
  insert: fc.option(pieces, { nil: '' }),
});

const edited = fc
  .array(edit, { minLength: 1, maxLength: 4 })
  .map((edits) =>
    edits.reduce(
      (text, { at, remove, insert }) => text.slice(0, at) + insert + text.slice(at + remove),
      descriptor,
    ),
  );

/** Lines of every shape with any indentation: where two parsers are most likely to disagree. */
const lines = fc
  .array(
    fc.tuple(
      fc.nat(4),
      fc.constantFrom(
        'k: v',
        'j:',
        '- v',
        '- k: v',
        '-',
        '# c',
        'text',
        'l: |',
        'm: >-',
        'n: "q',
        'o: {a: [1]}',
        '"p": 1',
        '',
      ),
    ),
    { minLength: 1, maxLength: 9 },
  )
  .map((parts) => parts.map(([indent, line]) => `${'  '.repeat(indent)}${line}\n`).join(''));

const jumble = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));

/** What Backstage's reader makes of a text: the values of its documents, or that it reports an error. */
function read(text: string): unknown[] | 'refused' {
  const documents = parseAllDocuments(text, { logLevel: 'silent' });
  const values: unknown[] = [];
  for (const document of documents) {
    if (!('errors' in document)) return [];
    if (document.errors.length > 0) return 'refused';
    try {
      values.push(document.toJS());
    } catch {
      return 'refused';
    }
  }
  return values;
}

describe('the fast parser', { timeout: 30_000 }, () => {
  it('is trusted with an ordinary descriptor, and reads it as Backstage does', () => {
    const outcome = parseFast(descriptor, 100);
    expect(outcome.isTrusted && [outcome.value]).toEqual(read(descriptor));
  });

  it('has the value of Backstage’s reader wherever it is trusted', () => {
    let trusted = 0;
    const text = fc.oneof({ weight: 3, arbitrary: edited }, { weight: 3, arbitrary: lines }, jumble);
    fc.assert(
      fc.property(text, (stream) => {
        const [part] = splitDocuments(stream);
        const outcome = parseFast(part?.text ?? '', 100);
        if (!outcome.isTrusted) return;
        trusted++;
        const values = read(part?.text ?? '');
        expect(values === 'refused' || values.length > 0 ? values : [null]).toEqual([outcome.value]);
      }),
      { numRuns: 1500 },
    );
    expect(trusted).toBeGreaterThan(200);
  });

  it.each([
    ['an anchor', 'a: &x 1'],
    ['an alias', 'a: &x 1\nb: *x'],
    ['a tag', 'a: !!str 1'],
    ['a directive', '%YAML 1.2\n---\na: 1'],
    ['a repeated key', 'a: 1\na: 2'],
    ['a key that is no text', '1: a'],
    ['a number that JSON cannot hold', 'a: 12345678901234567890'],
    ['a number beyond all bounds', 'a: 1e400'],
    ['no number', 'a: .nan'],
    ['a prototype key', '__proto__: 1'],
    ['a tab', 'a:\tb'],
    ['a lone carriage return', 'a: "b\rc"'],
    ['a byte order mark', '\uFEFFa: 1'],
    ['an outdented comment', 'a:\n  - b:\n# c\n     text\n  - d'],
    ['an explicit indentation', 'a: |2\n   b'],
    ['a syntax error', 'a: [1'],
    ['more depth than allowed', '['.repeat(101) + ']'.repeat(101)],
  ])('is not trusted with %s', (_what, text) => {
    expect(parseFast(text, 100)).toEqual({ isTrusted: false });
  });

  it('keeps timestamps, words like yes and version numbers with two points as text', () => {
    const outcome = parseFast('[2024-01-01, 10000-01-01T00:00:00Z, yes, on, 1.2.3, 1_000, 0b1, 12:30]', 100);
    expect(
      outcome.isTrusted && (outcome.value as unknown[]).every((value) => typeof value === 'string'),
    ).toBe(true);
  });
});

describe('the careful parser', { timeout: 30_000 }, () => {
  it('has the value of Backstage’s reader for every text without a problem', () => {
    const text = fc.oneof(edited, lines, jumble);
    fc.assert(
      fc.property(text, (stream) => {
        const [part] = splitDocuments(stream);
        const { content, problems } = parseCarefully(part?.text ?? '', 1, testLimits);
        expect(content !== undefined || problems.length > 0).toBe(true);
        if (content === undefined || problems.length > 0) return;
        const values = read(part?.text ?? '');
        expect(values === 'refused' || values.length > 0 ? values : [null]).toEqual([content.value]);
      }),
      { numRuns: 500 },
    );
  });
});
