import { Composer, CST, Lexer, LineCounter, Parser, type Document, type Node, type ParsedNode } from 'yaml';
import { inspectNodes } from './node-inspection.ts';
import type { Locate, TextProblem } from './problem.ts';
import { tooDeep } from './value-structure.ts';
import { explainSyntaxError, oldVersion, tooManyAliases } from './yaml-explanations.ts';

/** Bounds for one document, checked before the work that they bound is done. */
export interface YamlLimits {
  /** Levels of lists and mappings inside each other. */
  maxDepth: number;
  /** Aliases (`*name`) in the document. */
  maxAliasCount: number;
}

/** What the careful parser says of one document: its value with the tree that knows every position, or neither. */
export interface CarefulOutcome {
  /** Absent when the text is no usable YAML; then at least one problem is an error. */
  content?: { value: unknown; root: Node | null };
  problems: TextProblem[];
  locate: Locate;
}

/** Syntax errors follow from each other: the first of a line, and a few lines, say all there is to say. */
const maxSyntaxErrors = 5;

type YamlDocument = Document.Parsed<ParsedNode, true>;

/**
 * Parses one document with the parser that Backstage itself reads descriptors with, in the YAML 1.2 core schema and
 * without merge keys, within the limits, and reports each problem with its offset. The value is that of the parser's
 * `toJS`.
 *
 * @param firstLine - The line of the file on which the text begins.
 */
export function parseCarefully(text: string, firstLine: number, limits: YamlLimits): CarefulOutcome {
  const lines = new LineCounter();
  const locate: Locate = (offset) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line) + firstLine - 1, column: Math.max(1, col) };
  };
  const { tokens, problem } = readTokens(text, lines, limits);
  if (problem !== undefined) return { problems: [problem], locate };
  const [document, surplus] = composeDocuments(tokens);
  if (document === undefined) return { content: { value: null, root: null }, problems: [], locate };
  const errors = explainErrors(document, surplus, locate);
  if (errors.length > 0) return { problems: errors, locate };
  const { problems, firstAlias } = inspectNodes(document.contents, locate);
  if (document.directives.yaml.version === '1.1') problems.push({ ...oldVersion(), offset: 0 });
  if (problems.some((found) => found.code === 'yaml.syntax')) return { problems, locate };
  return { ...readValue(document, limits, problems, firstAlias), locate };
}

interface TokenOutcome {
  tokens: CST.Token[];
  problem?: TextProblem;
}

/** Builds the syntax tree with an explicit stack, and stops at the first token that exceeds a limit. */
function readTokens(text: string, lines: LineCounter, limits: YamlLimits): TokenOutcome {
  const parser = new Parser(lines.addNewLine);
  // Unlike parse(), next() does not announce the first line by itself.
  lines.addNewLine(0);
  const tokens: CST.Token[] = [];
  let aliases = 0;
  for (const lexeme of new Lexer().lex(text)) {
    if (lexeme.startsWith('*') && CST.tokenType(lexeme) === 'alias') aliases++;
    if (aliases > limits.maxAliasCount) {
      return { tokens, problem: { ...tooManyAliases(limits.maxAliasCount), offset: parser.offset } };
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
    // The stack holds the document and the scalar being read besides the collections.
    if (parser.stack.length > limits.maxDepth && collectionDepth(parser.stack) > limits.maxDepth) {
      const offset = Math.max(0, parser.offset - 1);
      return { tokens, problem: { level: 'error', ...tooDeep(limits.maxDepth), offset } };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  return { tokens };
}

function collectionDepth(stack: readonly CST.Token[]): number {
  return stack.filter(
    ({ type }) => type === 'block-map' || type === 'block-seq' || type === 'flow-collection',
  ).length;
}

/** Composes the tokens without stack traces: a broken text yields an error a token, and traces are most of their cost. */
function composeDocuments(tokens: Iterable<CST.Token>): YamlDocument[] {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return [...createComposer().compose(tokens)];
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function createComposer(): Composer<ParsedNode, true> {
  return new Composer<ParsedNode, true>({
    schema: 'core',
    resolveKnownTags: false,
    merge: false,
    // Comparing each key with each other is quadratic; inspectNodes finds duplicates in linear time.
    uniqueKeys: false,
    logLevel: 'silent',
    prettyErrors: false,
  });
}

function explainErrors(
  document: YamlDocument,
  surplus: YamlDocument | undefined,
  locate: Locate,
): TextProblem[] {
  const lines = new Set<number>();
  const errors: TextProblem[] = [];
  for (const error of document.errors.toSorted((left, right) => left.pos[0] - right.pos[0])) {
    const offset = error.pos[0];
    const { line } = locate(offset);
    if (!lines.has(line)) errors.push({ ...explainSyntaxError(error.code, error.message), offset });
    lines.add(line);
    if (errors.length === maxSyntaxErrors) return errors;
  }
  if (surplus === undefined) return errors;
  const explanation = explainSyntaxError('MULTIPLE_DOCS', 'unexpected content');
  return [...errors, { ...explanation, offset: surplus.range[0] }];
}

function readValue(
  document: YamlDocument,
  { maxAliasCount }: YamlLimits,
  problems: TextProblem[],
  firstAlias: number,
): Omit<CarefulOutcome, 'locate'> {
  try {
    const value: unknown = document.toJS({ maxAliasCount });
    return { content: { value, root: document.contents }, problems };
  } catch (error) {
    // Unknown anchors were reported before; a ReferenceError is left for aliases that multiply each other.
    if (!(error instanceof ReferenceError)) throw error;
    return { problems: [...problems, { ...tooManyAliases(maxAliasCount), offset: firstAlias }] };
  }
}
