import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultNamespace, parseRef, stringifyRef } from './index.ts';

describe('parseRef', () => {
  it.each([
    ['component:default/orders', {}, { kind: 'component', namespace: 'default', name: 'orders' }],
    ['orders', { defaultKind: 'API' }, { kind: 'API', namespace: 'default', name: 'orders' }],
    ['team/orders', { defaultKind: 'API' }, { kind: 'API', namespace: 'team', name: 'orders' }],
    ['api:orders', { defaultNamespace: 'team' }, { kind: 'api', namespace: 'team', name: 'orders' }],
    ['team/a:b', { defaultKind: 'API' }, { kind: 'API', namespace: 'team', name: 'a:b' }],
  ])('reads %s in %j', (ref, context, expected) => {
    expect(parseRef(ref, context)).toEqual(expected);
  });

  it.each(['', 'orders', ':orders', 'api:', 'api:/orders', 'api:team/', '/orders'])(
    'refuses %j without a kind',
    (ref) => {
      expect(() => parseRef(ref)).toThrow();
    },
  );

  it('agrees with Backstage on any text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', ':', '/', '-', ' '), maxLength: 9 });
    const outcome = (read: () => unknown) => {
      try {
        return read();
      } catch {
        return 'refused';
      }
    };
    fc.assert(
      fc.property(
        text,
        fc.constantFrom({}, { defaultKind: 'K' }, { defaultNamespace: 'N' }),
        (ref, context) => {
          expect(outcome(() => parseRef(ref, context))).toEqual(outcome(() => parseEntityRef(ref, context)));
        },
      ),
    );
  });
});

describe('stringifyRef', () => {
  it('writes the canonical lower-case form with the default namespace', () => {
    expect(stringifyRef({ kind: 'API', name: 'Orders' })).toBe('api:default/orders');
    expect(stringifyRef({ kind: 'API', namespace: undefined, name: 'Orders' })).toBe('api:default/orders');
    expect(
      stringifyRef({ apiVersion: 'v1', kind: 'API', metadata: { name: 'Orders', namespace: 'Team' } }),
    ).toBe('api:team/orders');
    expect(defaultNamespace).toBe('default');
  });

  it('does not depend on the language of the machine', () => {
    const name = 'TITLE-I';
    expect(stringifyRef({ kind: 'API', name })).toBe(stringifyEntityRef({ kind: 'API', name }));
    expect(stringifyRef({ kind: 'API', name })).toBe('api:default/title-i');
  });
});
