import { createSelectorRule } from './selector-rule.ts';

/** The environment is read once, at start, by the configuration. */
export const noProcessEnv = createSelectorRule({
  description: 'The environment is read by the configuration and by scripts only.',
  message: 'Do not read the environment here: take the value from the configuration, as an argument.',
  selectors: [
    'MemberExpression[object.name="process"][property.name="env"]',
    'MemberExpression[object.name="process"][property.value="env"]',
    'MemberExpression[object.property.name="process"][property.name="env"]',
    'VariableDeclarator[init.name="process"] > ObjectPattern > Property[key.name="env"]',
    'ImportDeclaration[source.value=/^(node:)?process$/] > ImportSpecifier[imported.name="env"]',
  ],
});
