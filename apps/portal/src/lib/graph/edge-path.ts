import { nodeSize } from './graph-layout.ts';

/** Shortest reach of a curve beyond a box, in pixels. */
const leastReach = 36;

/**
 * The curve of a relation as an SVG path, from the right side of its source to the left side of its
 * target. Undefined where one of them has no place.
 */
export function edgePath(
  { source, target }: { source: string; target: string },
  positions: ReadonlyMap<string, { x: number; y: number }>,
): string | undefined {
  const from = positions.get(source);
  const to = positions.get(target);
  if (!from || !to) return undefined;
  const startX = from.x + nodeSize.width;
  const startY = from.y + nodeSize.height / 2;
  const endY = to.y + nodeSize.height / 2;
  const reach = Math.max(leastReach, Math.abs(to.x - startX) / 2);
  return `M${startX} ${startY}C${startX + reach} ${startY} ${to.x - reach} ${endY} ${to.x} ${endY}`;
}
