import type { References } from '@waymark/catalog-model';
import type { AllowedKind } from './parsing/allowed-kinds.ts';
import type { DescriptorParser } from './parsing/descriptor-parser.ts';
import type { FileToParse, ParsedFile } from './parsing/parsed-file.ts';
import { unreadableFile } from './parsing/parsed-file.ts';
import { isUrlPath, type ListedFile, type SourceReader } from './readers/source-reader.ts';

/** Bytes of files that cross into a parser's process at once: storing begins when the first of them are parsed. */
const BATCH_BYTES = 256 * 1024;
const BATCH_FILES = 200;
/** Batches in flight: one for each parser and one ready. */
const PARALLEL_BATCHES = 3;
/** Files that the placeholders of one file may name. */
const MAX_REFERENCES = 100;
const MAX_REFERENCE_BYTES = 1024 * 1024;
const MAX_REFERENCE_BYTES_TOGETHER = 10 * 1024 * 1024;
/** Content id of what a placeholder names when it cannot be had. */
const UNAVAILABLE = 'unavailable: ';

export interface FileParsingOptions {
  reader: SourceReader;
  parser: DescriptorParser;
  /** Undefined: every known kind. */
  allowedKinds: readonly AllowedKind[] | undefined;
  signal: AbortSignal;
}

/** A parsed file with the content ids of what its placeholders name, by what they say. */
export type FileWithReferences = ParsedFile & { references: Record<string, string> };

/** Reads and parses files. Contents go to the parser in batches, a few under way at once; results come in order. */
export async function* parseFiles(
  files: readonly ListedFile[],
  options: FileParsingOptions,
): AsyncGenerator<FileWithReferences[]> {
  const { reader, signal, allowedKinds } = options;
  const running: Promise<FileWithReferences[]>[] = [];
  let batch: FileToParse[] = [];
  let bytes = 0;
  const flush = () => {
    const parsing = parseBatch(batch, options);
    parsing.catch(() => {}); // awaited below; this only keeps an early failure from being unhandled
    running.push(parsing);
    batch = [];
    bytes = 0;
  };
  for await (const content of reader.read(files, signal)) {
    if ('problem' in content) {
      yield [{ ...unreadableFile(content.path, [content.problem]), references: {} }];
      continue;
    }
    const annotations = reader.annotationsFor(content.path);
    batch.push({ ...content, annotations, ...(allowedKinds === undefined ? {} : { allowedKinds }) });
    bytes += content.bytes.length;
    if (bytes >= BATCH_BYTES || batch.length >= BATCH_FILES) flush();
    if (running.length >= PARALLEL_BATCHES) yield (await running.shift()) ?? [];
  }
  if (batch.length > 0) flush();
  for (const parsing of running) yield await parsing;
}

async function parseBatch(batch: FileToParse[], options: FileParsingOptions): Promise<FileWithReferences[]> {
  const { parser, signal } = options;
  const inputs = new Map(batch.map((file) => [file.path, file]));
  const results: FileWithReferences[] = [];
  for (const parsed of await parser.parse(batch, signal)) {
    const input = inputs.get(parsed.path);
    if (parsed.placeholderTargets.length === 0 || !input) {
      results.push({ ...parsed, references: {} });
      continue;
    }
    // The file is parsed once more, with the texts: only then can it be judged.
    const { texts, contentIds } = await readReferences(parsed, options);
    const [filledIn] = await parser.parse([{ ...input, references: texts }], signal);
    if (filledIn) results.push({ ...filledIn, references: contentIds });
  }
  return results;
}

/**
 * Content id of what a placeholder names: changes exactly when its content does, and when the reason changes why it
 * cannot be had.
 */
export async function referenceId(
  reader: SourceReader,
  fromPath: string,
  target: string,
  signal: AbortSignal,
): Promise<string> {
  const resolved = await resolveReference(reader, fromPath, target, signal);
  return 'message' in resolved ? UNAVAILABLE + resolved.message : resolved.contentId;
}

async function readReferences(
  { path, placeholderTargets }: ParsedFile,
  { reader, signal }: FileParsingOptions,
): Promise<{ texts: References; contentIds: Record<string, string> }> {
  const texts: [string, References[string]][] = [];
  const contentIds: [string, string][] = [];
  let bytesLeft = MAX_REFERENCE_BYTES_TOGETHER;
  for (const [index, target] of placeholderTargets.entries()) {
    const resolved = index < MAX_REFERENCES ? await resolveReference(reader, path, target, signal) : tooMany;
    const text = 'message' in resolved ? resolved : await readText(reader, resolved, bytesLeft, signal);
    if ('text' in text) bytesLeft -= Buffer.byteLength(text.text);
    texts.push([target, text]);
    // What was not looked at has no state that could change.
    if (index >= MAX_REFERENCES) continue;
    contentIds.push([target, 'message' in resolved ? UNAVAILABLE + resolved.message : resolved.contentId]);
  }
  return { texts: Object.fromEntries(texts), contentIds: Object.fromEntries(contentIds) };
}

interface Unavailable {
  message: string;
  hint: string;
}

const tooMany: Unavailable = {
  message: `the file names more than ${MAX_REFERENCES} others.`,
  hint: 'Split the descriptor into several files.',
};

async function resolveReference(
  reader: SourceReader,
  fromPath: string,
  target: string,
  signal: AbortSignal,
): Promise<ListedFile | Unavailable> {
  if (!reader.resolveReference) {
    return {
      message: 'files of this source cannot name each other.',
      hint: 'Give the full https URL of the file.',
    };
  }
  const resolved = await reader.resolveReference(fromPath, target, signal);
  if (!('files' in resolved)) return { message: resolved.message, hint: resolved.hint };
  const [file, second] = resolved.files;
  if (file && second === undefined) return file;
  return {
    message: `"${target}" is a pattern, and a placeholder names one file.`,
    hint: 'Give the path or URL of a single file.',
  };
}

async function readText(
  reader: SourceReader,
  file: ListedFile,
  bytesLeft: number,
  signal: AbortSignal,
): Promise<References[string]> {
  for await (const content of reader.read([file], signal)) {
    if ('problem' in content) return { message: content.problem.message, hint: content.problem.hint };
    const maxBytes = Math.min(MAX_REFERENCE_BYTES, bytesLeft);
    if (content.bytes.length > maxBytes) {
      return {
        message: `the file has ${content.bytes.length.toLocaleString('en')} bytes; at most ${maxBytes.toLocaleString('en')} are taken.`,
        hint: isUrlPath(file.path) ? 'Link to it instead.' : 'Link to it instead, or split it.',
      };
    }
    return decode(content.bytes);
  }
  return { message: 'the file is gone.', hint: 'Refresh the source.' };
}

function decode(bytes: Uint8Array): References[string] {
  const notText = {
    message: 'the file is not UTF-8 text.',
    hint: 'Save it as UTF-8, or link to it instead.',
  };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? notText : { text };
  } catch {
    return notText;
  }
}
