import { createSelectorRule } from './selector-rule.ts';

/** Text becomes nodes through React or through the sanitised documents of packages/docs-renderer. */
export const noRawHtml = createSelectorRule({
  description: 'No text is put into a page as HTML.',
  message: 'Do not insert HTML from text: render nodes, so that what a user wrote stays text.',
  selectors: [
    'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    'Property[key.name="dangerouslySetInnerHTML"]',
    'AssignmentExpression > MemberExpression.left[property.name=/^(innerHTML|outerHTML)$/]',
    'CallExpression[callee.property.name="insertAdjacentHTML"]',
  ],
});
