import { templateDraftSchema } from '@waymark/contracts';
import { LineCounter, parseAllDocuments, type Document, type YAMLParseError } from 'yaml';
import type { z } from 'zod';

/** A template as its text says, as much as every one has. */
export type TemplateDraft = z.output<typeof templateDraftSchema>;

/** Something to put right, with its line in the file of the template where it has one. */
export interface DraftProblem {
  message: string;
  hint: string;
  line: number | undefined;
}

/** What the text of a template says. */
export type TemplateReading =
  | { template: TemplateDraft; document: Document.Parsed; lines: LineCounter; text: string }
  | { problems: DraftProblem[] };

/** Longer ones would hold up whoever types, and no catalog reads them. */
const maxLength = 1024 * 1024;
/** Errors follow from each other: the first ones say it all. */
const maxProblems = 5;
/** As in the catalog: more of them are a bomb. */
const maxAliasCount = 100;

/**
 * Reads the file of a template as the catalog does. Where it has several documents, it is the one that is a Template,
 * of the name that is looked for if there are more of those.
 */
export function readTemplateText(text: string, name?: string): TemplateReading {
  if (text.length > maxLength) {
    return unreadable('The file of the template is too long to be shown while you type.', 'Shorten it.');
  }
  const lines = new LineCounter();
  try {
    const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
    const documents = [...parsed].filter(({ contents, errors }) => contents !== null || errors.length > 0);
    const errors = documents.flatMap((document) => document.errors);
    if (errors.length > 0) return { problems: syntaxProblems(errors, lines) };
    const document = templateAmong(documents, name);
    if (!document) return unreadable('The file of the template is empty.', 'Write a template into it.');
    return templateIn(document, lines, text);
  } catch (error) {
    if (error instanceof RangeError) {
      return unreadable('The lists and mappings of the file lie too deep in each other.', 'Make it flatter.');
    }
    if (!(error instanceof ReferenceError)) throw error;
    return unreadable(`The YAML cannot be read: ${error.message}.`, 'Use fewer aliases.');
  }
}

function templateAmong(documents: readonly Document.Parsed[], name: string | undefined) {
  const templates = documents.filter((document) => document.get('kind') === 'Template');
  const named = templates.find((document) => document.getIn(['metadata', 'name']) === name);
  return named ?? templates[0] ?? documents[0];
}

function templateIn(document: Document.Parsed, lines: LineCounter, text: string): TemplateReading {
  const parsed = templateDraftSchema.safeParse(document.toJS({ maxAliasCount }));
  if (parsed.success) return { template: parsed.data, document, lines, text };
  return {
    problems: parsed.error.issues.slice(0, maxProblems).map(({ path, message, code, input }) => {
      const keys = path.map(String);
      return {
        message: shapeWords(keys.join('.'), {
          message,
          isMissing: code === 'invalid_type' && input === undefined,
        }),
        hint: 'A template has apiVersion, kind, metadata.name and spec.',
        line: lineOfPath(document, lines, keys),
      };
    }),
  };
}

function shapeWords(at: string, { message, isMissing }: { message: string; isMissing: boolean }): string {
  if (at === '') return 'The file holds no mapping of keys.';
  if (at === 'kind') return 'kind has to be Template.';
  return isMissing ? `${at} is missing.` : `${at}: ${message}.`;
}

function syntaxProblems(errors: readonly YAMLParseError[], lines: LineCounter): DraftProblem[] {
  const seen = new Set<number>();
  return errors
    .map(({ message, pos }) => ({
      message: `The YAML cannot be read: ${message.replace(/[.:]?\s*$/, '')}.`,
      hint: 'Look at the indent, the quotes and the colons of this line and the one before it.',
      line: lines.linePos(pos[0]).line,
    }))
    .filter(({ line }) => !seen.has(line) && seen.add(line))
    .slice(0, maxProblems);
}

/** The line of the value at a path, or of the nearest thing around it that is there. */
export function lineOfPath(
  document: Document.Parsed,
  lines: LineCounter,
  path: readonly string[],
): number | undefined {
  for (let length = path.length; length >= 0; length -= 1) {
    const node: unknown = document.getIn(path.slice(0, length).map(keyOf), true);
    const line = lineOfNode(node, lines);
    if (line !== undefined) return line;
  }
  return undefined;
}

/** The line on which a node begins. */
export function lineOfNode(node: unknown, lines: LineCounter): number | undefined {
  const range: unknown = Reflect.get(Object(node), 'range');
  const start: unknown = Array.isArray(range) ? range[0] : undefined;
  return typeof start === 'number' ? lines.linePos(start).line : undefined;
}

function keyOf(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part;
}

function unreadable(message: string, hint: string): TemplateReading {
  return { problems: [{ message, hint, line: undefined }] };
}
