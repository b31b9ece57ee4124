import { createSelectorRule } from './selector-rule.ts';

/** A pattern that a user wrote can stop the process: `(a+)+$` needs years for thirty letters. */
export const noDynamicPattern = createSelectorRule({
  description: 'Regular expressions are constants.',
  message:
    'Do not build a regular expression from a value: compare strings, use the glob matcher of the source readers, or compilePattern of platform/linear-pattern.ts.',
  selectors: [
    'NewExpression[callee.name="RegExp"]:not([arguments.0.type="Literal"])',
    'CallExpression[callee.name="RegExp"]:not([arguments.0.type="Literal"])',
  ],
});
