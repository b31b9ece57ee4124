import { describe, expect, it } from 'vitest';
import { readTemplateNames } from './template-names.ts';

describe('readTemplateNames', () => {
  it('finds filters and functions, also where nothing is rendered', () => {
    const source = `{% if false %}\${{ values.a | shout | upper(1) }}{% endif %}
      {% for one in values.list %}\${{ uuid() | roadie.parse }}{% endfor %}
      {% filter wrap(80) %}text{% endfilter %}{% if shiny(values.b | pick("c")) %}{% endif %}`;
    const { filters, functions } = readTemplateNames(source);
    expect(filters.toSorted()).toEqual(['pick', 'roadie.parse', 'shout', 'upper', 'wrap']);
    expect(functions.toSorted()).toEqual(['shiny', 'uuid']);
  });

  it('leaves out what the template makes itself, methods, and what only looks like an expression', () => {
    const source = `{% macro box(text) %}[\${{ text }}]{% endmacro %}{% set twice = values.a %}
      \${{ box("x") }}\${{ twice() }}\${{ values.name.replace("a", "b") }}{% raw %}\${{ a | nope }}{% endraw %}{# | no #}{{ b | no }}`;
    expect(readTemplateNames(source)).toEqual({ filters: [], functions: [] });
  });

  it('reads the tags of cookiecutter', () => {
    const source = '{{ cookiecutter.name | slugify }} ${ x | kept }';
    expect(readTemplateNames(source, { cookiecutterCompat: true }).filters).toEqual(['slugify']);
  });

  it('names nothing for what cannot be parsed', () => {
    const nothing = { filters: [], functions: [] };
    expect(readTemplateNames('${{ a | }}')).toEqual(nothing);
    expect(readTemplateNames(`\${{ ${'('.repeat(50_000)} }}`)).toEqual(nothing);
  });
});
