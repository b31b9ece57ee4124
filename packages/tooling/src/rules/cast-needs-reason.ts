import type { AST, Rule } from 'eslint';

/** A cast overrules the compiler, so a comment on its line or above it says why that is right. */
export const castNeedsReason: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'A cast carries a comment that says why it is right.' },
    schema: [],
    messages: { found: 'Say in a comment here, or on the line above, why this cast is right.' },
  },
  create(context) {
    const commentLines = new Set<number>();
    const remember = (loc: AST.SourceLocation): void => {
      for (let line = loc.start.line; line <= loc.end.line; line += 1) commentLines.add(line);
    };
    for (const comment of context.sourceCode.getAllComments()) if (comment.loc) remember(comment.loc);

    return {
      // `as const` narrows and overrules nothing.
      ':matches(TSAsExpression, TSTypeAssertion):not([typeAnnotation.typeName.name="const"])'(
        node: Rule.Node,
      ) {
        const { loc } = node;
        if (!loc) return;
        const near = [statementLine(node) - 1, loc.start.line - 1, loc.start.line, loc.end.line];
        if (!near.some((line) => commentLines.has(line))) context.report({ node, messageId: 'found' });
      },
    };
  },
};

/** First line of the statement that holds the node: a comment above a statement speaks for all of it. */
function statementLine(node: Rule.Node): number {
  let current: Rule.Node = node;
  while (current.parent && !/(Statement|Declaration|Definition|Program)$/.test(current.type))
    current = current.parent;
  return current.loc?.start.line ?? 0;
}
