import type { AST, Rule } from 'eslint';

interface OpenFunction {
  node: Rule.Node;
  /** Lines that belong to functions inside this one. */
  innerLines: Set<number>;
}

/**
 * Bounds the lines of a function that are its own. Blank lines, comments and the lines of functions inside do
 * not count, so that a factory with many short methods is judged like a class with many short methods.
 */
export const maxFunctionLines: Rule.RuleModule = {
  meta: {
    type: 'suggestion',
    docs: { description: 'A function has at most so many lines of its own.' },
    schema: [{ type: 'integer', minimum: 1 }],
    messages: {
      found: 'This function has {{count}} lines of its own, at most {{max}}: give a part of it a name.',
    },
  },
  create(context) {
    const max = Number(context.options[0] ?? 40);
    const open: OpenFunction[] = [];
    const silentLines = linesWithoutCode(context.sourceCode);

    const enter = (node: Rule.Node): void => {
      open.push({ node, innerLines: new Set() });
    };
    const leave = (): void => {
      const { node, innerLines } = open.pop() ?? {};
      if (!node?.loc || !innerLines) return;
      const lines = linesOf(node.loc);
      const count = lines.filter((line) => !silentLines.has(line) && !innerLines.has(line)).length;
      if (count > max)
        context.report({ node, messageId: 'found', data: { count: String(count), max: String(max) } });
      // The first line of an inner function is still a line of the outer one.
      for (const line of lines.slice(1)) open.at(-1)?.innerLines.add(line);
    };
    const functions = ':matches(FunctionDeclaration, FunctionExpression, ArrowFunctionExpression)';
    return { [functions]: enter, [`${functions}:exit`]: leave };
  },
};

function linesOf({ start, end }: AST.SourceLocation): number[] {
  return Array.from({ length: end.line - start.line + 1 }, (_, index) => start.line + index);
}

/** Lines that hold no token: blank ones and those of comments alone. */
function linesWithoutCode({ ast, lines }: Rule.RuleContext['sourceCode']): Set<number> {
  const silent = new Set(lines.map((_, index) => index + 1));
  for (const { loc } of ast.tokens) for (const line of linesOf(loc)) silent.delete(line);
  return silent;
}
