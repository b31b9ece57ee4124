import { expect, test } from 'vitest';
import type { Impact } from './graph.queries.ts';
import { impactPath, warnList } from './impact-words.ts';

function affected(name: string, via: string, viaRelation: string, ownerRef?: string) {
  return {
    ref: `component:default/${name}`,
    kind: 'Component',
    namespace: 'default',
    name,
    depth: 1,
    isMissing: false,
    via,
    viaRelation,
    ...(ownerRef !== undefined && { ownerRef }),
  };
}

const root = 'component:default/ledger';
const api = { ...affected('x', root, 'providesApi', 'group:default/core'), ref: 'api:default/ledger-api' };
const web = affected('web', 'api:default/ledger-api', 'consumesApi');
const byRef = new Map([api, web].map((each) => [each.ref, each]));

test('a path leads from what is affected to what is down, in words that fit its direction', () => {
  expect(impactPath(web, byRef, root)).toEqual([
    { words: 'consumes', ref: 'api:default/ledger-api' },
    { words: 'is provided by', ref: root },
  ]);
});

test('an answer that goes round in a circle still ends', () => {
  const a = affected('a', 'component:default/b', 'dependsOn');
  const b = affected('b', 'component:default/a', 'dependsOn');
  const circle = new Map([a, b].map((each) => [each.ref, each]));
  expect(impactPath(a, circle, root)).toHaveLength(2);
});

test('the list to send names each owner with its address and its things, and what nobody owns', () => {
  const impact: Impact = {
    ref: root,
    affected: [api, web],
    totalAffected: 2,
    owners: [
      {
        ref: 'group:default/core',
        title: 'Core',
        email: 'core@example.com',
        affectedCount: 1,
        nearestDepth: 1,
      },
      { affectedCount: 1, nearestDepth: 2 },
    ],
  };
  expect(warnList(impact, 'Ledger')).toBe(
    [
      'Affected if Ledger is down:',
      '- Core <core@example.com>: 1 thing (ledger-api)',
      '- Nobody owns: 1 thing (web)',
    ].join('\n'),
  );
});
