import { createHash } from 'node:crypto';
import {
  createKindRegistry,
  parseDescriptorFile,
  type DescriptorDocument,
  type DescriptorProblem,
  type KindRegistry,
} from '@waymark/catalog-model';
import type { SourceProblem } from '@waymark/contracts';
import type { FileToParse, ParsedFile, ParseTask } from './parsed-file.ts';

/** Problems kept of one file; a broken file repeats itself. */
const MAX_PROBLEMS_PER_FILE = 100;

let registry: { key: string; kinds: KindRegistry } | undefined;

/** Entry point of the worker thread: parses and validates a batch of files. */
// eslint-disable-next-line no-restricted-exports -- because the thread pool calls a module's default export
export default function parseBatch({ files, kinds, limits }: ParseTask): ParsedFile[] {
  const key = JSON.stringify(kinds);
  if (registry?.key !== key) registry = { key, kinds: createKindRegistry(kinds) };
  const knownKinds = registry.kinds;
  return files.map((file) => parseFile(file, { kinds: knownKinds, limits }));
}

function parseFile(file: FileToParse, options: Parameters<typeof parseDescriptorFile>[1]): ParsedFile {
  const { documents, problems } = parseDescriptorFile(file.bytes, options);
  const parsed: ParsedFile = {
    path: file.path,
    rows: [],
    problems: problems.map((problem) => toSourceProblem(file.path, problem)),
    brokenRefs: [],
    hasUnidentified: problems.some(isError),
    locationTargets: [],
  };
  for (const document of documents) addDocument(parsed, file, document);
  parsed.problems = limitProblems(file.path, parsed.problems);
  return parsed;
}

const LEVELS: readonly SourceProblem['level'][] = ['error', 'warning', 'info'];

/** Keeps the errors before the rest, in the order of the file, with a last problem that stands for what is left out. */
function limitProblems(path: string, problems: SourceProblem[]): SourceProblem[] {
  if (problems.length <= MAX_PROBLEMS_PER_FILE) return problems;
  const ranked = LEVELS.flatMap((level) => problems.filter((problem) => problem.level === level));
  const kept = new Set(ranked.slice(0, MAX_PROBLEMS_PER_FILE));
  const [worst] = ranked.slice(MAX_PROBLEMS_PER_FILE);
  const summary: SourceProblem = {
    path,
    line: worst?.line ?? 1,
    // Of no document: it stands for every one whose own error is not listed.
    level: worst?.level ?? 'info',
    code: 'file.more-problems',
    message: `${problems.length - kept.size} more problems of this file are not listed.`,
    hint: 'Correct those that are listed first; the rest shows when the file is read again.',
  };
  return [...problems.filter((problem) => kept.has(problem)), summary];
}

function addDocument(parsed: ParsedFile, file: FileToParse, document: DescriptorDocument): void {
  for (const problem of document.problems) {
    parsed.problems.push(toSourceProblem(file.path, problem, document));
  }
  const { entity, ref } = document;
  if (!entity || ref === undefined) {
    if (ref !== undefined) parsed.brokenRefs.push(ref);
    else if (document.problems.some(isError)) parsed.hasUnidentified = true;
    return;
  }
  parsed.rows.push(toRow(file, document, entity, ref));
  if (entity.kind === 'Location') addLocationTargets(parsed, document, entity.spec ?? {}, ref);
}

/** The row of `incoming_document`. Key order of the entity matters: see `compose` in the catalog module. */
function toRow(
  file: FileToParse,
  document: DescriptorDocument,
  entity: NonNullable<DescriptorDocument['entity']>,
  ref: string,
): string {
  const { apiVersion, kind, metadata, ...rest } = entity;
  const annotations = { ...file.annotations, ...metadata.annotations };
  return JSON.stringify({
    path: file.path,
    document_index: document.index,
    line: document.line,
    ref,
    content_hash: createHash('sha256')
      .update(document.text)
      .update(JSON.stringify(file.annotations))
      .digest('base64url'),
    entity: { apiVersion, kind, metadata: { ...metadata, annotations }, ...rest },
    relations: document.relations.map(({ type, targetRef }) => `${type} ${targetRef}`),
    // PostgreSQL's text cannot hold NUL; YAML cannot either, so this never changes a valid document.
    descriptor_text: document.text.replaceAll('\0', ''),
  });
}

function addLocationTargets(
  parsed: ParsedFile,
  document: DescriptorDocument,
  spec: Record<string, unknown>,
  ref: string,
): void {
  const targets: unknown[] = [spec['target'], spec['targets']].flat();
  for (const target of targets) {
    if (typeof target !== 'string') continue;
    parsed.locationTargets.push({
      target,
      isOptional: spec['presence'] === 'optional',
      line: document.line,
      ref,
    });
  }
}

function toSourceProblem(
  path: string,
  problem: DescriptorProblem,
  document?: DescriptorDocument,
): SourceProblem {
  return {
    path,
    ...(document ? { documentIndex: document.index } : {}),
    line: problem.line,
    ...(problem.column === undefined ? {} : { column: problem.column }),
    level: problem.level,
    code: problem.code,
    message: problem.message,
    hint: problem.hint,
    ...(document?.ref === undefined ? {} : { entityRef: document.ref }),
    ...(problem.path === undefined ? {} : { field: problem.path }),
  };
}

function isError({ level }: { level: SourceProblem['level'] }): boolean {
  return level === 'error';
}
