import { isRecord } from '@waymark/catalog-model';
import type { Entity } from '@waymark/catalog-model';

/** Fields that a search looks at, from the one that counts most; their order is their number in {@link SearchIndex}. */
export const searchFields = ['name', 'title', 'tag', 'owner', 'type', 'description'] as const;

/** One of {@link searchFields}. */
export type SearchField = (typeof searchFields)[number];

/** A word of an entity with the places that it has in a field. */
export interface SearchWord {
  word: string;
  field: SearchField;
  /** The value begins with the word. */
  isFirst: boolean;
  /** The value is nothing but the word. */
  isWhole: boolean;
  /** The words of a value that are put together in this one: `payments-api` as `paymentsapi`. */
  parts?: readonly string[] | undefined;
}

/** Words of a longer description are found up to here. */
const MAX_DESCRIPTION_LENGTH = 4_000;
/** A longer word is found by its beginning. */
const MAX_WORD_LENGTH = 80;
/** Letters with their marks and digits; `c++` and `c#` keep what tells them apart. */
const WORD = /[\p{L}\p{N}\p{M}]+[+#]*/gu;
const ASCII_WORD = /[a-z0-9]+[+#]*/g;
const ASCII = /^[\0-\x7f]*$/;
const ACCENTS = /[\u0300-\u036f]/g;
const CAMEL_HUMP = /([\p{Ll}\p{N}])(\p{Lu})/gu;
const ASCII_CAMEL_HUMP = /([a-z0-9])([A-Z])/g;

/** How texts are compared: without case, width and accents. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  return ASCII.test(lower) ? lower : lower.normalize('NFKD').replaceAll(ACCENTS, '');
}

/** The words of a text, folded. */
export function foldedWords(text: string): string[] {
  const folded = foldText(text);
  const words = folded.match(ASCII.test(folded) ? ASCII_WORD : WORD) ?? [];
  return words.map((word) => (word.length > MAX_WORD_LENGTH ? word.slice(0, MAX_WORD_LENGTH) : word));
}

/** The words of a text as they stand there, with their positions. */
export function* wordsIn(text: string): Generator<{ word: string; start: number }> {
  for (const match of text.matchAll(WORD)) yield { word: match[0], start: match.index };
}

/**
 * What an entity is found by. Names, titles and tags are known in one piece as well (`payments-api`
 * also as `paymentsapi`), and by the parts of a word in camel case.
 */
export function searchWordsOf({ metadata, spec = {} }: Entity): SearchWord[] {
  const found: SearchWord[] = [];
  const profile = spec['profile'];
  addWords(found, 'name', [metadata.name]);
  addWords(found, 'title', [metadata.title, isRecord(profile) ? profile['displayName'] : undefined]);
  addWords(found, 'tag', metadata.tags ?? []);
  addWords(found, 'owner', [nameInRef(spec['owner'])]);
  addWords(found, 'type', [spec['type']]);
  addWords(found, 'description', [metadata.description, isRecord(profile) ? profile['email'] : undefined]);
  return found;
}

/** Fields whose values are short and often written in one piece. */
const NAME_LIKE: ReadonlySet<SearchField> = new Set(['name', 'title', 'tag']);

/** Adds the words of all values of one field, each once. */
function addWords(found: SearchWord[], field: SearchField, values: readonly unknown[]): void {
  const known = new Map<string, SearchWord>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    const words = NAME_LIKE.has(field)
      ? foldedWords(parted(value))
      : foldedWords(value.length > MAX_DESCRIPTION_LENGTH ? value.slice(0, MAX_DESCRIPTION_LENGTH) : value);
    const isWhole = words.length === 1;
    words.forEach((word, position) => note(known, { word, field, isFirst: position === 0, isWhole }));
    if (isWhole || words.length === 0 || !NAME_LIKE.has(field)) continue;
    const compound = words.join('').slice(0, MAX_WORD_LENGTH);
    note(known, { word: compound, field, isFirst: true, isWhole: true, parts: words });
  }
  for (const word of known.values()) found.push(word);
}

/** `PaymentsApi` as `Payments Api`. */
function parted(text: string): string {
  return text.replace(ASCII.test(text) ? ASCII_CAMEL_HUMP : CAMEL_HUMP, '$1 $2');
}

function note(known: Map<string, SearchWord>, word: SearchWord): void {
  const before = known.get(word.word);
  if (before === undefined) known.set(word.word, word);
  else {
    before.isFirst ||= word.isFirst;
    before.isWhole ||= word.isWhole;
    // What is written in one piece somewhere is no compound.
    before.parts &&= word.parts;
  }
}

/** The name in a reference as it stands in a spec: `team-a` of `group:default/team-a`. */
function nameInRef(ref: unknown): string | undefined {
  if (typeof ref !== 'string') return undefined;
  return ref.slice(Math.max(ref.lastIndexOf(':'), ref.lastIndexOf('/')) + 1);
}
