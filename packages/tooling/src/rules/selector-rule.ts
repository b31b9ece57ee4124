import type { Rule } from 'eslint';

/** A rule that is fully said by selectors over the syntax tree and one sentence about what to do instead. */
export interface SelectorRule {
  /** What the rule demands, for its documentation. */
  description: string;
  /** Told to the author of a match: what is wrong and what to do. */
  message: string;
  /** ESLint selectors (https://eslint.org/docs/latest/extend/selectors); any match is a report. */
  selectors: readonly string[];
}

/** Makes an ESLint rule that reports every node that one of the selectors matches. */
export function createSelectorRule({ description, message, selectors }: SelectorRule): Rule.RuleModule {
  return {
    meta: { type: 'problem', docs: { description }, schema: [], messages: { found: message } },
    create(context) {
      const report = (node: Rule.Node): void => context.report({ node, messageId: 'found' });
      return { [selectors.join(', ')]: report };
    },
  };
}
