import { demandShort } from './document-problem.ts';
import type { JsonMergeWork } from './document-work.ts';
import { mergeData } from './merge-data.ts';
import { contentToMerge } from './merge-content.ts';
import { readJson } from './read-document.ts';

const USUAL_INDENT = 2;

/** The text of a JSON file with data merged into it. @throws TemplateProblemError */
export function mergeIntoJson(work: JsonMergeWork): string {
  const { text, file, matchFileIndent } = work;
  const merged = mergeData(readJson(text, file), contentToMerge(work), work);
  const indent = matchFileIndent ? (indentOf(text) ?? USUAL_INDENT) : USUAL_INDENT;
  return demandShort(JSON.stringify(merged, undefined, indent) + (text.endsWith('\n') ? '\n' : ''));
}

/** What the first indented line begins with. */
function indentOf(text: string): string | undefined {
  return /^[ \t]+(?=\S)/m.exec(text)?.[0];
}
