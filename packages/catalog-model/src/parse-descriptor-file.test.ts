import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKindRegistry, parseDescriptorFile, problemCodes, type DescriptorFile } from './index.ts';
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

function refsOf(file: string | Uint8Array): (string | undefined)[] {
  return parse(file).documents.map(({ ref, entity }) => (entity === undefined ? undefined : ref));
}

describe('parseDescriptorFile', { timeout: 30_000 }, () => {
  it('gives entity, reference, relations, line and text of each document', () => {
    const text = `# head\n---\n${domain('One')}---\n${domain('two')}`;
    const { documents, problems } = parse(text);
    expect(problems).toEqual([]);
    expect(documents).toMatchObject([
      {
        index: 0,
        line: 3,
        text: domain('One'),
        ref: 'domain:default/one',
        entity: { kind: 'Domain', metadata: { name: 'One', namespace: 'default' } },
        relations: [{ type: 'ownedBy', targetRef: 'group:default/team-a' }],
        problems: [],
      },
      { index: 1, line: 10, ref: 'domain:default/two' },
    ]);
  });

  it('accepts JSON, byte order marks, CRLF, bytes, and documents that hold nothing', () => {
    const json = JSON.stringify({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Domain',
      metadata: { name: 'a' },
      spec: { owner: 'x' },
    });
    expect(refsOf(json)).toEqual(['domain:default/a']);
    const windows =
      `\uFEFF---\n${domain('a')}---\nnull\n---\n~\n---\n# c\n---\n${domain('b')}---\n`.replaceAll(
        '\n',
        '\r\n',
      );
    expect(refsOf(windows)).toEqual(['domain:default/a', 'domain:default/b']);
    expect(refsOf(new TextEncoder().encode(windows))).toEqual(['domain:default/a', 'domain:default/b']);
  });

  it('keeps the other documents when one is broken, and still says whose it is', () => {
    const broken =
      'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: Broken # c\n  tags: [a\nspec: {}\n';
    const { documents } = parse(`${domain('a')}---\n${broken}---\n${domain('b')}`);
    expect(documents.map(({ ref, entity }) => [ref, entity !== undefined])).toEqual([
      ['domain:default/a', true],
      ['domain:default/broken', false],
      ['domain:default/b', true],
    ]);
    expect(documents[1]?.problems).toMatchObject([{ level: 'error', code: 'yaml.syntax', line: 13 }]);
  });

  it('points to the field, in the line of the file, for every problem of a document', () => {
    const text = [
      'apiVersion: backstage.io/v1alpha1',
      'kind: Component',
      'metadata:',
      '  name: "my service"',
      '  labels:',
      '    tier: 1',
      '    bad key: x',
      '  tags: [ok, Java]',
      'specs: {}',
      'spec:',
      '  type: service',
      '  lifecycle:',
      '  dependsOn:',
      '    - orders-db',
    ].join('\n');
    expect(problemsOf(`${domain('a')}---\r\n${text}`)).toEqual([
      '11:9 entity.invalid',
      '13:11 entity.invalid',
      '14:5 entity.invalid',
      '15:14 entity.invalid',
      '16:1 entity.invalid',
      '17:1 entity.invalid',
      '19:3 entity.invalid',
      '21:7 entity.bad-reference',
    ]);
  });

  it.each([
    ['a tab', 'kind: Domain\nmetadata:\n\tname: a\n', '3:1 yaml.syntax'],
    ['an unquoted colon', 'kind: Domain\nmetadata:\n  title: a: b\n', '3:10 yaml.syntax'],
    ['a key twice', `${domain('a')}  owner: x\n`, '7:3 yaml.duplicate-key'],
    ['a key twice that is a number once', domain('a', '  k: {1: a, "1": b}\n'), '7:13 yaml.duplicate-key'],
    ['a list as key', domain('a', '  ? [a]\n  : b\n'), '7:5 yaml.key-not-text'],
    [
      'an integer that loses digits',
      domain('a', '  id: 12345678901234567890\n'),
      '7:7 yaml.number-not-exact',
    ],
    ['a number without bound', domain('a', '  id: 1e400\n'), '7:7 yaml.number-not-exact'],
    ['not a number', domain('a', '  id: [.nan]\n'), '7:8 yaml.number-not-exact'],
    ['a prototype key', domain('a', '  k:\n    - __proto__: {x: 1}\n'), '8:7 yaml.forbidden-key'],
    ['a JavaScript tag', domain('a', '  f: !!js/function "x"\n'), '7:20 yaml.unsupported-tag'],
    ['an unknown alias', domain('a', '  f: *x\n'), '7:6 yaml.syntax'],
    ['an alias in itself', domain('a', '  f: &x [*x]\n'), '7:10 yaml.syntax'],
    ['a NUL escape', domain('a', '  f: "\\0"\n'), '7:6 entity.not-json'],
    ['half a surrogate pair', domain('a', '  f: "\\ud800"\n'), '7:6 entity.not-json'],
    ['a list as root', '- a\n', '1:1 document.not-an-object'],
    ['text as root', 'just text\n', '1:1 document.not-an-object'],
    [
      'an unknown kind',
      'apiVersion: acme.io/v1\nkind: Widget\nmetadata: {name: a}\n',
      '2:7 entity.unknown-kind',
    ],
    ['fields that differ in case', domain('a', '  Owner: x\n'), '7:3 entity.ambiguous-key'],
  ])('refuses %s with its place', (_what, text, problem) => {
    expect(problemsOf(text)).toContain(problem);
    expect(refsOf(`${text}\n---\n${domain('next')}`)).toEqual([undefined, 'domain:default/next']);
  });

  it('expands a few aliases, and takes a merge key for an ordinary one', () => {
    const { documents } = parse(domain('a', '  x: &x {k: v}\n  y: *x\n  z: {<<: *x}\n'));
    expect(documents[0]?.entity?.spec).toMatchObject({ y: { k: 'v' }, z: { '<<': { k: 'v' } } });
    expect(documents[0]?.problems).toMatchObject([{ level: 'warning', code: 'yaml.merge-key', line: 9 }]);
  });

  it('reads YAML 1.1 documents as YAML 1.2 and says so', () => {
    const { documents } = parse(`%YAML 1.1\n---\n${domain('a', '  x: yes\n')}`);
    expect(documents[0]?.entity?.spec?.['x']).toBe('yes');
    expect(documents[0]?.problems).toMatchObject([{ level: 'warning', code: 'yaml.old-version' }]);
  });

  it('gives an entity to the first document that declares it, and reports the others', () => {
    const { documents } = parse(`${domain('a')}---\n${domain('A')}---\n${domain('b')}`);
    expect(documents.map(({ entity }) => entity?.metadata.name)).toEqual(['a', undefined, 'b']);
    expect(documents[1]).toMatchObject({
      ref: 'domain:default/a',
      relations: [],
      problems: [{ level: 'error', code: 'entity.duplicate-ref', line: 11, column: 9 }],
    });
  });

  it.each([
    [
      'an expression as name',
      'kind: Component\napiVersion: backstage.io/v1alpha1\nmetadata:\n  name: ${{ values.name }}\nspec: {}\n',
    ],
    [
      'a cookiecutter expression',
      'kind: Component\napiVersion: backstage.io/v1alpha1\nmetadata:\n  name: {{ cookiecutter.name }}\nspec: {}\n',
    ],
    [
      'a block tag',
      'apiVersion: backstage.io/v1alpha1\nkind: Component\n{%- if x %}\nmetadata:\n  name: a\n{%- endif %}\n',
    ],
  ])('takes a document with %s for a skeleton, not for a mistake', (_what, text) => {
    const [document] = parse(text).documents;
    expect(document?.problems).toMatchObject([{ level: 'info', code: 'document.templated' }]);
    expect(document).not.toHaveProperty('ref');
    expect(document).not.toHaveProperty('entity');
  });

  it.each([
    ['a tag', 'metadata:\n  name: a\n  tags: [ok, "${{ values.tag }}"]\nspec: {owner: x}\n'],
    ['an owner in braces', 'metadata:\n  name: a\nspec:\n  owner: {{ cookiecutter.owner }}\n'],
    ['a label key', 'metadata:\n  name: a\n  labels:\n    "{{ values.key }}": x\nspec: {owner: x}\n'],
    ['an owner, with a mistake elsewhere', 'metadata:\n  name: a b\nspec:\n  owner: ${{ values.owner }}\n'],
    ['a condition', 'metadata:\n  name: a\nspec:\n  {%- if values.owner %}\n  owner: x\n  {%- endif %}\n'],
  ])('takes a document that breaks on an expression in %s for a skeleton', (_what, rest) => {
    const [document] = parse(`apiVersion: backstage.io/v1alpha1\nkind: Domain\n${rest}`).documents;
    expect(document?.problems).toMatchObject([{ level: 'info', code: 'document.templated' }]);
  });

  it('keeps an entity whose prose talks of expressions, valid or not', () => {
    const text = (owner: string) =>
      'apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata:\n  name: a\n' +
      `  description: "Write \${{ values.name }} or {% if %}"\nspec: {${owner}}\n`;
    expect(refsOf(text('owner: x'))).toEqual(['domain:default/a']);
    expect(problemsOf(text('ovner: x'))).toEqual(['6:1 entity.invalid']);
  });

  it('does not take a broken template for a skeleton because of the expressions in it', () => {
    const text =
      'apiVersion: scaffolder.backstage.io/v1beta3\nkind: Template\nmetadata:\n  name: t\n' +
      'spec:\n  type: service\n  steps:\n    - name: ${{ parameters.x }}\n';
    expect(problemsOf(text)).toEqual(['8:7 entity.invalid']);
  });

  it('only notes documents of other formats, whatever is in them', () => {
    const compose = 'services:\n  web: {image: x}\nlimit: 9223372036854775807\nports: !reset []\n';
    expect(parse(compose).documents[0]?.problems).toMatchObject([
      { level: 'info', code: 'entity.no-envelope' },
    ]);
    expect(problemsOf('a: 1\na: 2\n')).toEqual(['1:1 entity.no-envelope', '2:1 yaml.duplicate-key']);
    expect(problemsOf('x: 1\n__proto__: {a: 1}\n')).toContain('2:1 yaml.forbidden-key');
  });

  it('takes a document with two of the three envelope fields for a descriptor, misspelt or not', () => {
    expect(problemsOf('kind: Domain\nmetadata: {name: a}\nspec: {owner: x}\n')).toEqual([
      '1:1 entity.invalid',
    ]);
    expect(
      problemsOf('apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetdata: {name: a}\nspec: {owner: x}\n'),
    ).toEqual(['1:1 entity.invalid', '3:1 entity.invalid']);
  });

  it('never throws, and gives every problem a known code, a line of the file, a message and a hint', () => {
    const pieces = fc.constantFrom(
      ...[
        domain('a'),
        'kind: ',
        'metadata:\n',
        '  name: x\n',
        '---\n',
        '...\n',
        '%x\n',
        '&a ',
        '*a',
        '!t ',
        '[',
        '{',
        '"',
      ],
      ...[
        '\n',
        '\t',
        '\r',
        ': ',
        '- ',
        '? ',
        '| \n',
        '{{ x }}',
        '{% x %}\n',
        '__proto__: 1\n',
        '1e999\n',
        '\uFEFF',
        '\ud800',
        'é',
      ],
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(pieces, { maxLength: 15 }).map((all) => all.join('')),
          fc.uint8Array(),
        ),
        (file) => {
          const { documents, problems } = parse(file);
          const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
          for (const problem of [...problems, ...documents.flatMap((document) => document.problems)]) {
            expect(Object.keys(problemCodes)).toContain(problem.code);
            expect(problem.line).toBeGreaterThanOrEqual(1);
            expect(problem.line).toBeLessThanOrEqual(text.split('\n').length);
            expect(problem.message).toMatch(/^\S.*[.?]$/);
            expect(problem.hint).not.toBe('');
            expect(`${problem.message}${problem.hint}${problem.path ?? ''}`.isWellFormed()).toBe(true);
          }
          for (const { entity, problems: own } of documents) {
            expect(entity === undefined || own.every(({ level }) => level !== 'error')).toBe(true);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});
