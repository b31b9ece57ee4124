import { describe, expect, it } from 'vitest';
import type { CatalogFilter } from './catalog-filter.ts';
import { exportAddress } from './export-address.ts';

const filter: CatalogFilter = {
  kind: 'component',
  q: ' pay ',
  type: ['service'],
  lifecycle: [],
  owner: [],
  system: [],
  tag: [],
  namespace: [],
  source: [],
};
const queryOf = (address: string) => new URL(address, 'http://localhost').searchParams;

describe('the address of an export', () => {
  it('asks for what the list shows: filter, text, order and columns', () => {
    const query = queryOf(
      exportAddress({ filter, sort: '-lifecycle', columns: ['owner', 'tags'], format: 'csv' }),
    );
    expect(query.get('filter')).toBe('kind=component,spec.type=service');
    expect(query.get('fullTextFilterTerm')).toBe('pay');
    expect(query.get('orderField')).toBe('spec.lifecycle,desc');
    expect(query.get('format')).toBe('csv');
    expect(query.get('columns')).toBe(
      'kind,metadata.namespace,metadata.name,metadata.title,metadata.description,spec.owner,metadata.tags',
    );
  });

  it('has the columns of the kind where nobody chose, each path once, and none for whole entities', () => {
    const columns = queryOf(exportAddress({ filter, sort: '', columns: undefined, format: 'csv' })).get(
      'columns',
    );
    expect(columns?.split(',')).toEqual([...new Set(columns?.split(','))]);
    expect(columns).toContain('spec.system');
    expect(
      queryOf(exportAddress({ filter, sort: '', columns: undefined, format: 'json' })).has('columns'),
    ).toBe(false);
  });

  it('matches nothing for an empty set of references, not everything', () => {
    const query = queryOf(
      exportAddress({ filter: { ...filter, refs: [] }, sort: '', columns: [], format: 'csv' }),
    );
    expect(query.get('filter')).toBe('metadata.name=!none');
  });
});
