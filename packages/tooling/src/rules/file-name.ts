import { basename } from 'node:path';
import type { Rule } from 'eslint';

const kebabCase = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)+$/;
const componentName = /^[A-Z][A-Za-z0-9]*(\.[a-z0-9]+(-[a-z0-9]+)*)*\.tsx$/;

/** File names are kebab-case with a role suffix (`catalog.service.ts`), or PascalCase for a component. */
export const fileName: Rule.RuleModule = {
  meta: {
    type: 'problem',
    docs: { description: 'File names are kebab-case, or PascalCase.tsx for a component.' },
    schema: [],
    messages: {
      found: "Rename '{{name}}': kebab-case with a role suffix (catalog.service.ts), or PascalCase.tsx.",
    },
  },
  create(context) {
    const name = basename(context.filename);
    if (kebabCase.test(name) || componentName.test(name)) return {};
    return { Program: (node) => context.report({ node, messageId: 'found', data: { name } }) };
  },
};
