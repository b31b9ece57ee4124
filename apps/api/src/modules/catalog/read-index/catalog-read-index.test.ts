import { flattenFacts, reverseRelation, type Entity } from '@waymark/catalog-model';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CatalogReadIndex, type IndexedEntity } from './catalog-read-index.ts';
import { parseFilters } from './filter.ts';
import { countBits, hasBit } from './slot-set.ts';

/**
 * The oracle: the same questions answered by looking at every entity in turn, written from the
 * grammar and not from the index.
 */
interface Row {
  id: number;
  ref: string;
  entity: Entity;
  relations: { type: string; targetRef: string }[];
}

function factsOf(row: Row, rows: readonly Row[]): Map<string, Set<string | null>> {
  const facts = new Map<string, Set<string | null>>();
  const add = (key: string, value: string | null) => {
    const values = facts.get(key) ?? new Set();
    values.add(value);
    facts.set(key, values);
  };
  for (const { key, value, isItem } of flattenFacts(row.entity)) {
    add(key, value?.toLowerCase() ?? null);
    if (isItem && value !== null) add(`${key}.${value.toLowerCase()}`, 'true');
  }
  for (const { type, targetRef } of edgesOf(row, rows)) add(`relations.${type.toLowerCase()}`, targetRef);
  return facts;
}

function edgesOf(row: Row, rows: readonly Row[]): { type: string; targetRef: string }[] {
  const edges = new Map(row.relations.map((edge) => [`${edge.type} ${edge.targetRef}`, edge]));
  for (const other of rows) {
    for (const { type, targetRef } of other.relations) {
      const reverse = reverseRelation(type);
      if (targetRef !== row.ref || reverse === undefined) continue;
      edges.set(`${reverse} ${other.ref}`, { type: reverse, targetRef: other.ref });
    }
  }
  return [...edges.values()];
}

function matches(facts: Map<string, Set<string | null>>, filters: readonly string[]): boolean {
  const sets = filters.map((filter) => filter.split(',').filter((part) => part !== ''));
  if (sets.every((set) => set.length === 0)) return true;
  return sets.some((set) => {
    if (set.length === 0) return false;
    const keys = new Set(set.map((part) => part.split('=', 1)[0]?.toLowerCase() ?? ''));
    return [...keys].every((key) => {
      const wanted = set
        .filter((part) => part.toLowerCase().startsWith(`${key}=`))
        .map((part) => part.slice(key.length + 1).toLowerCase());
      const present = facts.get(key);
      if (!present) return false;
      return wanted.length === 0 || wanted.some((value) => present.has(value));
    });
  });
}

const name = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const ref = name.map((text) => `component:default/${text}`);
const row: fc.Arbitrary<Row> = fc
  .record({
    name,
    kind: fc.constantFrom('Component', 'API'),
    type: fc.constantFrom('service', 'Website', 'x.y'),
    tags: fc.array(fc.constantFrom('java', 'Go', 'tier.one'), { maxLength: 3 }),
    label: fc.option(fc.constantFrom('one', 'two'), { nil: undefined }),
    relations: fc.array(
      fc.record({ type: fc.constantFrom('ownedBy', 'dependsOn', 'hasMember', 'memberOf'), targetRef: ref }),
      { maxLength: 3 },
    ),
  })
  .map(({ name: text, kind, type, tags, label, relations }) => ({
    id: text.charCodeAt(0),
    ref: `component:default/${text}`,
    entity: {
      apiVersion: 'backstage.io/v1alpha1',
      kind,
      metadata: { name: text, tags, ...(label === undefined ? {} : { labels: { tier: label } }) },
      spec: { type, deep: { list: [{ x: type }, { x: text }] } },
    },
    relations: [...new Map(relations.map((edge) => [`${edge.type} ${edge.targetRef}`, edge])).values()],
  }));

const key = fc.constantFrom(
  ...['kind', 'metadata.name', 'metadata.tags', 'metadata.tags.java', 'metadata.tags.tier.one', 'spec.type'],
  ...['spec.type.x.y', 'metadata.labels.tier', 'spec.deep.list.x', 'relations.ownedBy', 'relations.ownerOf'],
  ...['relations.memberOf', 'relations.dependencyOf', 'nothing', 'Metadata.Namespace'],
);
const value = fc.oneof(
  fc.constantFrom('component', 'java', 'GO', 'true', 'service', 'website', 'one', 'default'),
  name,
  ref,
);
const condition = fc.oneof(
  key,
  fc.tuple(key, value).map(([left, right]) => `${left}=${right}`),
);
const filter = fc.array(condition, { maxLength: 4 }).map((parts) => parts.join(','));

function toIndexed({ id, ref: entityRef, entity, relations }: Row, version: number): IndexedEntity {
  return { id, ref: entityRef, version, uid: `uid-${id}`, facts: flattenFacts(entity), relations };
}

describe('the read index', () => {
  it('answers filters, facets and relations as a walk over all entities does, after any sequence of changes', () => {
    const step = fc.record({
      upserts: fc.uniqueArray(row, { selector: ({ id }) => id }),
      removals: fc.array(name),
    });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 4 }),
        fc.array(filter, { maxLength: 3 }),
        key,
        (steps, filters, facet) => {
          const index = new CatalogReadIndex();
          const rows = new Map<number, Row>();
          steps.forEach(({ upserts, removals }, version) => {
            const removed = removals
              .map((text) => text.charCodeAt(0))
              .filter((id) => !upserts.some((one) => one.id === id));
            index.apply({
              version,
              upserts: upserts.map((one) => toIndexed(one, version)),
              removals: removed,
            });
            for (const id of removed) rows.delete(id);
            for (const one of upserts) rows.set(one.id, one);
          });
          const all = [...rows.values()];
          const expected = all.filter((one) => matches(factsOf(one, all), filters)).map((one) => one.ref);
          const found = index.filter(parseFilters(filters));
          const isFound = (one: Row) => hasBit(found, index.slotOf(one.ref) ?? -1);
          expect(all.filter(isFound).map((one) => one.ref)).toEqual(expected);
          expect(index.size).toBe(all.length);

          const counts = new Map<string, number>();
          for (const one of all.filter(isFound)) {
            for (const text of factsOf(one, all).get(facet.toLowerCase()) ?? []) {
              if (text !== null) counts.set(text, (counts.get(text) ?? 0) + 1);
            }
          }
          const facetCounts = index
            .facet(facet, found)
            .map((entry) => [entry.value.toLowerCase(), entry.count]);
          expect(Object.fromEntries(facetCounts)).toEqual(Object.fromEntries(counts));

          for (const one of all) {
            const edges = index.relationsOf(index.slotOf(one.ref) ?? -1);
            expect(new Set(edges.map((edge) => `${edge.type} ${edge.targetRef}`))).toEqual(
              new Set(edgesOf(one, all).map((edge) => `${edge.type} ${edge.targetRef}`)),
            );
          }
        },
      ),
      { numRuns: 1500 },
    );
  });

  it('shows the first entity in an order that was asked for while nothing was there', () => {
    const index = new CatalogReadIndex();
    const fields = [{ field: 'metadata.name', direction: 'asc' as const }];
    expect(index.order(fields).length).toBe(0);
    const upserts = Array.from({ length: 70 }, (_, id) =>
      toIndexed(
        {
          id,
          ref: `component:default/n${id}`,
          entity: { apiVersion: 'v1', kind: 'Component', metadata: { name: `n${id}` } },
          relations: [],
        },
        1,
      ),
    );
    index.apply({ version: 1, upserts, removals: [] });
    const { members, slots } = index.order(fields);
    expect([...slots].filter((slot) => !hasBit(members, slot))).toEqual([]);
    expect(slots).toHaveLength(70);
  });

  it('keeps sort orders right through changes, and walks them both ways', () => {
    const entity = (id: number, text: string) =>
      toIndexed(
        {
          id,
          ref: `component:default/n${id}`,
          entity: { apiVersion: 'v1', kind: 'Component', metadata: { name: `n${id}`, title: text } },
          relations: [],
        },
        0,
      );
    const titles = fc.array(fc.tuple(fc.integer({ min: 0, max: 30 }), fc.constantFrom('A', 'b', 'B', 'c')), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(titles, fc.constantFrom<'asc' | 'desc'>('asc', 'desc'), (changes, direction) => {
        const fields = [{ field: 'metadata.title', direction }];
        const index = new CatalogReadIndex();
        const rows = new Map<number, string>();
        for (const [id, text] of changes) {
          index.order(fields);
          if (rows.get(id) === text) {
            index.apply({ version: 1, upserts: [], removals: [id] });
            rows.delete(id);
          } else {
            index.apply({ version: 1, upserts: [entity(id, text)], removals: [] });
            rows.set(id, text);
          }
        }
        const order = index.order(fields);
        const found = [...order.slots].map((slot) => index.refOf(slot));
        const sign = direction === 'asc' ? 1 : -1;
        const expected = [...rows]
          .map(([id, text]) => ({ ref: `component:default/n${id}`, text: text.toLowerCase() }))
          .sort((a, b) => (a.text < b.text ? -sign : a.text > b.text ? sign : a.ref < b.ref ? -1 : 1));
        expect(found).toEqual(expected.map((one) => one.ref));
        // A page shows only what is a member, so an entry that is none would be counted and never seen.
        expect([...order.slots].filter((slot) => !hasBit(order.members, slot))).toEqual([]);
        expect(countBits(order.members)).toBe(order.length);
      }),
    );
  });

  it('keeps keys with mostly unique values as columns and answers the same', () => {
    const index = new CatalogReadIndex();
    const upserts = Array.from({ length: 5_000 }, (_, id) =>
      toIndexed(
        {
          id,
          ref: `component:default/n${id}`,
          entity: {
            apiVersion: 'v1',
            kind: 'Component',
            metadata: {
              name: `n${id}`,
              title: `Title ${id}`,
              links: [{ url: `https://a/${id}` }, { url: `https://b/${id}` }],
            },
          },
          relations: [],
        },
        1,
      ),
    );
    index.apply({ version: 1, upserts, removals: [17] });
    const refs = (filters: string[]) => {
      const found = index.filter(parseFilters(filters));
      return upserts
        .map((one) => one.ref)
        .filter((entityRef) => hasBit(found, index.slotOf(entityRef) ?? -1));
    };
    expect(refs(['metadata.title=title 4711'])).toEqual(['component:default/n4711']);
    expect(refs(['metadata.links.url=https://b/3,metadata.name=n3'])).toEqual(['component:default/n3']);
    expect(refs(['metadata.links.url'])).toHaveLength(5_000);
    const all = index.filter([]);
    expect(index.facet('metadata.title', all)).toHaveLength(5_000);
    index.filterByText(all, 'TITLE 499', ['metadata.title']);
    expect(upserts.filter((one) => hasBit(all, index.slotOf(one.ref) ?? -1)).map((one) => one.id)).toEqual([
      499, 4990, 4991, 4992, 4993, 4994, 4995, 4996, 4997, 4998, 4999,
    ]);
    index.apply({ version: 2, upserts: [], removals: [4711] });
    expect(refs(['metadata.title=title 4711'])).toEqual([]);
    expect(index.order([{ field: 'metadata.title', direction: 'desc' }]).length).toBe(4_999);
  });

  it('counts the same for few entities as for all of them', () => {
    const index = new CatalogReadIndex();
    const upserts = Array.from({ length: 3_000 }, (_, id) =>
      toIndexed(
        {
          id,
          ref: `component:default/n${id}`,
          entity: {
            apiVersion: 'v1',
            kind: 'Component',
            metadata: {
              name: `n${id}`,
              tags: [`tag-${id % 700}`, 'all'],
              links: [{ url: 'same' }, { url: 'same' }, { url: `u${id}` }],
            },
          },
          relations: [
            { type: 'ownedBy', targetRef: `group:default/g${id % 5}` },
            { type: 'dependsOn', targetRef: `component:default/n${(id + 1) % 3_000}` },
          ],
        },
        1,
      ),
    );
    index.apply({ version: 1, upserts, removals: [] });
    const few = index.filter(parseFilters(['metadata.name=n7,metadata.name=n8', 'metadata.name=n12']));
    expect(index.facet('metadata.links.url', few)).toEqual([
      { value: 'same', count: 3 },
      { value: 'u12', count: 1 },
      { value: 'u7', count: 1 },
      { value: 'u8', count: 1 },
    ]);
    expect(index.facet('metadata.tags', few)[0]).toEqual({ value: 'all', count: 3 });
    expect(index.facet('relations.ownedBy', few)).toEqual([
      { value: 'group:default/g2', count: 2 },
      { value: 'group:default/g3', count: 1 },
    ]);
    expect(index.facet('relations.dependencyOf', few).map(({ value }) => value)).toEqual([
      'component:default/n11',
      'component:default/n6',
      'component:default/n7',
    ]);
    expect(index.facet('relations.ownedBy', index.filter([]))).toHaveLength(5);
  });
});
