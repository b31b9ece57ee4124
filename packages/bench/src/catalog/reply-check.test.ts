import { describe, expect, it } from 'vitest';
import { explainBadReply } from './reply-check.ts';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { uid: 'u', etag: 'e', name: 'payments', namespace: 'default' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/team' }],
};
const page = (items: unknown[], totalItems: number) => JSON.stringify({ items, totalItems, pageInfo: {} });
const facets = (values: unknown[]) => JSON.stringify({ facets: { 'spec.type': values } });
const fields = ['title', 'text', 'location', 'kind', 'namespace', 'name', 'entityRef', 'componentType'];
const document = Object.fromEntries([...fields, 'lifecycle', 'owner'].map((field) => [field, field]));
const search = (numberOfResults: number) =>
  JSON.stringify({
    results: numberOfResults === 0 ? [] : [{ type: 'software-catalog', rank: 1, document, isFuzzy: false }],
    ...{ numberOfResults, kinds: [] },
  });
const graph = (edges: unknown[]) =>
  JSON.stringify({ rootRefs: [], nodes: [], edges, totalNodes: 0, omitted: [] });

describe('explainBadReply', () => {
  it('accepts replies that hold what was asked for', () => {
    expect(explainBadReply('page', 200, page([entity], 1))).toBeUndefined();
    expect(explainBadReply('entity', 200, JSON.stringify(entity))).toBeUndefined();
    expect(explainBadReply('search', 200, search(1))).toBeUndefined();
    expect(explainBadReply('graph', 200, graph([{ source: 'a', target: 'b', type: 'c' }]))).toBeUndefined();
    expect(explainBadReply('facets', 200, facets([{ value: 'service', count: 1 }]))).toBeUndefined();
  });

  it('leaves a server that is too busy to the count of failures', () => {
    expect(explainBadReply('page', 503, '{"code":"server.overloaded"}')).toBeUndefined();
  });

  it.each([
    ['an error, with its body', 'page', 400, '{"code":"catalog.bad-filter"}', /status 400.*bad-filter/],
    ['a page without items', 'page', 200, page([], 7), /empty page/],
    ['a total below the items of the page', 'page', 200, page([entity, entity], 1), /2 items of 1/],
    ['an entity without relations', 'entity', 200, JSON.stringify({ ...entity, relations: [] }), /relations/],
    ['a facet without values', 'facets', 200, facets([]), /no values of spec\.type/],
    ['a search without results', 'search', 200, search(0), /no results/],
    ['a graph without relations', 'graph', 200, graph([]), /without relations/],
    ['another shape', 'page', 200, '{"entities":[]}', /no reply of the contract/],
    ['no JSON', 'entity', 200, '<html>', /no reply of the contract/],
  ] as const)('refuses %s', (_, kind, status, body, reason) => {
    expect(explainBadReply(kind, status, body)).toMatch(reason);
  });
});
