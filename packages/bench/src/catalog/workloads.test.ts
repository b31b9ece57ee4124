import { describe, expect, it } from 'vitest';
import { countKinds, generateEntities } from '../catalog-generator/entities.ts';
import { CatalogSampler, type CatalogSample } from '../catalog-generator/sample.ts';
import { seededRandom } from '../catalog-generator/seeded-random.ts';
import {
  byNamePaths,
  facetPaths,
  fullTextPaths,
  graphPaths,
  kindTypeFilters,
  ownedByFilters,
  pagePaths,
  rotatePages,
  rotationSize,
  searchPaths,
} from './workloads.ts';

function sampleOf(entities: number): CatalogSample {
  const counts = countKinds(entities);
  const sampler = new CatalogSampler();
  for (const entity of generateEntities(counts, seededRandom(1))) sampler.observe(entity);
  return sampler.sample(counts);
}

function parametersOf(path: string): URLSearchParams {
  return new URL(path, 'http://localhost').searchParams;
}

describe('rotatePages', () => {
  it('takes the first page of every list before the second page of any', () => {
    const lists = [
      { filter: 'a', totalItems: 10_000 },
      { filter: 'b', totalItems: 30 },
    ];
    expect(rotatePages(lists).slice(0, 5)).toEqual([
      { filter: 'a', offset: 0 },
      { filter: 'b', offset: 0 },
      { filter: 'a', offset: 20 },
      { filter: 'b', offset: 20 },
      { filter: 'a', offset: 40 },
    ]);
  });

  it('stops at the size of a rotation', () => {
    const lists = Array.from({ length: 600 }, (_, index) => ({ filter: String(index), totalItems: 50 }));
    expect(rotatePages(lists)).toHaveLength(rotationSize);
  });

  it('lets pages overlap where full pages would be too few', () => {
    const pages = rotatePages([{ filter: 'a', totalItems: 1_000 }]);
    expect(pages).toHaveLength(rotationSize);
    expect(pages[1]).toEqual({ filter: 'a', offset: 2 });
  });

  it('never asks for a page that would be empty', () => {
    const pages = rotatePages([
      { filter: 'none', totalItems: 0 },
      { filter: 'three', totalItems: 3 },
    ]);
    expect(pages).toEqual([
      { filter: 'three', offset: 0 },
      { filter: 'three', offset: 1 },
      { filter: 'three', offset: 2 },
    ]);
  });

  it('gives nothing for no lists', () => {
    expect(rotatePages([])).toEqual([]);
  });
});

describe.each([1_000, 10_000])('the rotations of %i entities', (entities) => {
  const sample = sampleOf(entities);

  it.each([
    ['full text', fullTextPaths(sample)],
    ['by name', byNamePaths(sample)],
    ['facets', facetPaths(sample)],
    ['search', searchPaths(sample)],
    ['graph', graphPaths(sample)],
  ])('are five hundred different requests: %s', (_, paths) => {
    expect(paths).toHaveLength(rotationSize);
    expect(new Set(paths).size).toBe(rotationSize);
  });

  it.each([
    ['by query', kindTypeFilters(sample)],
    ['owned by', ownedByFilters(sample)],
  ])('are five hundred different pages of lists: %s', (_, filters) => {
    expect(new Set(filters).size).toBe(filters.length);
    const paths = pagePaths(
      filters.map((filter) => ({ filter, totalItems: 1 + rotationSize / filters.length })),
    );
    expect(new Set(paths).size).toBe(paths.length);
    expect(paths.length).toBeGreaterThan(rotationSize * 0.9);
  });
});

describe('the requests', () => {
  const sample = sampleOf(1_000);

  it('ask for pages of twenty, by kind and type, ordered by name', () => {
    const [path = ''] = pagePaths([{ filter: kindTypeFilters(sample)[0] ?? '', totalItems: 1 }]);
    expect(Object.fromEntries(parametersOf(path))).toEqual({
      filter: expect.stringMatching(/^kind=[a-z]+,spec\.type=\S+$/),
      orderField: 'metadata.name,asc',
      limit: '20',
    });
  });

  it('ask for a word in name, title and description', () => {
    const parameters = parametersOf(fullTextPaths(sample)[0] ?? '');
    expect(parameters.get('fullTextFilterTerm')).toBe(sample.words[0]);
    expect(parameters.get('fullTextFilterFields')).toBe('metadata.name,metadata.title,metadata.description');
  });

  it('ask for the facets of type and owner under a kind and owners that have some of it', () => {
    const parameters = parametersOf(facetPaths(sample)[0] ?? '');
    const { kind, owner } = sample.kindTypeOwners[0] ?? {};
    expect(parameters.getAll('facet')).toEqual(['spec.type', 'relations.ownedBy']);
    expect(parameters.get('filter')).toContain(
      `kind=${kind?.toLowerCase()},relations.ownedBy=group:default/${owner}`,
    );
  });

  it('search for beginnings, words and misspelt words, and ask for neighbourhoods', () => {
    const terms = searchPaths(sample).map((path) => parametersOf(path).get('term') ?? '');
    const names = sample.components.map((name) => name.split('-')[0] ?? '');
    expect(sample.components[0]).toContain(terms[0]);
    expect(sample.words).toContain(terms[2]);
    expect(names).not.toContain(terms[3]?.split(' ')[0]);
    expect([...(terms[3] ?? '')].sort().join('')).toBe(
      [...`${names[3]} ${sample.components[3]?.split('-')[2]}`].sort().join(''),
    );
    expect(parametersOf(graphPaths(sample)[0] ?? '').get('root')).toBe(
      `component:default/${sample.components[0]}`,
    );
  });

  it('ask for entities by their names', () => {
    expect(byNamePaths(sample)[0]).toBe(
      `/api/catalog/entities/by-name/component/default/${sample.components[0]}`,
    );
  });
});
