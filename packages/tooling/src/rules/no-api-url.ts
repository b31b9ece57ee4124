import { createSelectorRule } from './selector-rule.ts';

/** Paths of the API are written in packages/contracts only, as endpoint objects. */
export const noApiUrl = createSelectorRule({
  description: 'Paths of the API are written in packages/contracts only.',
  message: "Do not write '/api/…' here: use the endpoint object of packages/contracts.",
  selectors: [
    'Literal[value=/^\\u002Fapi\\u002F/]',
    'TemplateLiteral > TemplateElement.quasis:first-child[value.raw=/^\\u002Fapi\\u002F/]',
  ],
});
