import { describe, expect, it } from 'vitest';
import { targetLeadsTo } from './descriptor-paths.ts';

describe('a target of a Location', () => {
  it.each([
    ['all.yaml', './one.yaml', 'one.yaml', true],
    ['teams/all.yaml', 'one.yaml', 'teams/one.yaml', true],
    ['teams/all.yaml', '../one.yaml', 'one.yaml', true],
    ['teams/all.yaml', '/one.yaml', 'one.yaml', true],
    ['teams/all.yaml', './*/catalog-info.yaml', 'teams/a/catalog-info.yaml', true],
    ['teams/all.yaml', './**/catalog-info.yaml', 'teams/a/b/catalog-info.yaml', true],
    ['teams/all.yaml', './*/catalog-info.yaml', 'teams/a/b/catalog-info.yaml', false],
    ['teams/all.yaml', 'one.yaml', 'one.yaml', false],
    ['all.yaml', '../one.yaml', 'one.yaml', false],
    ['all.yaml', '../**', 'one.yaml', false],
    ['all.yaml', 'https://example.com/one.yaml', 'one.yaml', false],
    ['all.yaml', `${'*'.repeat(600)}`, 'one.yaml', false],
    ['all.yaml', '[odd].yaml', '[odd].yaml', true],
  ])('in %s, %s leads to %s: %s', (from, target, file, expected) => {
    expect(targetLeadsTo(from, target, file)).toBe(expected);
  });
});
