import { relative } from 'node:path';
import type { Rule } from 'eslint';

/** `string-utils`, `helpers` and the like, as a whole segment or at its end. */
const drawer = /^(common|types|misc)$|(^|-)(utils?|helpers?)$/;

/** A drawer takes anything and says nothing: a file is named after what it holds. */
export const noDrawerName: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'No file and no folder is called utils, helpers, common or types.' },
    schema: [],
    messages: { found: "'{{segment}}' is a drawer: name the file or folder after what it holds." },
  },
  create(context) {
    const segments = relative(context.cwd, context.filename).split(/[/\\.]/);
    const segment = segments.find((part) => drawer.test(part));
    if (segment === undefined) return {};
    return { Program: (node) => context.report({ node, messageId: 'found', data: { segment } }) };
  },
};
