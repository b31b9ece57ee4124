import { createTemplateRenderer } from 'nunjitsu';
import nunjucks from 'nunjucks';
import { describe, expect, it } from 'vitest';
import { knownFilters, knownFunctions } from './known-names.ts';

describe('the names that templates may use', () => {
  it('are those of Nunjucks and Backstage, and the engine has each filter', () => {
    // The published types leave both tables out.
    const { filters, globals } = new nunjucks.Environment() as unknown as Record<
      'filters' | 'globals',
      Record<string, unknown>
    >;
    const ofBackstage = ['parseRepoUrl', 'parseEntityRef', 'pick', 'projectSlug'];
    expect([...knownFilters].sort()).toEqual([...Object.keys(filters), ...ofBackstage].sort());
    expect([...knownFunctions].sort()).toEqual([...Object.keys(globals), 'always', 'failure'].sort());
    const renderer = createTemplateRenderer();
    for (const name of Object.keys(filters)) {
      expect(() => renderer.render(`\${{ "" | ${name} | string | length }}`, {}), name).not.toThrow(
        /unknown/i,
      );
    }
  });
});
