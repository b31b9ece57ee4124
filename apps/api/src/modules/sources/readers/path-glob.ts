/** Whether a path, relative and with `/`, matches. */
export type PathMatcher = (path: string) => boolean;

/** Longest glob that is accepted; a real one is far shorter. */
const MAX_GLOB_LENGTH = 500;
/** Most patterns that the braces of one glob may stand for. */
const MAX_ALTERNATIVES = 64;

/** One place of a segment: a character, one of a set, any one, or any number of them. */
type Token = string | { accepts: (character: string) => boolean } | typeof ANY_TEXT;
/** One folder or file name of a pattern, or any number of folders. */
type Segment = readonly Token[] | typeof ANY_FOLDERS;

const ANY_TEXT = Symbol('*');
const ANY_FOLDERS = Symbol('**');

/** A glob that is not taken: too long, or standing for too many patterns. */
export class GlobError extends Error {
  override readonly name = 'GlobError';
}

/**
 * Compiles a glob of `*`, `**`, `?`, `[a-z]`, `[!a-z]`, `{one,two}` and `\` before a character that shall stand
 * for itself. Descriptor files name globs too, so a match must never take long: its time grows with the length
 * of the pattern times that of the path, where a regular expression made from the pattern could take for ever.
 *
 * @throws GlobError
 */
export function compileGlob(glob: string): PathMatcher {
  if (glob.length > MAX_GLOB_LENGTH)
    throw new GlobError(`The pattern is over ${MAX_GLOB_LENGTH} characters long.`);
  const alternatives = expandBraces(glob).map((pattern) => pattern.split('/').map(parseSegment));
  return (path) => {
    const names = path.split('/');
    return alternatives.some((segments) => matchesInOrder(segments, names, ANY_FOLDERS, matchesName));
  };
}

/** Whether a text has a character that means something in a glob. */
export function hasMagic(text: string): boolean {
  return /[*?[\]{}\\]/.test(text);
}

/**
 * Matches a sequence against a pattern with wildcards for any number of items. Each wildcard first takes nothing
 * and grows by one whenever what follows does not fit; only the last one ever has to.
 */
function matchesInOrder<Part, Wildcard extends Part, Item>(
  pattern: readonly Part[],
  items: ArrayLike<Item>,
  wildcard: Wildcard,
  fits: (part: Exclude<Part, Wildcard>, item: Item) => boolean,
): boolean {
  let at = 0;
  let item = 0;
  let lastWildcard = -1;
  let takenUntil = 0;
  while (item < items.length) {
    const part = pattern[at];
    if (at < pattern.length && part === wildcard) {
      lastWildcard = at;
      takenUntil = item;
      at += 1;
      // The two casts: the bounds were checked, and the wildcard was the case before.
    } else if (at < pattern.length && fits(part as Exclude<Part, Wildcard>, items[item] as Item)) {
      at += 1;
      item += 1;
    } else if (lastWildcard >= 0) {
      at = lastWildcard + 1;
      takenUntil += 1;
      item = takenUntil;
    } else {
      return false;
    }
  }
  return pattern.slice(at).every((part) => part === wildcard);
}

function matchesName(segment: readonly Token[], name: string): boolean {
  return matchesInOrder(segment, [...name], ANY_TEXT, matchesCharacter);
}

function matchesCharacter(token: Exclude<Token, typeof ANY_TEXT>, character: string): boolean {
  return typeof token === 'string' ? token === character : token.accepts(character);
}

function parseSegment(segment: string): Segment {
  if (segment === '**') return ANY_FOLDERS;
  const tokens: Token[] = [];
  const characters = [...segment];
  for (let at = 0; at < characters.length; at += 1) {
    const character = characters[at] ?? '';
    const set = character === '[' ? parseSet(characters, at) : undefined;
    if (set) {
      tokens.push(set.token);
      at = set.end;
    } else if (character === '\\' && at + 1 < characters.length) {
      at += 1;
      tokens.push(characters[at] ?? '');
    } else if (character === '*') {
      if (tokens.at(-1) !== ANY_TEXT) tokens.push(ANY_TEXT);
    } else {
      tokens.push(character === '?' ? { accepts: () => true } : character);
    }
  }
  return tokens;
}

/** The set that begins at a `[`; undefined when it is never closed and the bracket stands for itself. */
function parseSet(characters: readonly string[], start: number): { token: Token; end: number } | undefined {
  const isNegated = characters[start + 1] === '!' || characters[start + 1] === '^';
  const first = start + (isNegated ? 2 : 1);
  // A bracket right at the beginning belongs to the set.
  const end = characters.indexOf(']', first + 1);
  if (end < 0) return undefined;
  const ranges: [from: string, to: string][] = [];
  for (let at = first; at < end; at += 1) {
    const from = characters[at] ?? '';
    const to = characters[at + 2];
    const isRange = characters[at + 1] === '-' && to !== undefined && at + 2 < end;
    ranges.push([from, isRange ? to : from]);
    if (isRange) at += 2;
  }
  const isIn = (character: string) => ranges.some(([from, to]) => from <= character && character <= to);
  return { token: { accepts: (character) => isIn(character) !== isNegated }, end };
}

/** Writes out `{one,two}`. Braces without a comma, or never closed, stand for themselves. */
function expandBraces(pattern: string): string[] {
  const braces = findBraces(pattern);
  if (!braces) return [pattern];
  const { start, end, parts } = braces;
  const expanded = parts.flatMap((part) =>
    expandBraces(`${pattern.slice(0, start)}${part}${pattern.slice(end + 1)}`),
  );
  if (expanded.length > MAX_ALTERNATIVES) {
    throw new GlobError(`The braces of the pattern stand for more than ${MAX_ALTERNATIVES} patterns.`);
  }
  return expanded;
}

interface Braces {
  start: number;
  end: number;
  parts: string[];
}

/** The first pair of braces that has a comma of its own. */
function findBraces(pattern: string): Braces | undefined {
  const open: { start: number; commas: number[] }[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === '\\') at += 1;
    else if (character === '{') open.push({ start: at, commas: [] });
    else if (character === ',') open.at(-1)?.commas.push(at);
    else if (character === '}') {
      const closed = open.pop();
      if (closed && closed.commas.length > 0) return cutBraces(pattern, closed, at);
    }
  }
  return undefined;
}

function cutBraces(
  pattern: string,
  { start, commas }: { start: number; commas: number[] },
  end: number,
): Braces {
  const edges = [start, ...commas, end];
  const parts = edges.slice(0, -1).map((edge, index) => pattern.slice(edge + 1, edges[index + 1]));
  return { start, end, parts };
}
