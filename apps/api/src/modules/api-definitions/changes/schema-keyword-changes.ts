import type { Node } from '../formats/structured-text.ts';
import { isSame, shown, type ChangeList, type Direction } from './change-list.ts';

interface Place {
  direction: Direction;
  path: string;
  changes: ChangeList;
}

/** Keywords that bound a value, and the side on which they do. */
const bounds: Record<string, 'upper' | 'lower'> = {
  maximum: 'upper',
  exclusiveMaximum: 'upper',
  maxLength: 'upper',
  maxItems: 'upper',
  maxProperties: 'upper',
  minimum: 'lower',
  exclusiveMinimum: 'lower',
  minLength: 'lower',
  minItems: 'lower',
  minProperties: 'lower',
};

/** Keywords that only ever narrow: with one, fewer values are allowed than without. */
const narrowing = new Set([
  'pattern',
  'format',
  'multipleOf',
  'uniqueItems',
  'contentEncoding',
  'contentMediaType',
]);

/** Compares the keywords of a schema that are not about its structure. */
export function compareKeywords(before: Node, after: Node, place: Place): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [left, right] = [withoutFalse(before[key]), withoutFalse(after[key])];
    if (isSame(left, right)) continue;
    const side = bounds[key];
    if (side !== undefined && isBound(left) && isBound(right)) compareBound(key, side, left, right, place);
    else if (narrowing.has(key)) compareNarrowing(key, left, right, place);
    else place.changes.add('unclear', place.path, `"${key}" changed from ${shown(left)} to ${shown(right)}.`);
  }
}

function withoutFalse(value: unknown): unknown {
  return value === false ? undefined : value;
}

function isBound(value: unknown): value is number | undefined {
  return value === undefined || typeof value === 'number';
}

function compareBound(
  key: string,
  side: 'upper' | 'lower',
  left: number | undefined,
  right: number | undefined,
  { direction, path, changes }: Place,
): void {
  const open = side === 'upper' ? Infinity : -Infinity;
  const difference = (right ?? open) - (left ?? open);
  const isNarrower = side === 'upper' ? difference < 0 : difference > 0;
  // A limit of zero that appears or goes says nothing: nothing is shorter.
  if (key.startsWith('min') && key !== 'minimum' && (left ?? 0) === (right ?? 0)) return;
  changes.add(
    levelOf(direction, isNarrower),
    path,
    `"${key}" changed from ${words(left)} to ${words(right)}.`,
  );
}

function words(bound: number | undefined): string {
  return bound === undefined ? 'no limit' : String(bound);
}

function compareNarrowing(
  key: string,
  left: unknown,
  right: unknown,
  { direction, path, changes }: Place,
): void {
  if (left !== undefined && right !== undefined) {
    changes.add('unclear', path, `"${key}" changed from ${shown(left)} to ${shown(right)}.`);
  } else {
    const isNarrower = left === undefined;
    const message = isNarrower
      ? `"${key}" is ${shown(right)} now.`
      : `"${key}" is not ${shown(left)} any more.`;
    changes.add(levelOf(direction, isNarrower), path, message);
  }
}

/** What the consumer sends may become freer; what comes back may become stricter, and freer only with a look. */
function levelOf(direction: Direction, isNarrower: boolean): 'breaking' | 'compatible' | 'unclear' {
  if (direction === 'request') return isNarrower ? 'breaking' : 'compatible';
  return isNarrower ? 'compatible' : 'unclear';
}
