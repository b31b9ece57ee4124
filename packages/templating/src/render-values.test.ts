import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateRenderer, type TemplateValue } from 'nunjitsu';
import { describe, expect, it } from 'vitest';
import { renderValues } from './render-values.ts';
import { createTemplateFilters } from './template-filters.ts';
import { TemplateProblemError, type TemplateProblem } from './template-problem.ts';

const renderer = createTemplateRenderer({
  filters: createTemplateFilters({
    hostTypeOf: (host) => (host === 'github.com' ? 'github' : undefined),
    parseRef: parseEntityRef,
  }),
});
const context = renderer.prepareContext({
  parameters: {
    repoUrl: 'github.com?owner=team&repo=cart',
    elsewhere: 'git.example.com?owner=a&repo=b',
    count: 3,
    isPublic: false,
    tags: ['a', 'b'],
    owner: { name: 'team', members: [{ name: 'Robin' }] },
  },
});
const render = (value: TemplateValue) => renderValues(value, { renderer, context });

function problemOf(value: TemplateValue): TemplateProblem {
  try {
    render(value);
  } catch (error) {
    if (error instanceof TemplateProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was rendered.');
}

describe('renderValues', () => {
  it.each<[string, TemplateValue]>([
    ['${{ parameters.count }}', 3],
    ['${{ parameters.isPublic }}', false],
    ['${{ parameters.tags }}', ['a', 'b']],
    ['${{ parameters.count > 2 }}', true],
    ['${{ "3" }}', '3'],
    ['no. ${{ parameters.count }}', 'no. 3'],
    ['${{ parameters.tags | join(",") }}', 'a,b'],
  ])('gives %s the type of its expression', (text, expected) => {
    expect(render(text)).toEqual(expected);
  });

  it('leaves out of a mapping what becomes nothing, and keeps places in a list', () => {
    expect(render('${{ parameters.missing }}')).toBeUndefined();
    expect(
      render({ gone: '${{ parameters.missing }}', list: ['${{ parameters.missing }}', 1], kept: null }),
    ).toEqual({ list: [null, 1], kept: null });
  });

  it('has the filters of the scaffolder', () => {
    expect(render('${{ parameters.repoUrl | parseRepoUrl }}')).toEqual({
      host: 'github.com',
      owner: 'team',
      repo: 'cart',
    });
    expect(render('${{ parameters.repoUrl | projectSlug }}')).toBe('team/cart');
    expect(render('${{ "component:cart" | parseEntityRef }}')).toEqual({
      kind: 'component',
      namespace: 'default',
      name: 'cart',
    });
    expect(
      render('${{ "cart" | parseEntityRef({ defaultKind: "api", defaultNamespace: "shop" }) }}'),
    ).toEqual({
      kind: 'api',
      namespace: 'shop',
      name: 'cart',
    });
    expect(render('${{ parameters.owner | pick("members[0].name") }}')).toBe('Robin');
    expect(render('${{ parameters.owner | pick("constructor.name") }}')).toBeUndefined();
  });

  it('says where in the value and in the text an expression fails, and why', () => {
    expect(problemOf({ input: ['fine', { url: '${{ parameters.elsewhere | parseRepoUrl }}' }] })).toEqual({
      code: 'template.evaluation',
      message: expect.stringContaining(
        'No integration is configured for the host git.example.com.',
      ) as string,
      hint: expect.any(String) as string,
      at: ['input', 1, 'url'],
      line: 1,
      column: expect.any(Number) as number,
    });
    expect(problemOf('${{ parameters.count | nope }}')).toMatchObject({
      message: 'Unknown template filter "nope"',
      at: [],
    });
    expect(problemOf('${{ parameters.( }}').code).toBe('template.syntax');
    expect(problemOf('{% for i in range(0, 100000000) %}x{% endfor %}').code).toBe('template.limit');
  });

  it('refuses a value that nests too deep, and keys that reach a prototype', () => {
    let deep: TemplateValue = 'end';
    for (let level = 0; level < 60; level += 1) deep = [deep];
    expect(problemOf(deep).code).toBe('template.too-deep');
    expect(problemOf(JSON.parse('{"a":{"__proto__":{"x":1}}}') as TemplateValue)).toMatchObject({
      code: 'template.bad-key',
      at: ['a'],
    });
  });
});
