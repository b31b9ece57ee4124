import { createSelectorRule } from './selector-rule.ts';

/** `node:vm` runs text as code and is no security boundary, as its own documentation says. */
export const noVm = createSelectorRule({
  description: 'node:vm is not used: it runs text as code and isolates nothing.',
  message: 'Do not use node:vm: it is no sandbox. Expressions are evaluated by packages/templating.',
  selectors: [
    'ImportDeclaration[source.value=/^(node:)?vm$/]',
    'ImportExpression[source.value=/^(node:)?vm$/]',
    'CallExpression[callee.name="require"][arguments.0.value=/^(node:)?vm$/]',
  ],
});
