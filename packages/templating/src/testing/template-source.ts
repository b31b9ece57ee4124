import fc from 'fast-check';

/** What generated templates may name. */
export const templateContext = {
  values: {
    name: 'payment-api',
    title: 'Payment API',
    count: 3,
    ratio: 0.5,
    zero: 0,
    yes: true,
    no: false,
    empty: '',
    nothing: null,
    tags: ['java', 'payments', 'tier-1'],
    numbers: [3, 1, 2],
    blank: [],
    owner: { name: 'team-a', lead: { name: 'Robin' } },
    rows: [
      { name: 'b', size: 2 },
      { name: 'a', size: 1 },
    ],
  },
};

const texts = ['name', 'title', 'empty', 'owner.name', 'owner.lead.name', 'tags[0]', 'rows[1].name'];
const numbers = ['count', 'ratio', 'zero', 'numbers[0]', 'rows[0].size'];
const lists = ['tags', 'numbers', 'blank'];
const others = ['yes', 'no', 'nothing', 'missing', 'owner.missing', 'missing.deeper'];

const path = (names: string[]) => fc.constantFrom(...names.map((name) => `values.${name}`));

const text = fc.oneof(
  path(texts),
  fc.constantFrom('"x"', "'a b'", '"-"', '""', '"ä ö"', '"<b>&"', '"1"', '"line\\nbreak"'),
);
const number = fc.oneof(path(numbers), fc.integer({ min: 0, max: 20 }).map(String));
const list = fc.oneof(path(lists), fc.constantFrom('[1, 2, 3]', '["b", "a"]', '[]'));

/** Filters that take and give texts. */
const textFilters = fc.constantFrom(
  'upper',
  'lower',
  'capitalize',
  'title',
  'trim',
  'length',
  'urlencode',
  'replace("a", "b")',
  'replace(" ", "-")',
  'default("fallback")',
  'default("fallback", true)',
  'truncate(5)',
  'indent(2)',
  'string',
  'dump',
  'reverse',
  'wordcount',
);
/**
 * Their result is an object in Nunjucks, which other filters take apart or count the properties of; here it is a text.
 * Nothing that a template means by them differs, so they come last.
 */
const lastTextFilters = fc.oneof(textFilters, fc.constantFrom('escape', 'nl2br', 'safe'));
const numberFilters = fc.constantFrom('abs', 'round', 'int', 'float', 'string', 'dump', 'default(7)');
const listFilters = fc.constantFrom(
  'join(", ")',
  'first',
  'last',
  'length',
  'sort',
  'reverse',
  'dump',
  'list',
  'join',
);

const condition = fc.oneof(
  path([...others, ...texts, ...numbers, ...lists]),
  fc.tuple(number, fc.constantFrom('<', '>', '<=', '>=', '==', '!='), number).map((parts) => parts.join(' ')),
  fc.tuple(text, fc.constantFrom('==', '!=', '===', '!=='), text).map((parts) => parts.join(' ')),
  fc.tuple(text, list).map(([item, whole]) => `${item} in ${whole}`),
  path(others).map((name) => `${name} is defined`),
  path(numbers).map((name) => `${name} is odd`),
);
const combined = fc.oneof(
  condition,
  condition.map((one) => `not (${one})`),
  fc.tuple(condition, fc.constantFrom('and', 'or'), condition).map(([a, word, b]) => `(${a}) ${word} (${b})`),
);

const expression = fc.oneof(
  text,
  number,
  path(others),
  fc.tuple(text, lastTextFilters).map((parts) => parts.join(' | ')),
  fc.tuple(text, textFilters, lastTextFilters).map(([value, one, two]) => `${value} | ${one} | ${two}`),
  fc.tuple(number, numberFilters).map((parts) => parts.join(' | ')),
  fc.tuple(list, listFilters).map((parts) => parts.join(' | ')),
  fc.tuple(number, fc.constantFrom('+', '-', '*'), number).map((parts) => parts.join(' ')),
  fc.tuple(text, number).map((parts) => parts.join(' ~ ')),
  fc.tuple(text, combined, text).map(([yes, when, no]) => `${yes} if ${when} else ${no}`),
  combined.map((one) => `(${one})`),
);

const plain = fc.constantFrom(
  '',
  'text',
  ' ',
  '\n',
  'a: b\n',
  '  - ',
  '$ {',
  '{ {',
  'ünïcode ✓',
  '\t',
  '"quoted"',
);
const dash = fc.constantFrom('', '-');

/** Sources of templates in the subset that skeletons and templates use, nested a few levels. */
export const templateSource = fc.letrec<{ part: string; body: string }>((tie) => ({
  part: fc.oneof(
    { maxDepth: 3 },
    plain,
    fc.tuple(dash, expression, dash).map(([left, inner, right]) => `\${{${left} ${inner} ${right}}}`),
    fc.constantFrom(
      '{# comment #}',
      '{% raw %}${{ kept }}{% endraw %}',
      '{% set x = values.count %}${{ x }}',
    ),
    fc
      .tuple(dash, combined, tie('body'), combined, tie('body'), tie('body'))
      .map(
        ([trim, a, one, b, two, three]) =>
          `{%${trim} if ${a} %}${one}{% elif ${b} ${trim}%}${two}{%${trim} else %}${three}{% endif ${trim}%}`,
      ),
    fc
      .tuple(list, tie('body'), fc.constantFrom('', '{% else %}nothing'))
      .map(
        ([whole, body, otherwise]) =>
          `{% for item in ${whole} %}\${{ loop.index }}:\${{ item }}${body}{% if not loop.last %},{% endif %}${otherwise}{% endfor %}`,
      ),
    tie('body').map(
      (body) => `{% for row in values.rows %}\${{ row.name }}=\${{ row.size }}${body}{% endfor %}`,
    ),
  ),
  body: fc.array(tie('part'), { maxLength: 3 }).map((parts) => parts.join('')),
})).body;
