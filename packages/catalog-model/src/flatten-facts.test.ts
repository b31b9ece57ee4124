import type { Entity } from '@backstage/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flattenFacts } from './index.ts';

function entity(fields: object): Entity {
  return {
    apiVersion: 'v1',
    kind: 'Component',
    metadata: { name: 'Orders', namespace: 'default', uid: 'u' },
    ...fields,
  };
}

/** The facts with what list items mean beside their value, in the lower case in which they are compared. */
function factsOf(value: Entity): string[] {
  return flattenFacts(value).flatMap(({ key, value, isItem }) => {
    const fact = value === null ? key : `${key}=${value.toLowerCase()}`;
    return isItem && value !== null ? [fact, `${key}.${value.toLowerCase()}=true`] : [fact];
  });
}

/** The rules of Backstage's search index, written for clearness and not for speed. */
function expectedFacts(root: unknown): Set<string> {
  const rows: [string, unknown][] = [];
  const visit = (path: string, value: unknown): void => {
    if (['attachments', 'relations', 'status', 'metadata.etag'].includes(path)) return;
    if (typeof value !== 'object' || value === null) {
      rows.push([path, value]);
    } else if (Array.isArray(value)) {
      for (const item of value) {
        visit(path, item);
        if (typeof item === 'string') rows.push([`${path}.${item}`, true]);
      }
    } else {
      for (const [key, child] of Object.entries(value)) visit(path === '' ? key : `${path}.${key}`, child);
    }
  };
  visit('', root);
  const facts = rows
    .filter(([key]) => key.toLowerCase().length <= 200)
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value.toLowerCase() : JSON.stringify(value ?? '');
      const isKnown = value !== null && value !== undefined && text.length <= 200;
      return isKnown ? `${key.toLowerCase()}=${text}` : key.toLowerCase();
    });
  return new Set(facts);
}

describe('flattenFacts', { timeout: 30_000 }, () => {
  it('gives keys in lower case and walks through lists', () => {
    const facts = factsOf(
      entity({
        spec: { Type: 'Service', dependsOn: ['A:b', 'A:b'], remotes: [{ URL: 'X' }, 7] },
      }),
    );
    expect(facts).toEqual([
      'apiversion=v1',
      'kind=component',
      'metadata.name=orders',
      'metadata.namespace=default',
      'metadata.uid=u',
      'spec.type=service',
      'spec.dependson=a:b',
      'spec.dependson.a:b=true',
      'spec.remotes.url=x',
      'spec.remotes=7',
    ]);
  });

  it('always has name, namespace and uid', () => {
    const facts = flattenFacts({ apiVersion: 'v1', kind: 'K', metadata: { name: 'N' } });
    expect(facts).toContainEqual({ key: 'metadata.uid', value: null, isItem: false });
    expect(facts).toContainEqual({ key: 'metadata.namespace', value: 'default', isItem: false });
    expect(facts).toContainEqual({ key: 'metadata.name', value: 'N', isItem: false });
  });

  it('leaves out relations, status, attachments and the etag', () => {
    const facts = factsOf(
      entity({
        metadata: { name: 'o', uid: 'u', namespace: 'default', etag: 'e' },
        relations: [{ type: 'ownedBy', targetRef: 'x' }],
        status: { items: [] },
        attachments: { a: 1 },
        spec: { relations: 'kept', status: 'kept' },
      }),
    );
    expect(facts.filter((fact) => /etag|owned|items|attachments/.test(fact))).toEqual([]);
    expect(facts).toContain('spec.relations=kept');
  });

  it('drops keys over 200 characters, and knows of longer values only that they exist', () => {
    const facts = factsOf(
      entity({
        spec: { ['k'.repeat(195)]: 1, ['k'.repeat(196)]: 1, v200: 'v'.repeat(200), v201: 'v'.repeat(201) },
      }),
    );
    expect(facts).toContain(`spec.${'k'.repeat(195)}=1`);
    expect(facts.some((fact) => fact.includes('k'.repeat(196)))).toBe(false);
    expect(facts).toContain(`spec.v200=${'v'.repeat(200)}`);
    expect(facts).toContain('spec.v201');
  });

  it('follows the rules of Backstage’s index on any JSON', () => {
    const key = fc.oneof(fc.constantFrom('a', 'B', 'a.b', 'x'.repeat(190)), fc.string({ maxLength: 5 }));
    const { value: json } = fc.letrec((tie) => ({
      value: fc.oneof(
        { maxDepth: 4 },
        fc.oneof(
          fc.constantFrom('a', 'A', 'b', 'İ'.repeat(120), 'y'.repeat(201)),
          fc.string({ maxLength: 5 }),
        ),
        fc.constantFrom(null, true, 1, 1e21),
        fc.array(tie('value'), { maxLength: 4 }),
        fc.dictionary(key, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json, (spec) => {
        const value = entity({ spec });
        expect(new Set(factsOf(value))).toEqual(expectedFacts(value));
      }),
      { numRuns: 1000 },
    );
  });
});
