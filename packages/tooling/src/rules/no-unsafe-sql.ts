import { createSelectorRule } from './selector-rule.ts';

/** Values reach SQL as parameters. Whoever must build SQL from parts says why in a suppression. */
export const noUnsafeSql = createSelectorRule({
  description: 'SQL is a constant text with parameters.',
  message: 'Do not build SQL from strings: give values as parameters ($1, or the $queryRaw tag).',
  selectors: [
    'MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]',
    'ObjectPattern > Property[key.name=/^\\$(query|execute)RawUnsafe$/]',
    'MemberExpression[object.name="Prisma"][property.name="raw"]',
    'CallExpression[callee.property.name="query"] > TemplateLiteral.arguments:first-child[expressions.length>0]',
    'CallExpression[callee.property.name="query"] > BinaryExpression.arguments:first-child[operator="+"]',
  ],
});
