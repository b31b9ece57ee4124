import type { GraphEdge } from '@waymark/contracts';

/** Keys that move in a picture. */
export type GraphStep = 'ArrowRight' | 'ArrowLeft' | 'ArrowDown' | 'ArrowUp' | 'Home' | 'End';

type Positions = ReadonlyMap<string, { x: number; y: number }>;

/** Boxes of one column stand at most this far apart, in pixels. */
const columnTolerance = 20;

/**
 * Where a key leads from a box. Right follows a relation to its target, left back to a source: of several
 * the one nearest in height. Down and up walk through all boxes, column by column, so that none is out of
 * reach. Undefined where there is nothing more.
 */
export function nextInGraph(
  step: GraphStep,
  from: string,
  edges: readonly GraphEdge[],
  positions: Positions,
): string | undefined {
  if (step === 'ArrowRight' || step === 'ArrowLeft') return neighbour(step, from, edges, positions);
  const order = readingOrder(positions);
  if (step === 'Home') return order[0];
  if (step === 'End') return order.at(-1);
  return order[order.indexOf(from) + (step === 'ArrowDown' ? 1 : -1)];
}

function neighbour(
  step: 'ArrowRight' | 'ArrowLeft',
  from: string,
  edges: readonly GraphEdge[],
  positions: Positions,
): string | undefined {
  const height = positions.get(from)?.y ?? 0;
  const distance = (ref: string) => Math.abs((positions.get(ref)?.y ?? 0) - height);
  return edges
    .flatMap(({ source, target }) => {
      if (step === 'ArrowRight') return source === from ? [target] : [];
      return target === from ? [source] : [];
    })
    .filter((ref) => ref !== from && positions.has(ref))
    .sort((a, b) => distance(a) - distance(b) || a.localeCompare(b))[0];
}

/** All boxes by column from the left, in each from the top. */
export function readingOrder(positions: Positions): string[] {
  const column = (x: number) => Math.round(x / columnTolerance);
  return [...positions]
    .sort(([a, first], [b, second]) => {
      return column(first.x) - column(second.x) || first.y - second.y || a.localeCompare(b);
    })
    .map(([ref]) => ref);
}
