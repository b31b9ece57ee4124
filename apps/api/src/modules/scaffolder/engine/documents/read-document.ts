import { LineCounter, parseAllDocuments, type Document, type ParsedNode } from 'yaml';
import type { JsonValue } from '../json.ts';
import type { DocumentSource } from './document-work.ts';
import { documentProblem, plainData } from './document-problem.ts';

/** The data of a source. @throws TemplateProblemError when its text is not what it should be */
export function readDocument(source: DocumentSource): JsonValue {
  if ('data' in source) return plainData(source.data) ?? null;
  const { text, format, file } = source;
  if (format === 'json') return readJson(text, file);
  const documents = readYaml(text, file).map(dataOf);
  if (format === 'multiyaml') return documents;
  if (documents.length <= 1) return documents[0] ?? null;
  throw documentProblem(
    `${file} has ${documents.length} YAML documents.`,
    'Read it as several documents: multiyaml for fs:parse, loadAll for a transformation.',
  );
}

/** @throws TemplateProblemError */
export function readJson(text: string, file: string): JsonValue {
  try {
    return plainData(JSON.parse(text)) ?? null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw documentProblem(`${file} is not valid JSON: ${error.message}.`, 'Correct the file.');
  }
}

/** All documents of a YAML stream, as they are written. @throws TemplateProblemError */
export function readYaml(text: string, file: string): Document<ParsedNode>[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  if (!Array.isArray(documents)) return []; // an empty stream
  const error = documents.flatMap(({ errors }) => errors)[0];
  if (!error) return documents;
  const { line } = lineCounter.linePos(error.pos[0]);
  throw documentProblem(
    `${file} is not valid YAML at line ${line}: ${error.message}`,
    'Correct the file.',
    line,
  );
}

/** What a YAML document says. @throws TemplateProblemError */
export function dataOf(document: Document<ParsedNode>): JsonValue {
  try {
    return plainData(document.toJS()) ?? null;
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw documentProblem(`The YAML cannot be read: ${error.message}`, 'Use fewer aliases.');
  }
}
