import { isJsonObject, type JsonObject } from '../json.ts';
import { documentProblem } from './document-problem.ts';
import type { JsonMergeWork, YamlMergeWork } from './document-work.ts';
import { readDocument } from './read-document.ts';

/** What is to be merged: a mapping, or the one that a text says. @throws TemplateProblemError */
export function contentToMerge({ kind, content }: JsonMergeWork | YamlMergeWork): JsonObject {
  const format = kind === 'merge-json' ? 'json' : 'yaml';
  const data = readDocument(
    typeof content === 'string' ? { text: content, format, file: 'The content' } : { data: content },
  );
  if (isJsonObject(data)) return data;
  throw documentProblem('The content to merge is no mapping.', 'Give a mapping, or a text that says one.');
}
