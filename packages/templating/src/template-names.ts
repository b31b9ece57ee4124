import nunjucks from 'nunjucks';

/** What a template asks of the engine by name. */
export interface TemplateNames {
  filters: string[];
  /** Called by a plain name: neither macros nor variables of the template itself. */
  functions: string[];
}

/** The parts of Nunjucks' parser that are used here; its types leave the parser out. */
interface SyntaxNode {
  readonly typename: string;
  readonly name?: SyntaxNode;
  readonly value?: unknown;
  readonly targets?: readonly SyntaxNode[];
  findAll(type: unknown): SyntaxNode[];
}

interface Syntax {
  parser: { parse(source: string, extensions: [], options: object): SyntaxNode };
  nodes: Record<'Filter' | 'FunCall' | 'Macro' | 'Set' | 'Symbol', unknown>;
}

// The published types have no parser; the shape is that of the pinned version.
const { parser, nodes } = nunjucks as unknown as Syntax;

const expressionTags = { variableStart: '${{', variableEnd: '}}' };

/**
 * The filters and functions that a template names anywhere, also where it is not rendered now. Read with the parser of
 * Nunjucks, which runs nothing. A text that cannot be parsed names nothing: that it is wrong is said when it is
 * rendered.
 */
export function readTemplateNames(
  source: string,
  { cookiecutterCompat = false }: { cookiecutterCompat?: boolean } = {},
): TemplateNames {
  const root = parse(source, cookiecutterCompat);
  if (!root) return { filters: [], functions: [] };
  const filters = root.findAll(nodes.Filter).flatMap(namesOf);
  const own = new Set([
    ...root.findAll(nodes.Macro).flatMap(namesOf),
    ...root.findAll(nodes.Set).flatMap(({ targets = [] }) => targets.flatMap(symbolOf)),
  ]);
  const functions = root
    .findAll(nodes.FunCall)
    .filter(({ typename }) => typename === 'FunCall')
    .flatMap(namesOf)
    .filter((name) => !own.has(name));
  return { filters: [...new Set(filters)], functions: [...new Set(functions)] };
}

function parse(source: string, cookiecutterCompat: boolean): SyntaxNode | undefined {
  try {
    return parser.parse(source, [], cookiecutterCompat ? {} : { tags: expressionTags });
  } catch {
    return undefined;
  }
}

function namesOf({ name }: SyntaxNode): string[] {
  return name ? symbolOf(name) : [];
}

function symbolOf(node: SyntaxNode): string[] {
  return node.typename === 'Symbol' && typeof node.value === 'string' ? [node.value] : [];
}
