import { ExternalLink, liveUrl } from '@waymark/ui';
import MarkdownIt, { type Token } from 'markdown-it';
import { useMemo, type ElementType, type ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './Markdown.module.css';

export interface MarkdownElementsProps {
  /** Comes from a template or a repository, so from anybody. */
  text: string;
  /** The page of the portal that an address without a host leads to; without one it is no link. */
  pageOf?: (address: string) => string | undefined;
}

/** A token with what stands between its opening and its closing. */
interface MarkdownNode {
  token: Token;
  children: MarkdownNode[];
}

const parser = new MarkdownIt({ html: false, linkify: true });
// Only what is written as an address: README.md is a file, not a host in Moldova.
parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false });

/** All elements that text can become. Headings stand below those of the page. */
const elements: Readonly<Record<string, ElementType>> = {
  ...{ h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6', h6: 'h6' },
  ...{ p: 'p', blockquote: 'blockquote', ul: 'ul', ol: 'ol', li: 'li', hr: 'hr', br: 'br' },
  ...{ strong: 'strong', em: 'em', s: 's' },
  ...{ thead: 'thead', tbody: 'tbody', tr: 'tr', th: 'th', td: 'td' },
};

/** Markdown as elements of React: no HTML is made of it, so there is none that could be harmful. */
export function MarkdownElements({ text, pageOf }: MarkdownElementsProps) {
  const nodes = useMemo(() => nest(parser.parse(text, {})), [text]);
  return <div className={styles.markdown}>{shown(nodes, pageOf)}</div>;
}

/** Tokens come in a row; what lies between an opening and its closing belongs inside. */
function nest(tokens: readonly Token[]): MarkdownNode[] {
  const root: MarkdownNode[] = [];
  const open = [root];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const node: MarkdownNode = { token, children: token.children ? nest(token.children) : [] };
    open.at(-1)?.push(node);
    if (token.nesting > 0) open.push(node.children);
  }
  return root;
}

function shown(nodes: readonly MarkdownNode[], pageOf: MarkdownElementsProps['pageOf']): ReactNode {
  return nodes.map((node, index) => <Node key={index} node={node} pageOf={pageOf} />);
}

function Node({
  node: { token, children },
  pageOf,
}: {
  node: MarkdownNode;
  pageOf: MarkdownElementsProps['pageOf'];
}) {
  switch (token.type) {
    case 'text':
      return token.content;
    case 'softbreak':
      return '\n';
    case 'code_inline':
      return <code>{token.content}</code>;
    case 'fence':
    case 'code_block':
      return (
        <pre tabIndex={0}>
          <code>{token.content}</code>
        </pre>
      );
    case 'link_open':
      return (
        <MarkdownLink address={String(token.attrGet('href') ?? '')} pageOf={pageOf}>
          {shown(children, pageOf)}
        </MarkdownLink>
      );
    case 'image':
      return (
        <MarkdownLink address={String(token.attrGet('src') ?? '')} pageOf={pageOf}>
          {token.content || 'picture'}
        </MarkdownLink>
      );
    case 'table_open':
      return (
        <div className={styles.table} tabIndex={0} role="group" aria-label="Table">
          <table>{shown(children, pageOf)}</table>
        </div>
      );
    default:
      return <Plain token={token}>{shown(children, pageOf)}</Plain>;
  }
}

function Plain({ token, children }: { token: Token; children: ReactNode }) {
  const Element = token.hidden ? undefined : elements[token.tag];
  if (Element === undefined) return children;
  if (token.tag === 'hr' || token.tag === 'br') return <Element />;
  const start = token.tag === 'ol' ? token.attrGet('start') : null;
  return <Element {...(start !== null && { start: Number(start) })}>{children}</Element>;
}

function MarkdownLink({
  address,
  pageOf,
  children,
}: {
  address: string;
  pageOf: MarkdownElementsProps['pageOf'];
  children: ReactNode;
}) {
  if (liveUrl(address) !== undefined) return <ExternalLink url={address}>{children}</ExternalLink>;
  const page = pageOf?.(address);
  return page === undefined ? children : <Link to={page}>{children}</Link>;
}
