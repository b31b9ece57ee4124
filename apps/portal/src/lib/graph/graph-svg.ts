import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { refLabel } from '../entities/entity-ref.ts';
import { kindWord } from '../entities/kind-words.ts';
import { nodeSize, type GraphLayout } from './graph-layout.ts';
import { edgePath } from './edge-path.ts';

/** Colours of an exported picture, as CSS colours that need no page around them. */
export interface PictureColours {
  surface: string;
  box: string;
  border: string;
  line: string;
  text: string;
  dim: string;
  accent: string;
  warning: string;
}

const margin = 24;
/** Letters that fit into a box; an exported file has no page that could cut them. */
const maxLetters = { title: 24, note: 32 } as const;

/** The picture as an SVG document that stands alone: no style sheet, no script, no font to fetch. */
export function graphSvg(
  graph: { nodes: readonly GraphNode[]; edges: readonly GraphEdge[]; rootRefs: readonly string[] },
  layout: GraphLayout,
  colours: PictureColours,
): string {
  const width = Math.ceil(layout.width + margin * 2);
  const height = Math.ceil(layout.height + margin * 2);
  const lines = graph.edges.flatMap((edge) => {
    const path = edgePath(edge, layout.positions);
    if (path === undefined) return [];
    return `<path d="${path}" fill="none" stroke="${colours.line}" marker-end="url(#arrow)"><title>${escaped(edge.type)}</title></path>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-margin} ${-margin} ${width} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8z" fill="${colours.line}"/></marker></defs>`,
    `<rect x="${-margin}" y="${-margin}" width="${width}" height="${height}" fill="${colours.surface}"/>`,
    ...layout.frames.map((frame) => frameSvg(frame, colours)),
    ...lines,
    ...graph.nodes.map((node) =>
      nodeSvg(node, layout.positions.get(node.ref), graph.rootRefs.includes(node.ref), colours),
    ),
    '</svg>',
  ].join('\n');
}

function frameSvg({ x, y, width, height, label }: GraphLayout['frames'][number], colours: PictureColours) {
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="none" stroke="${colours.border}"/>` +
    `<text x="${x + 14}" y="${y + 19}" font-size="12" font-weight="600" fill="${colours.dim}">${escaped(label)}</text>`
  );
}

function nodeSvg(
  node: GraphNode,
  place: { x: number; y: number } | undefined,
  isRoot: boolean,
  colours: PictureColours,
): string {
  if (!place) return '';
  const { x, y } = place;
  const border = node.isMissing ? colours.warning : isRoot ? colours.accent : colours.border;
  const note = node.isMissing
    ? 'Not in the catalog'
    : `${kindWord(node.kind)}${node.type === undefined ? '' : ` · ${node.type}`}`;
  return (
    `<g><title>${escaped(node.ref)}</title>` +
    `<rect x="${x}" y="${y}" width="${nodeSize.width}" height="${nodeSize.height}" rx="8" fill="${colours.box}" ` +
    `stroke="${border}"${isRoot ? ' stroke-width="2"' : ''}${node.isMissing ? ' stroke-dasharray="5 4"' : ''}/>` +
    `<text x="${x + 12}" y="${y + 19}" font-size="13" font-weight="600" fill="${colours.text}">${escaped(cut(node.title ?? refLabel(node.ref), maxLetters.title))}</text>` +
    `<text x="${x + 12}" y="${y + 35}" font-size="11" fill="${node.isMissing ? colours.warning : colours.dim}">${escaped(cut(note, maxLetters.note))}</text></g>`
  );
}

function cut(text: string, length: number): string {
  const letters = [...text];
  return letters.length <= length ? text : `${letters.slice(0, length - 1).join('')}…`;
}

// XML 1.0 forbids these even as references; a descriptor could hold them.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

function escaped(text: string): string {
  return text
    .replace(forbidden, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
