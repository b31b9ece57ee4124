import { afterAll, describe, expect, it } from 'vitest';
import { createDescriptorParser } from './descriptor-parser.ts';

const MEGABYTE = 1024 * 1024;
const parser = createDescriptorParser({
  kinds: [],
  limits: { maxFileBytes: 10 * MEGABYTE, maxDocumentBytes: MEGABYTE, maxDepth: 100, maxAliasCount: 100 },
  ...{ minProcesses: 0, maxProcesses: 1 },
});
const { signal } = new AbortController();

afterAll(() => parser.close());

async function parse(text: string) {
  const [parsed] = await parser.parse(
    [{ path: 'a.yaml', bytes: Buffer.from(text), annotations: {} }],
    signal,
  );
  if (!parsed) throw new Error('The file has no verdict.');
  return parsed;
}

/** A component with a long text that aliases repeat. */
function repeating(name: string, length: number, times: number): string {
  return [
    'apiVersion: backstage.io/v1alpha1',
    'kind: Component',
    `metadata: {name: ${name}}`,
    'spec:',
    '  {type: service, lifecycle: production, owner: team-a,',
    `  long: &long "${'x'.repeat(length)}", again: [${'*long,'.repeat(times)}]}`,
    '---',
    '',
  ].join('\n');
}

describe('descriptors of people who mean harm', () => {
  it('may repeat a part with aliases', async () => {
    const { rowCount, problems } = await parse(repeating('a', 10_000, 50));
    expect([rowCount, problems]).toEqual([1, []]);
  });

  it('are refused when their aliases make them long', async () => {
    const parsed = await parse(repeating('a', 900_000, 90) + repeating('b', 100, 2));
    expect(parsed).toMatchObject({ rowCount: 1, brokenRefs: ['component:default/a'] });
    expect(parsed.problems).toMatchObject([
      {
        ...{ code: 'document.too-large', level: 'error', line: 1, entityRef: 'component:default/a' },
        message: 'The document becomes 79 MB when its aliases are written out; at most 4 MB are stored.',
      },
    ]);
  });

  it('cost themselves and nothing else when they take too much to parse', async () => {
    const zeros = Array.from({ length: 440_000 }, () => 0).join();
    const costly = repeating('a', 10, 50).replace(/"x+"/, `[${zeros}]`);
    expect((await parse(costly)).problems).toMatchObject([{ code: 'file.too-costly' }]);
    expect((await parse(repeating('a', 10, 1))).rowCount).toBe(1);
  });
});
