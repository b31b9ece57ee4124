import { isPair, isScalar, LineCounter, parseDocument, visit, type Document } from 'yaml';
import type { DefinitionProblem } from '../definition-task.ts';

/** Aliases that one document may use; each may stand for a large part of it. */
const MAX_ALIASES = 100;
const MAX_PROBLEMS = 50;
/** Levels of lists and mappings inside each other: readers below walk them recursively. */
const MAX_DEPTH = 200;

/** An object of a definition: nothing is known of its members. */
export type Node = Record<string, unknown>;

/** A `$ref` of a document, with its line. */
export interface Reference {
  target: string;
  line: number;
}

/** A YAML or JSON text as an object, or why it is none. */
export type StructuredText =
  | { root: Node; references: Reference[]; problems: DefinitionProblem[] }
  | { root?: undefined; problems: DefinitionProblem[] };

/** Whether the value is an object with keys. */
export function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value as an object; an empty one where it is none, since a definition may be malformed anywhere. */
export function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}

/** The value as a list; an empty one where it is none. */
export function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Reads YAML or JSON (which is YAML, too) within bounds, with the line of everything that is wrong. */
export function readStructuredText(text: string): StructuredText {
  const lines = new LineCounter();
  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'silent' });
  const problems = document.errors
    .slice(0, MAX_PROBLEMS)
    .map((error) => ({ message: firstSentence(error.message), line: lineAt(error.pos[0]) }));
  if (problems.length > 0) return { problems };
  try {
    const root: unknown = document.toJS({ maxAliasCount: MAX_ALIASES });
    if (!isNode(root))
      return { problems: [{ message: 'The definition is no mapping of keys to values.', line: 1 }] };
    if (isDeeperThan(root, MAX_DEPTH)) {
      return { problems: [{ message: `The definition is nested more than ${MAX_DEPTH} levels deep.` }] };
    }
    return { root, references: referencesOf(document, lineAt), problems: [] };
  } catch (error) {
    // Unknown anchors, and aliases that multiply each other.
    return {
      problems: [{ message: error instanceof Error ? firstSentence(error.message) : 'It cannot be read.' }],
    };
  }
}

function firstSentence(message: string): string {
  const [line = message] = message.split('\n');
  return line.endsWith('.') ? line : `${line}.`;
}

function referencesOf(document: Document.Parsed, lineAt: (offset: number) => number): Reference[] {
  const references: Reference[] = [];
  visit(document, {
    Pair(_key, pair) {
      if (!isPair(pair) || !isScalar(pair.key) || pair.key.value !== '$ref' || !isScalar(pair.value)) return;
      const { value, range } = pair.value;
      if (typeof value === 'string') references.push({ target: value, line: lineAt(range?.[0] ?? 0) });
    },
  });
  return references;
}

/** Looks level by level, so that no nesting overflows the stack. Aliases share objects, so each is looked at once. */
function isDeeperThan(root: unknown, maxDepth: number): boolean {
  const seen = new Set<unknown>();
  let level: unknown[] = [root];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true;
    level = level
      .filter((value) => typeof value === 'object' && value !== null && !seen.has(value) && seen.add(value))
      .flatMap((value) => Object.values(asContainer(value)));
  }
  return false;
}

function asContainer(value: unknown): Node {
  // Lists have members as objects have; the caller has looked that it is one of the two.
  return value as Node;
}

/** What a local reference (`#/components/schemas/Order`) points to; `undefined` for nothing, or another document. */
export function resolvePointer(root: unknown, reference: string): unknown {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  let value: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = decodePart(part);
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = Reflect.get(value, key);
  }
  return value;
}

function decodePart(part: string): string {
  const text = part.replaceAll('~1', '/').replaceAll('~0', '~');
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** References that lead out of the document, or nowhere in it. Neither is followed: no other file is ever read. */
export function referenceProblems(root: Node, references: readonly Reference[]): DefinitionProblem[] {
  const problems: DefinitionProblem[] = [];
  for (const { target, line } of references) {
    if (problems.length >= MAX_PROBLEMS) break;
    if (!target.startsWith('#')) {
      problems.push({
        message: `The reference to ${shown(target)} leads to another document, which is not read.`,
        line,
      });
    } else if (target.startsWith('#/') && resolvePointer(root, target) === undefined) {
      problems.push({ message: `The reference ${shown(target)} leads nowhere in this document.`, line });
    }
  }
  return problems;
}

function shown(target: string): string {
  return JSON.stringify(target.length > 100 ? `${target.slice(0, 99)}…` : target);
}
