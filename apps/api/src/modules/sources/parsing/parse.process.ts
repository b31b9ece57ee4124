import { createHash } from 'node:crypto';
import {
  createKindRegistry,
  parseDescriptorFile,
  type DescriptorDocument,
  type DescriptorProblem,
  type KindRegistry,
} from '@waymark/catalog-model';
import type { SourceProblem } from '@waymark/contracts';
import { answerTasks } from '../../../platform/isolation/isolated-task.ts';
import { isAllowedKind } from './allowed-kinds.ts';
import { writeIncomingRow } from './incoming-row.ts';
import type { DescriptorLimits } from './parse-settings.ts';
import type { FileToParse, ParsedFile, ParseTask } from './parsed-file.ts';

/** An entity may be so much longer than its document: JSON escapes more than YAML, and the row keeps both. */
const MAX_GROWTH = 4;
/** Problems kept of one file; a broken file repeats itself. */
const MAX_PROBLEMS_PER_FILE = 100;

let registry: { key: string; kinds: KindRegistry } | undefined;

/** Runs in a process of its own: parses and validates a batch of files; without any it gets ready for the first. */
answerTasks<ParseTask, ParsedFile[]>(({ files, kinds, limits }) => {
  const key = JSON.stringify(kinds);
  if (registry?.key !== key) registry = { key, kinds: createKindRegistry(kinds) };
  const knownKinds = registry.kinds;
  if (files.length === 0) compileSchemas(knownKinds);
  return files.map((file) => parseFile(file, { kinds: knownKinds, limits }));
});

/** Schemas are compiled when the first entity of a kind comes, which would then have to wait. */
function compileSchemas(registry: KindRegistry): void {
  for (const { apiVersion, kind } of registry.kinds) registry.find(apiVersion, kind)?.findSchemaProblems({});
}

function parseFile(file: FileToParse, options: Parameters<typeof parseDescriptorFile>[1]): ParsedFile {
  const { documents, problems } = parseDescriptorFile(file.bytes, {
    ...options,
    references: file.references,
  });
  const parsed: ParsedFile = {
    path: file.path,
    rowCount: 0,
    rows: new Uint8Array(),
    problems: problems.map((problem) => toSourceProblem(file.path, problem)),
    brokenRefs: [],
    hasUnidentified: problems.some(isError),
    locationTargets: [],
    placeholderTargets: [...new Set(documents.flatMap((document) => document.placeholderTargets ?? []))],
  };
  const rows = documents
    .map((document) => addDocument(parsed, file, document, options.limits))
    .filter((row) => row !== undefined);
  parsed.rowCount = rows.length;
  parsed.rows = Buffer.from(rows.join(''));
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

/** Adds what is to be said of a document. Returns the row of a valid one. */
function addDocument(
  parsed: ParsedFile,
  file: FileToParse,
  document: DescriptorDocument,
  limits: DescriptorLimits,
): string | undefined {
  for (const problem of document.problems) {
    parsed.problems.push(toSourceProblem(file.path, problem, document));
  }
  const { entity, ref } = document;
  if (!entity || ref === undefined) {
    if (ref !== undefined) parsed.brokenRefs.push(ref);
    else if (document.problems.some(isError)) parsed.hasUnidentified = true;
    return undefined;
  }
  if (file.allowedKinds && !isAllowedKind(file.allowedKinds, entity)) {
    parsed.problems.push(notAllowed(file, document, entity.kind, ref));
    return undefined;
  }
  const row = toRow(file, document, entity, ref);
  if (row.length > MAX_GROWTH * limits.maxDocumentBytes && row.length > maxRowLength(file, limits)) {
    parsed.problems.push(tooLarge(file, document, row.length, maxRowLength(file, limits)));
    parsed.brokenRefs.push(ref);
    return undefined;
  }
  if (entity.kind === 'Location') addLocationTargets(parsed, document, entity.spec ?? {}, ref);
  return row;
}

/** What is filled in for placeholders has bounds of its own. */
function maxRowLength({ references = {} }: FileToParse, { maxDocumentBytes }: DescriptorLimits): number {
  return MAX_GROWTH * (maxDocumentBytes + JSON.stringify(references).length);
}

/** A short document becomes a long entity when aliases repeat a long part. */
function tooLarge(
  { path }: FileToParse,
  { index, line, ref }: DescriptorDocument,
  length: number,
  most: number,
): SourceProblem {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1024 / 1024)} MB`;
  return {
    ...{ path, documentIndex: index, line, level: 'error', code: 'document.too-large' },
    message: `The document becomes ${megabytes(length)} when its aliases are written out; at most ${megabytes(most)} are stored.`,
    hint: 'Repeat less with aliases, or let the entity link to the long part.',
    ...(ref === undefined ? {} : { entityRef: ref }),
  };
}

/** Neither kept as broken nor dropped without a word: the operator does not want it from here. */
function notAllowed(
  { path, allowedKinds = [] }: FileToParse,
  { index, line }: DescriptorDocument,
  kind: string,
  ref: string,
): SourceProblem {
  const allowed = allowedKinds.map(({ kind: name, specType }) =>
    specType === undefined ? name : `${name} of type ${specType}`,
  );
  return {
    ...{ path, documentIndex: index, line, level: 'error', code: 'kind.not-allowed' },
    message: `Entities of kind ${kind} like this one are not allowed from this source.`,
    hint: `Allowed are: ${allowed.join(', ') || 'none'}. The operator can change that with catalog.rules in the configuration.`,
    ...{ entityRef: ref, field: 'kind' },
  };
}

/** Key order of the entity matters: see `compose` in the catalog module. */
function toRow(
  file: FileToParse,
  document: DescriptorDocument,
  entity: NonNullable<DescriptorDocument['entity']>,
  ref: string,
): string {
  const { apiVersion, kind, metadata, ...rest } = entity;
  const annotations = { ...file.annotations, ...metadata.annotations };
  return writeIncomingRow({
    path: file.path,
    documentIndex: document.index,
    line: document.line,
    ref,
    contentHash: createHash('sha256')
      .update(document.text)
      .update(JSON.stringify(file.annotations))
      .update(digestOfReferences(document, file))
      .digest('base64url'),
    entity: JSON.stringify({ apiVersion, kind, metadata: { ...metadata, annotations }, ...rest }),
    relations: document.relations.map(({ type, targetRef }) => `${type} ${targetRef}`),
    descriptorText: document.text,
  });
}

/** What was filled in counts like the text of the document itself. */
function digestOfReferences(
  { placeholderTargets = [] }: DescriptorDocument,
  { references }: FileToParse,
): string {
  if (placeholderTargets.length === 0) return '';
  return JSON.stringify(placeholderTargets.map((target) => [target, references?.[target] ?? null]));
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
      type: typeof spec['type'] === 'string' ? spec['type'] : undefined,
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
