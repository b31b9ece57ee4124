import { Parser, stringify } from '@asyncapi/parser';
import type { ReadDefinition } from '../definition-task.ts';
import { safeDocument } from './safe-document.ts';
import { isNode, readStructuredText, referenceProblems } from './structured-text.ts';

const MAX_PROBLEMS = 50;
const proseKeys = ['description', 'summary'];
/** Severity of an error among the parser's diagnostics; warnings are advice on style. */
const ERROR = 0;

/** The parser asks its own readers, which use the network and the disk, when one of ours throws: so ours answers. */
const readNothing = ['http', 'https', 'file'].map((schema) => ({
  schema,
  order: 1,
  canRead: true,
  read: () => '{}',
}));

/** One a process: it compiles the schemas of all versions when it is first used, which takes a second. */
const parser = new Parser({ __unstable: { resolver: { resolvers: readNothing } } });

/**
 * Reads AsyncAPI 2 and 3 for the viewer: the text that `unstringify` of its parser takes. References are followed
 * inside the document only.
 */
export async function readAsyncApi(text: string): Promise<ReadDefinition> {
  const source = readStructuredText(text);
  if (source.root === undefined) return source;
  const outside = referenceProblems(source.root, source.references).filter(({ message }) =>
    message.includes('another document'),
  );
  const { diagnostics, document } = await parser.parse(text);
  const errors = diagnostics
    .filter(({ severity }) => Number(severity) === ERROR)
    .slice(0, MAX_PROBLEMS)
    .map(({ message, range }) => ({ message, line: range.start.line + 1 }));
  const problems = [...outside, ...errors];
  const parsed: unknown = document?.json();
  if (isNode(parsed)) return { model: stringify(safeDocument(parsed, proseKeys)), problems };
  if (problems.length > 0) return { problems };
  return { problems: [{ message: 'The definition is no AsyncAPI document of version 2 or 3.', line: 1 }] };
}
