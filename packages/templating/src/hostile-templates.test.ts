import { parseEntityRef } from '@backstage/catalog-model';
import { createTemplateRenderer } from 'nunjitsu';
import { afterEach, describe, expect, it } from 'vitest';
import { explainRenderFailure } from './render-values.ts';
import { createTemplateFilters } from './template-filters.ts';

/** What reaches the host in an engine that makes JavaScript of a template. */
const escapes = [
  '${{ "".constructor.constructor("return process")() }}',
  '${{ {}.constructor.constructor("return process")() }}',
  '${{ values.constructor.constructor("return process")() }}',
  '${{ range.constructor("return process")() }}',
  '${{ cycler.constructor("return process")() }}',
  '${{ ("a" | upper).constructor.constructor("return process")() }}',
  '${{ values["con" ~ "structor"]["con" ~ "structor"]("return process")() }}',
  '${{ [].map.constructor("return process")() }}',
  '${{ (1).constructor.constructor("return process")() }}',
  '${{ process.binding("fs") }}',
  '${{ process.getBuiltinModule("child_process").execSync("id") }}',
  '${{ global.process.exit() }}',
  '${{ require("child_process").execSync("id") }}',
  '{% set x = values.__proto__ %}${{ x.polluted("yes") }}',
  '${{ values.__defineGetter__("a", range) }}',
  '{% include "/etc/passwd" %}',
  '{% import "/etc/passwd" as p %}${{ p }}',
  '{% extends "/etc/passwd" %}',
  '${{ values | pick("constructor.constructor")("return process")() }}',
];

/** What occupies an engine without limits for ever, or fills its memory. */
const exhaustions = [
  '{% for i in range(0, 1000000000) %}{% for j in range(0, 1000000000) %}x{% endfor %}{% endfor %}',
  '{% macro f() %}${{ f() }}{% endmacro %}${{ f() }}',
  '{% set s = "xxxxxxxxxx" %}{% for i in range(0, 60) %}{% set s = s ~ s %}{% endfor %}${{ s }}',
  '{% set a = [1] %}{% for i in range(0, 60) %}{% set a = [a, a] %}{% endfor %}${{ a | dump }}',
  '${{ "x" | center(500000000) }}',
  '${{ "x" | indent(500000000, true) }}',
  '{% for i in range(0, 100000000) %}xxxxxxxxxx{% endfor %}',
  '${{ range(0, 4000000000) | join }}',
  `\${{ ${'('.repeat(20_000)}1${')'.repeat(20_000)} }}`,
  `${'{% if true %}'.repeat(20_000)}x${'{% endif %}'.repeat(20_000)}`,
  '${{ "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" | replace(r/^(a+)+$/, "x") }}',
  '${{ "xxxxxxxxxx" | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") | replace("x", "xxxxxxxxxx") }}',
];

const renderer = createTemplateRenderer({
  filters: createTemplateFilters({ hostTypeOf: () => undefined, parseRef: parseEntityRef }),
});

describe('a hostile template', () => {
  afterEach(() => {
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  it.each([...escapes, ...exhaustions].map((source) => [source.slice(0, 80), source]))(
    'ends in a verdict: %s',
    (_, source) => {
      let outcome: string;
      try {
        outcome = renderer.render(source, { values: { name: 'cart' } });
      } catch (error) {
        outcome = explainRenderFailure(error).code;
      }
      expect(['template.syntax', 'template.evaluation', 'template.limit']).toContain(outcome);
    },
  );
});
