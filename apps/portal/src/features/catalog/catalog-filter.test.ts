import { describe, expect, test } from 'vitest';
import { filterParameter, hasFilters, textParameter, type CatalogFilter } from './catalog-filter.ts';

const filter = (change: Partial<CatalogFilter> = {}): CatalogFilter => ({
  kind: '',
  q: '',
  type: [],
  lifecycle: [],
  owner: [],
  system: [],
  tag: [],
  namespace: [],
  source: [],
  ...change,
});

describe('filterParameter', () => {
  test('nothing chosen is no filter', () => {
    expect(filterParameter(filter())).toBeUndefined();
  });

  test('values of one property repeat its key, properties follow each other', () => {
    expect(
      filterParameter(
        filter({ kind: 'component', type: ['service', 'library'], owner: ['group:default/a'] }),
      ),
    ).toEqual(['kind=component,spec.type=service,spec.type=library,relations.ownedBy=group:default/a']);
  });

  test('leaves out the property whose values are counted', () => {
    const chosen = filter({ kind: 'api', type: ['openapi'], tag: ['x'] });
    expect(filterParameter(chosen, 'type')).toEqual(['kind=api,metadata.tags=x']);
    expect(filterParameter(chosen, 'kind')).toEqual(['spec.type=openapi,metadata.tags=x']);
  });

  test('a list of references is an alternative for each, with the other conditions in all of them', () => {
    const starred = filter({ lifecycle: ['production'], refs: ['component:default/a', 'api:fleet/b'] });
    expect(filterParameter(starred)).toEqual([
      'spec.lifecycle=production,kind=component,metadata.namespace=default,metadata.name=a',
      'spec.lifecycle=production,kind=api,metadata.namespace=fleet,metadata.name=b',
    ]);
  });

  test('references outside of the kind or the namespace are left out', () => {
    const starred = filter({
      kind: 'api',
      namespace: ['fleet'],
      refs: ['component:fleet/a', 'api:fleet/b', 'api:default/c'],
    });
    expect(filterParameter(starred)).toEqual(['kind=api,metadata.namespace=fleet,metadata.name=b']);
  });

  test('no reference at all matches nothing, never everything', () => {
    expect(filterParameter(filter({ refs: [] }))).toEqual(['metadata.name=!none']);
  });
});

test('a blank text asks for no text', () => {
  expect(textParameter('  ')).toEqual({});
  expect(textParameter(' led ')).toMatchObject({ fullTextFilterTerm: 'led' });
});

test('a kind alone is not a filter to clear', () => {
  expect(hasFilters(filter({ kind: 'api' }))).toBe(false);
  expect(hasFilters(filter({ q: 'x' }))).toBe(true);
  expect(hasFilters(filter({ tag: ['x'] }))).toBe(true);
});
