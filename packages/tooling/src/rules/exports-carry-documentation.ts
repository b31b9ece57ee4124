import type { Rule } from 'eslint';

/**
 * What a package exports carries a TSDoc sentence: its reader is in another workspace. Types are left
 * out: the members of an interface say more than a sentence above it.
 */
export const exportsCarryDocumentation: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'Functions, classes and constants that a package exports carry a TSDoc comment.' },
    schema: [],
    messages: { found: 'Say in a /** … */ comment what this export gives, with units and what it throws.' },
  },
  create(context) {
    return {
      'ExportNamedDeclaration[declaration.type=/^(Function|Class|Variable)/]'(node: Rule.Node) {
        const documented = context.sourceCode
          .getCommentsBefore(node)
          .some(({ type, value }) => type === 'Block' && value.startsWith('*'));
        if (!documented) context.report({ node, messageId: 'found' });
      },
    };
  },
};
