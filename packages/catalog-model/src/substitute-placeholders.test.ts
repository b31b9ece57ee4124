import { describe, expect, it } from 'vitest';
import { createKindRegistry } from './kind-registry.ts';
import { parseDescriptorFile } from './parse-descriptor-file.ts';
import type { References } from './substitute-placeholders.ts';

const kinds = createKindRegistry();
const limits = { maxFileBytes: 100_000, maxDocumentBytes: 100_000, maxDepth: 20, maxAliasCount: 5 };

function apiYaml(definition: string, more: readonly string[] = []): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: API',
    'metadata:',
    '  name: payments',
    'spec:',
    '  type: openapi',
    '  lifecycle: production',
    '  owner: team-a',
    `  definition: ${definition}`,
    ...more.map((line) => `  ${line}`),
    '',
  ].join('\n');
}

function parse(text: string, references?: References) {
  const [document] = parseDescriptorFile(text, { kinds, limits, references }).documents;
  if (!document) throw new Error('The text holds no document.');
  return document;
}

/** Parses `extra` of a spec with one referenced file `x` of this content. */
function extraOf(extra: string, content: string) {
  const document = parse(apiYaml('text', [`extra: ${extra}`]), { x: { text: content } });
  return {
    value: document.entity?.spec?.['extra'],
    codes: document.problems.map(({ code }) => code),
    document,
  };
}

describe('placeholders', () => {
  it('are listed, each once, while nobody has read what they name', () => {
    const text = apiYaml('{ $text: ./a.yaml }', ['extra: [{ $json: ./b.json }, { $yaml: ./a.yaml }]']);
    const document = parse(text);
    expect(document.placeholderTargets).toEqual(['./a.yaml', './b.json']);
    expect(document.entity?.spec?.['definition']).toEqual({ $text: './a.yaml' });
  });

  it('become the text of the file', () => {
    const document = parse(apiYaml('{ $text: ./a.yaml }'), { './a.yaml': { text: 'openapi: 3.1.0\n' } });
    expect(document.entity?.spec?.['definition']).toBe('openapi: 3.1.0\n');
    expect(document.problems).toEqual([]);
  });

  it.each([
    ['{ $json: x }', '{"a": [1, true, null]}', { a: [1, true, null] }],
    ['{ $yaml: x }', 'a: [1, yes]\n', { a: [1, 'yes'] }],
    ['{ $yaml: x }', '', null],
    ['{ $openapi: x }', 'a: 1', 'a: 1'],
    ['[{ $text: x }, 2]', 't', ['t', 2]],
    // What was put in is not searched again.
    ['{ $json: x }', '{"$text": "x"}', { $text: 'x' }],
  ])('%s of %j gives what the format says', (extra, content, value) => {
    expect(extraOf(extra, content).value).toEqual(value);
  });

  it.each([['{ $ref: x }'], ['{ $text: x, other: 1 }'], ['{ $TEXT: x }'], ['{ text: x }'], ['$text: x']])(
    'leaves %s as it is, for it is none',
    (extra) => {
      const text = apiYaml('text', [`extra: ${extra.startsWith('$') ? `"${extra}"` : extra}`]);
      expect(parse(text, { x: { text: 'no' } }).entity).toEqual(parse(text).entity);
    },
  );

  it.each([
    ['{ $json: x }', '{"a": 1,}', 'not one valid JSON document'],
    ['{ $json: x }', '{"a": 12345678901234567890}', 'not one valid JSON document'],
    ['{ $json: x }', '{"a": 1e400}', 'not one valid JSON document'],
    ['{ $yaml: x }', 'a: 1\n---\nb: 2\n', 'not one valid YAML document'],
    ['{ $yaml: x }', 'a: [', 'not one valid YAML document'],
    ['{ $yaml: x }', 'a: &a [1]\nb: [*a, *a, *a, *a, *a, *a]\n', 'not one valid YAML document'],
    ['{ $text: 5 }', '', 'not a text'],
  ])('refuses %s of %j, with the line of the placeholder', (extra, content, message) => {
    const { document } = extraOf(extra, content);
    expect(document.entity).toBeUndefined();
    expect(document.ref).toBe('api:default/payments');
    const [problem] = document.problems.filter(({ level }) => level === 'error');
    expect(problem).toMatchObject({
      ...{ code: 'entity.bad-placeholder', line: 10, path: 'spec.extra' },
      message: expect.stringContaining(message),
      hint: expect.stringMatching(/\w/),
    });
  });

  it.each([['{"__proto__": {"polluted": 1}}'], ['{"constructor": 1}']])(
    'refuses %s inside a file as it would in the descriptor',
    (content) => {
      expect(extraOf('{ $json: x }', content).codes).toContain('yaml.forbidden-key');
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    },
  );

  it('say why a file could not be had', () => {
    const reference = { message: 'There is no such file.', hint: 'Correct the path.' };
    const document = parse(apiYaml('{ $text: ./gone.yaml }'), { './gone.yaml': reference });
    expect(document.problems[0]).toMatchObject({
      message: '$text cannot be filled in: There is no such file.',
      hint: 'Correct the path.',
      line: 9,
    });
    expect(document.entity).toBeUndefined();
  });

  it('take nothing from the prototype of the table of texts', () => {
    const document = parse(apiYaml('{ $text: constructor }'), {});
    expect(document.entity?.spec?.['definition']).toEqual({ $text: 'constructor' });
  });
});
