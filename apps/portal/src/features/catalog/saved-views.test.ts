import { describe, expect, it } from 'vitest';
import { maxSavedViews, moved, viewNameProblem, type SavedView } from './saved-views.ts';

const views: SavedView[] = ['a', 'b', 'c'].map((name) => ({ name, search: `?q=${name}` }));
const names = (list: SavedView[]) => list.map(({ name }) => name).join('');

describe('saved views', () => {
  it('move a place at a time and stop at the ends', () => {
    expect(names(moved(views, 'c', -1))).toBe('acb');
    expect(names(moved(views, 'a', 1))).toBe('bac');
    expect(names(moved(views, 'a', -1))).toBe('abc');
    expect(names(moved(views, 'c', 1))).toBe('abc');
    expect(names(moved(views, 'unknown', 1))).toBe('abc');
  });

  it('have names that are there, short enough and not taken', () => {
    expect(viewNameProblem('  ', views)).toContain('Give the view a name');
    expect(viewNameProblem('x'.repeat(61), views)).toContain('At most 60');
    expect(viewNameProblem(' b ', views)).toContain('called “b” already');
    expect(viewNameProblem('b', views, 'b')).toBeUndefined();
    expect(viewNameProblem('d', views)).toBeUndefined();
    const many = Array.from({ length: maxSavedViews }, (_, index) => ({ name: `${index}`, search: '' }));
    expect(viewNameProblem('d', many)).toContain('delete one first');
    expect(viewNameProblem('d', many, '3')).toBeUndefined();
  });
});
