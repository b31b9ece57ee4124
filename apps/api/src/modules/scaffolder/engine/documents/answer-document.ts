import type { JsonValue } from '../json.ts';
import type { DocumentWork } from './document-work.ts';
import { mergeIntoJson } from './merge-json.ts';
import { mergeIntoYaml } from './merge-yaml.ts';
import { queryDocument } from './query-document.ts';
import { readDocument } from './read-document.ts';
import { replaceInText } from './replace-in-text.ts';
import { writeDocument } from './write-document.ts';

/** Does a piece of work. @throws TemplateProblemError */
export async function answerDocument(work: DocumentWork): Promise<JsonValue | undefined> {
  switch (work.kind) {
    case 'convert':
      return writeDocument(readDocument(work.source), work.target);
    case 'query': {
      const result = await queryDocument(work.expression, readDocument(work.source));
      return result === undefined ? undefined : writeDocument(result, work.target);
    }
    case 'merge-json':
      return mergeIntoJson(work);
    case 'merge-yaml':
      return mergeIntoYaml(work);
    case 'replace':
      return replaceInText(work);
  }
}
