import type { Rule } from 'eslint';

const directive = /^\s*eslint-disable(-next-line|-line)?(?=\s|$)([^]*)$/;
/** Shorter than this is no reason. */
const minimumReasonLength = 12;

/** `eslint-disable` names the rules that it silences and says why: `-- reason`. */
export const suppressionNeedsReason: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'A suppression names its rules and carries a reason.' },
    schema: [],
    messages: {
      blanket: 'Name the rules that this comment switches off.',
      reason: 'Say why after the rule: eslint-disable-next-line rule-name -- reason.',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          const [, , text] = directive.exec(comment.value) ?? [];
          if (text === undefined || !comment.loc) continue;
          const [rules = '', reason = ''] = text.split(/\s-{2,}\s/);
          // Column -1 lies before the comment, where the comment cannot silence this report.
          const loc = { start: { line: comment.loc.start.line, column: -1 }, end: comment.loc.end };
          if (rules.trim() === '') context.report({ loc, messageId: 'blanket' });
          else if (reason.trim().length < minimumReasonLength) context.report({ loc, messageId: 'reason' });
        }
      },
    };
  },
};
