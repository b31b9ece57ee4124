import type { DescriptorDocument, DescriptorFile, DescriptorLimits } from './descriptor-document.ts';
import { parseDocument, placeFinding } from './parse-document.ts';
import { splitDocuments, type DocumentText } from './document-splitter.ts';
import { readFileText } from './file-text.ts';
import type { KindRegistry } from './kind-registry.ts';
import type { DescriptorProblem, Finding } from './problem.ts';
import type { References } from './substitute-placeholders.ts';

/** A file of the largest allowed size could otherwise hold millions of documents of a few bytes. */
const maxDocumentsPerFile = 100_000;

/**
 * Reads a descriptor file: YAML (or JSON) with one or more documents. Each document is judged alone, so that an error
 * in one leaves the others alone; every problem carries its line in the file. Never throws on any content.
 *
 * Placeholders are replaced when `references` has the texts; see `placeholderTargets` of a document for what to fetch.
 */
export function parseDescriptorFile(
  file: string | Uint8Array,
  options: { kinds: KindRegistry; limits: DescriptorLimits; references?: References | undefined },
): DescriptorFile {
  const { text, problem } = readFileText(file, options.limits.maxFileBytes);
  if (problem !== undefined) return { documents: [], problems: [problem] };
  const parts = splitDocuments(text);
  if (parts.length > maxDocumentsPerFile) return { documents: [], problems: [tooManyDocuments(parts)] };
  const documents: DescriptorDocument[] = [];
  for (const part of parts) {
    const document = parseDocument(part, options);
    if (document !== undefined) documents.push({ index: documents.length, ...document });
  }
  refuseDuplicates(documents, options.limits);
  return { documents, problems: [] };
}

function tooManyDocuments(parts: readonly DocumentText[]): DescriptorProblem {
  return {
    level: 'error',
    code: 'file.too-many-documents',
    message: `The file holds ${parts.length} documents; at most ${maxDocumentsPerFile} are read.`,
    hint: 'Split it into several files.',
    line: parts[maxDocumentsPerFile]?.line ?? 1,
  };
}

/** The first document that declares an entity keeps it. References are compared in their canonical lower case. */
function refuseDuplicates(documents: readonly DescriptorDocument[], limits: DescriptorLimits): void {
  const firstLines = new Map<string, number>();
  for (const document of documents) {
    const { ref, entity } = document;
    if (ref === undefined || entity === undefined) continue;
    const firstLine = firstLines.get(ref);
    if (firstLine === undefined) {
      firstLines.set(ref, document.line);
      continue;
    }
    delete document.entity;
    document.relations = [];
    const problems = placeFinding(document, limits, duplicateRef(ref, firstLine));
    document.problems = [...problems, ...document.problems];
  }
}

function duplicateRef(ref: string, firstLine: number): Finding {
  return {
    level: 'error',
    code: 'entity.duplicate-ref',
    message: `${ref} is declared already by the document on line ${firstLine} of this file.`,
    hint: 'Remove one of the two, or give it another name or namespace. Upper and lower case do not tell names apart.',
    path: ['metadata', 'name'],
    at: 'value',
  };
}
