import { RE2JSSyntaxException } from 're2js';
import { replacePattern } from '../../../../platform/linear-pattern.ts';
import { demandShort, documentProblem } from './document-problem.ts';
import type { ReplaceWork } from './document-work.ts';

/** A text with everything replaced that was looked for. @throws TemplateProblemError for a pattern that is none */
export function replaceInText({ text, find, replaceWith, isPattern }: ReplaceWork): string {
  // A text is replaced by a text as it stands: only patterns have groups to speak of.
  if (!isPattern) return demandShort(text.replaceAll(find, () => replaceWith));
  try {
    return demandShort(replacePattern(text, find, replaceWith));
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    throw documentProblem(
      `The pattern ${find} cannot be used: ${error.message}`,
      'Correct it. Lookahead, lookbehind and back references are not known here.',
    );
  }
}
