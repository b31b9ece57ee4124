import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKindRegistry, validateEntity, type EntityProblem } from './index.ts';
import { backstageRefusal } from './testing/backstage-verdict.ts';
import { validEntities } from './testing/entities.ts';

const kinds = createKindRegistry();

function problemsOf(value: unknown): EntityProblem[] {
  return validateEntity(value, kinds).problems;
}

/** A valid component with the given fields put over it. */
function component(
  change: { metadata?: object; spec?: object; root?: object } = {},
): Record<string, unknown> {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'orders', ...change.metadata },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-a', ...change.spec },
    ...change.root,
  };
}

/** Errors that Backstage's policies and validators know too; the others are rules of other stages, or our own. */
const sharedCodes = new Set(['entity.invalid', 'entity.unknown-kind', 'document.not-an-object']);

function isRefusedBySharedRules(problems: readonly EntityProblem[]): boolean {
  return problems.some(({ level, code }) => level === 'error' && sharedCodes.has(code));
}

const scalar = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'a',
    'A b',
    'x'.repeat(63),
    'x'.repeat(64),
    'a/b',
    'a.b/c',
    'http://x',
    '-',
    'a--b',
  ),
  fc.string({ maxLength: 8 }),
  fc.constantFrom(null, true, 0, 1.5),
);
const anyValue = fc.oneof(
  { weight: 4, arbitrary: scalar },
  { weight: 2, arbitrary: fc.array(scalar, { maxLength: 3 }) },
  { weight: 2, arbitrary: fc.dictionary(fc.string({ maxLength: 4 }), scalar, { maxKeys: 3 }) },
);

interface Change {
  depth: number;
  picks: number[];
  action: 'set' | 'delete' | 'add';
  key: string;
  value: unknown;
}

const change: fc.Arbitrary<Change> = fc.record({
  depth: fc.integer({ min: 1, max: 4 }),
  picks: fc.array(fc.nat(1000), { minLength: 4, maxLength: 4 }),
  action: fc.constantFrom('set', 'delete', 'add'),
  key: fc.constantFrom(
    'name',
    'namespace',
    'labels',
    'tags',
    'owner',
    'type',
    'extra',
    'A b',
    'x/y/z',
    'spec',
  ),
  value: anyValue,
});

/** Changes one place of a nested object, chosen by the picks. */
function apply(root: Record<string, unknown>, { depth, picks, action, key, value }: Change): void {
  let target: Record<string, unknown> = root;
  for (let level = 0; level < depth; level++) {
    const keys = Object.keys(target);
    const chosen = keys[(picks[level] ?? 0) % Math.max(1, keys.length)];
    const child = chosen === undefined ? undefined : target[chosen];
    if (level < depth - 1 && typeof child === 'object' && child !== null) {
      target = child as Record<string, unknown>;
      continue;
    }
    if (chosen !== undefined && action === 'delete') delete target[chosen];
    else if (chosen !== undefined && action === 'set') target[chosen] = value;
    else if (!Array.isArray(target)) target[key] = value;
    return;
  }
}

describe('validateEntity', { timeout: 30_000 }, () => {
  it.each(Object.entries(validEntities()))(
    'accepts a complete %s, as Backstage does',
    async (_kind, value) => {
      expect(problemsOf(value)).toEqual([]);
      expect(await backstageRefusal(value)).toBeUndefined();
    },
  );

  it('gives the verdict of Backstage’s policies and kind validators on changed entities of every kind', async () => {
    const source = fc.constantFrom(...Object.values(validEntities()));
    await fc.assert(
      fc.asyncProperty(source, fc.array(change, { minLength: 1, maxLength: 2 }), async (valid, changes) => {
        const value = structuredClone(valid);
        for (const each of changes) apply(value, each);
        const refusal = await backstageRefusal(value);
        const problems = problemsOf(value);
        expect(isRefusedBySharedRules(problems), refusal ?? 'accepted by Backstage').toBe(
          refusal !== undefined,
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('fills in the namespace and takes away what only the catalog sets, leaving the input alone', () => {
    const value = component({
      metadata: { uid: 'u', etag: 'e' },
      root: { relations: [{ type: 'ownedBy' }], status: {} },
    });
    const before = structuredClone(value);
    const { entity, problems } = validateEntity(value, kinds);
    expect(entity).toEqual(component({ metadata: { namespace: 'default' } }));
    expect(problems.map(({ code, path }) => `${code} ${path}`)).toEqual([
      'entity.ignored-field relations',
      'entity.ignored-field status',
      'entity.ignored-field metadata.uid',
      'entity.ignored-field metadata.etag',
    ]);
    expect(value).toEqual(before);
  });

  it('reports every problem of an entity at once', () => {
    const value = component({
      metadata: { name: 'A b', tags: ['Java', 7], labels: { tier: 1 }, links: [{ title: 'x' }] },
      spec: { type: '', lifecycle: null, dependsOn: ['db'], owner: undefined },
    });
    delete (value['spec'] as Record<string, unknown>)['owner'];
    expect(problemsOf(value).map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'metadata.name',
        'metadata.tags[0]',
        'metadata.tags[1]',
        'metadata.labels.tier',
        'metadata.links[0].url',
        'spec.type',
        'spec.lifecycle',
        'spec.owner',
        'spec.dependsOn[0]',
      ]),
    );
  });

  it.each([
    [component({ root: { kind: 'component' } }), 'kind', 'Write "kind: Component"'],
    [component({ root: { kind: 'Compnent' } }), 'kind', 'Did you mean "kind: Component"?'],
    [
      component({ root: { apiVersion: 'backstage.io/v1alpha2' } }),
      'apiVersion',
      'apiVersion: backstage.io/v1alpha1',
    ],
    [component({ root: { apiVersion: 'acme.io/v1', kind: 'Widget' } }), 'kind', 'catalog.kinds'],
    [component({ root: { specs: {} } }), 'specs', 'Did you mean "spec"?'],
    [component({ metadata: { annotatons: {} } }), 'metadata.annotatons', 'Did you mean "annotations"?'],
    [component({ spec: { dependson: [] } }), 'spec.dependson', 'Did you mean "dependsOn"?'],
    [component({ metadata: { name: 'My service!' } }), 'metadata.name', 'Write "My-service".'],
    [
      component({ spec: { providesApis: 'orders-api' } }),
      'spec.providesApis',
      'Write it as a list: ["orders-api"].',
    ],
    [
      component({ metadata: { annotations: { a: true } } }),
      'metadata.annotations.a',
      'Put it in quotes: "true".',
    ],
  ])('says what to do about %#', (value, path, hint) => {
    const problem = problemsOf(value).find((found) => found.path === path);
    expect(problem?.hint).toContain(hint);
  });

  it('names the misspelt field where a required one is missing', () => {
    const value = component({ spec: { onwer: 'team-a' } });
    delete (value['spec'] as Record<string, unknown>)['owner'];
    expect(problemsOf(value)).toMatchObject([
      { path: 'spec.owner', hint: expect.stringContaining('"onwer"') },
    ]);
  });

  it.each(['javascript:alert(1)', ' java\tscript:alert(1)', 'DATA:text/html,x', 'vbscript:x'])(
    'refuses the link %j',
    (url) => {
      const codes = problemsOf(component({ metadata: { links: [{ url }] } })).map(({ code }) => code);
      expect(codes).toContain('entity.unsafe-link');
    },
  );

  it('refuses names that only look like letters, or hide characters', () => {
    for (const name of [
      'оrders',
      'or\u202Eders',
      'or\u200Bders',
      'or\u0007ders',
      'x'.repeat(64),
      '..',
      'a\n',
    ]) {
      expect(
        validateEntity(component({ metadata: { name } }), kinds).entity,
        JSON.stringify(name),
      ).toBeUndefined();
    }
  });

  it('shows what cannot be seen in a refused name, and names a letter of another alphabet', () => {
    const messageOf = (name: string) => problemsOf(component({ metadata: { name } }))[0]?.message ?? '';
    expect(messageOf('or\u202Eders')).toContain('"or\\u{202e}ders" is not allowed here');
    expect(messageOf('or\u200Bders')).toContain('"or\\u{200b}ders"');
    expect(messageOf('or\u0007ders')).toContain('"or\\u0007ders"');
    expect(messageOf('\u043Erders')).toContain('is U+043E, not the Latin one');
    expect(messageOf('\uFF4Frders')).toContain('"ｏrders" is not allowed here');
  });

  it('refuses fields that differ only in case, wherever they stand', () => {
    const codes = (value: unknown) => problemsOf(value).map(({ code, path }) => `${code} ${path}`);
    expect(codes(component({ spec: { Owner: 'x' } }))).toContain('entity.ambiguous-key spec.Owner');
    expect(codes(component({ spec: { a: [{ X: 1 }, { x: 2 }] } }))).toContain(
      'entity.ambiguous-key spec.a[1].x',
    );
    expect(codes(component({ metadata: { UID: 'x' } }))).toContain('entity.ambiguous-key metadata.UID');
    expect(codes(component({ metadata: { tags: ['a'] }, spec: { list: ['A', 'a'] } }))).toEqual([]);
  });

  it('refuses keys that reach a prototype, at any depth, and pollutes nothing', () => {
    const value: unknown = JSON.parse(
      '{"apiVersion":"backstage.io/v1alpha1","kind":"Domain","metadata":{"name":"a","__proto__":{"polluted":1}},' +
        '"spec":{"owner":"x","deep":[{"constructor":1},{"prototype":1}]}}',
    );
    const paths = problemsOf(value).filter(({ code }) => code === 'yaml.forbidden-key');
    expect(paths.map(({ path }) => path)).toEqual([
      'metadata.__proto__',
      'spec.deep[0].constructor',
      'spec.deep[1].prototype',
    ]);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each([undefined, null, 'text', 7, [], () => 1, new Date(0), Symbol('x'), 10n])(
    'refuses the root %s without throwing',
    (value) => {
      expect(validateEntity(value, kinds).entity).toBeUndefined();
      expect(problemsOf(value).length).toBeGreaterThan(0);
    },
  );

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, 10n, new Map(), 'a\0b', 'a\uD800'])(
    'refuses the value %s, which JSON in a database cannot hold',
    (extra) => {
      expect(problemsOf(component({ spec: { extra } })).map(({ code }) => code)).toContain('entity.not-json');
    },
  );

  it('stops at the depth limit, also for values that contain themselves', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    for (const extra of [deep, loop]) {
      expect(problemsOf(component({ spec: { extra } })).map(({ code }) => code)).toEqual(['yaml.too-deep']);
    }
  });

  it('accepts exactly as many levels as the limit says', () => {
    const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);
    const codes = (levels: number) =>
      validateEntity(component({ spec: { extra: nested(levels) } }), kinds, { maxDepth: 10 }).problems.length;
    expect([codes(8), codes(9)]).toEqual([0, 1]);
  });

  it('keeps an entity whose placeholder nobody has resolved, with a warning', () => {
    const value = validEntities()['API'];
    (value?.['spec'] as Record<string, unknown>)['definition'] = { $text: './openapi.yaml' };
    const { entity, problems } = validateEntity(value, kinds);
    expect(entity?.spec?.['definition']).toEqual({ $text: './openapi.yaml' });
    expect(problems).toMatchObject([
      { level: 'warning', code: 'entity.unresolved-placeholder', path: 'spec.definition' },
    ]);
  });

  it('lists at most 50 problems and counts the rest, errors first', () => {
    const tags = Array.from({ length: 200 }, () => 'A');
    const problems = problemsOf(component({ metadata: { uid: 'u', tags } }));
    expect(problems).toHaveLength(51);
    expect(problems.at(-1)).toMatchObject({ level: 'info', code: 'document.more-problems' });
    expect(problems.slice(0, 50).every(({ level }) => level === 'error')).toBe(true);
  });
});
