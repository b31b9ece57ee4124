import type { TemplateSummary } from '@waymark/contracts';
import { expect, it } from 'vitest';
import type { GalleryState } from '../../../lib/scaffolder/gallery-search.ts';
import { facetCounts, ownerRef, shownTemplates } from './shown-templates.ts';

const template = (name: string, rest: Partial<TemplateSummary> = {}): TemplateSummary => ({
  ...{
    ref: `template:default/${name}`,
    title: name,
    type: 'service',
    tags: [],
    runCount: 0,
    problemCount: 0,
  },
  ...rest,
});
const state = (rest: Partial<GalleryState> = {}): GalleryState => ({
  ...{ q: '', type: [], tag: [], owner: [], set: null, sort: 'name' },
  ...rest,
});
const templates = [
  template('b', { tags: ['node'], runCount: 2, owner: 'platform' }),
  template('a', { type: 'website', description: 'Static pages', owner: 'group:default/web' }),
  template('c', { tags: ['node', 'go'], runCount: 9 }),
];
const names = (rest: Partial<GalleryState>, starred: string[] = []) =>
  shownTemplates(templates, state(rest), new Set(starred)).map(({ title }) => title);

it('orders by name or by use', () => {
  expect(names({})).toEqual(['a', 'b', 'c']);
  expect(names({ sort: 'used' })).toEqual(['c', 'b', 'a']);
});

it('finds words in names, descriptions, types and tags, all of them', () => {
  expect(names({ q: 'STATIC web' })).toEqual(['a']);
  expect(names({ q: 'node go' })).toEqual(['c']);
  expect(names({ q: 'nothing' })).toEqual([]);
});

it('takes any value of a facet, but every facet', () => {
  expect(names({ tag: ['go', 'node'] })).toEqual(['b', 'c']);
  expect(names({ tag: ['node'], owner: ['group:default/platform'] })).toEqual(['b']);
  expect(names({ set: 'starred' }, ['template:default/a'])).toEqual(['a']);
});

it('counts a facet among what the others leave, and keeps what is chosen', () => {
  expect(facetCounts(templates, 'tag', state({ type: ['website'], tag: ['go'] }), new Set())).toEqual([
    { value: 'go', count: 0 },
  ]);
  expect(facetCounts(templates, 'tag', state(), new Set())).toEqual([
    { value: 'node', count: 2 },
    { value: 'go', count: 1 },
  ]);
});

it('completes the owner of a template', () => {
  expect(ownerRef(template('x', { ref: 'template:pay/x', owner: 'team' }))).toBe('group:pay/team');
  expect(ownerRef(template('x'))).toBeUndefined();
});
