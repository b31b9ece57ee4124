import { DocumentScores } from './document-scores.ts';
import { withRoom } from './growable-array.ts';
import { SearchPostings } from './search-postings.ts';
import type { PlaceInWord } from './search-vocabulary.ts';
import { searchFields, foldedWords, type SearchWord } from './search-words.ts';
import { createBitmap, setBit, type Bitmap } from './slot-set.ts';
import { WordJoints } from './word-joints.ts';
import { WordSimilarity } from './word-similarity.ts';

/** What a search found. */
export interface SearchMatches {
  /** Slots with at least one match for every word of the term. */
  slots: Bitmap;
  /** Those of them that only resemble the term. */
  similar: Bitmap;
  /**
   * By slot; the higher the better, 0 for no match. At most {@link maxSearchScore}. The next search writes
   * into the same array.
   */
  scores: Uint16Array;
}

/** The score of an entity whose name is the term. */
export const maxSearchScore = 10_000;
/** Further words of a term are not looked for: each costs a look at the whole vocabulary. */
const MAX_WORDS = 8;
/** A name or a title that is the term leaves no doubt about what was meant. */
const MIN_SURE_SCORE = 9_500;
/** With fewer results than this, words that resemble the term are looked for as well. */
const FEW_RESULTS = 3;

/** Share of the full score in hundredths, by field; see {@link searchFields}. */
const FIELD_WEIGHTS = [100, 95, 50, 40, 30, 20] as const;
/** Share of the full score in hundredths, by the place in the value. */
const PLACE_WEIGHTS = { all: 100, firstWord: 86, beginning: 80, word: 66, wordStart: 60, inside: 40 };
/** Less than the least match of what was written: that in the middle of a word of a description. */
const MAX_SIMILAR_SCORE = 790;

// A posting is one number: document, field and two flags.
const FIELD_BITS = 3;
const FIRST_FLAG = 1 << FIELD_BITS;
const WHOLE_FLAG = 1 << (FIELD_BITS + 1);
const DOCUMENT_SHIFT = FIELD_BITS + 2;
const FIELD_MASK = (1 << FIELD_BITS) - 1;
const FLAGS_MASK = (1 << DOCUMENT_SHIFT) - 1;
/** Documents are renumbered long before this many; the rest of 32 bits. */
const MIN_DEAD_DOCUMENTS = 1_000;
const NOBODY = -1;

/**
 * Finds entities by words. Each different word is kept once and leads to the documents that have it. An
 * entity that changes becomes a new document; the old one is passed over, and all is written anew when the
 * dead outnumber the living.
 */
export class SearchIndex {
  #words = new SearchPostings();
  /** Words that are written in one piece: one for nearly every entity, so they stand apart. */
  #compounds = new SearchPostings();
  /** Joints of words that have gone stay noted: they cost a look, and are never wrong. */
  readonly #joints = new WordJoints();
  /** Document → slot, or nobody's any more. */
  #slots = new Int32Array(256);
  #documentCount = 0;
  #liveCount = 0;
  readonly #documentBySlot: number[] = [];
  /** What searches write into, again and again: new arrays for each would be megabytes. */
  readonly #scratch: DocumentScores[] = [];
  #scratchInUse = 0;
  #scoresBySlot = new Uint16Array(256);

  /** Records the words of a slot that has none. */
  add(slot: number, words: readonly SearchWord[]): void {
    if (words.length === 0) return;
    const document = this.#addDocument(slot);
    for (const { word, field, isFirst, isWhole, parts } of words) {
      const flags = (isFirst ? FIRST_FLAG : 0) | (isWhole ? WHOLE_FLAG : 0);
      const posting = (document << DOCUMENT_SHIFT) | flags | searchFields.indexOf(field);
      if (parts === undefined) this.#words.add(word, posting);
      else {
        this.#compounds.add(word, posting);
        this.#joints.add(parts);
      }
    }
  }

  /** Forgets the words of a slot. */
  remove(slot: number): void {
    const document = this.#documentBySlot[slot];
    if (document === undefined || document === NOBODY) return;
    this.#slots[document] = NOBODY;
    this.#documentBySlot[slot] = NOBODY;
    this.#liveCount -= 1;
    const dead = this.#documentCount - this.#liveCount;
    if (dead > this.#liveCount + MIN_DEAD_DOCUMENTS) this.#renumber();
  }

  /** Entities that have every word of the term; `capacity` is that of the index around this one. */
  search(term: string, capacity: number): SearchMatches {
    this.#scratchInUse = 0;
    this.#scoresBySlot = withRoom(this.#scoresBySlot, capacity);
    const scores = this.#scoresBySlot.fill(0);
    const matches = { slots: createBitmap(capacity), similar: createBitmap(capacity), scores };
    const words = [...new Set(foldedWords(term))].slice(0, MAX_WORDS);
    if (words.length === 0) return matches;
    const scoresByWord = words.map((word) => this.#scoreWord(word));
    const exact = this.#combine(scoresByWord);
    if (words.length > 1) {
      const inOnePiece = this.#scoreWord(foldedWords(term).join(''), isNameOrTitle);
      inOnePiece.each((document, score) => exact.raise(document, score));
    }
    const { count, best } = this.#collect(exact, matches);
    if (count < FEW_RESULTS && best < MIN_SURE_SCORE) {
      scoresByWord.forEach((scores, position) => this.#addSimilar(words[position] ?? '', scores));
      this.#collectSimilar(this.#combine(scoresByWord), matches);
    }
    return matches;
  }

  /** The best place that each document has for a word. */
  #scoreWord(word: string, isWanted: (field: number) => boolean = () => true): DocumentScores {
    const scores = this.#noScores();
    const scoreIn = (postings: SearchPostings) => {
      postings.words.eachWith(word, (number, place) => {
        postings.each(number, (posting) => {
          const field = posting & FIELD_MASK;
          if (!isWanted(field)) return;
          scores.raise(posting >>> DOCUMENT_SHIFT, (FIELD_WEIGHTS[field] ?? 0) * placeWeight(posting, place));
        });
      });
    };
    scoreIn(this.#words);
    // What stands within one word of a compound has been found in that word, at a place as good.
    if (this.#joints.mayCross(word)) scoreIn(this.#compounds);
    return scores;
  }

  /** Adds documents that have a word like this one: less than if it stood within one of theirs. */
  #addSimilar(word: string, scores: DocumentScores): void {
    this.#eachSimilar(word, (posting, similarity) => {
      const weight = (FIELD_WEIGHTS[posting & FIELD_MASK] ?? 0) * placeWeight(posting, 'whole');
      scores.raise(posting >>> DOCUMENT_SHIFT, Math.ceil((similarity * weight * PLACE_WEIGHTS.inside) / 100));
    });
  }

  /** Words that may be meant, with compounds that are written alike; other compounds when there is none. */
  #eachSimilar(word: string, visit: (posting: number, similarity: number) => void): void {
    if (!WordSimilarity.isPossibleFor(word)) return;
    const comparison = new WordSimilarity(word);
    const meant = this.#words.words.similarTo(comparison);
    for (const { number, similarity } of meant) {
      const note = (posting: number) => visit(posting, similarity);
      this.#words.each(number, note);
      const compound = this.#compounds.words.find(this.#words.words.wordAt(number));
      if (compound !== undefined) this.#compounds.each(compound, note);
    }
    if (meant.length > 0) return;
    for (const { number, similarity } of this.#compounds.words.similarTo(comparison)) {
      this.#compounds.each(number, (posting) => visit(posting, similarity));
    }
  }

  /** The mean of the words' scores where a document has them all. */
  #combine(scoresByWord: readonly DocumentScores[]): DocumentScores {
    const combined = this.#noScores();
    // Only what has the rarest word can have all of them.
    const [rarest, ...others] = scoresByWord.toSorted((left, right) => left.size - right.size);
    rarest?.each((document, rarestScore) => {
      let sum = rarestScore;
      for (const scores of others) {
        const score = scores.of(document);
        if (score === 0) return;
        sum += score;
      }
      combined.raise(document, Math.ceil(sum / scoresByWord.length));
    });
    return combined;
  }

  #collect(found: DocumentScores, { slots, scores }: SearchMatches): { count: number; best: number } {
    let count = 0;
    let best = 0;
    this.#eachScored(found, (slot, score) => {
      setBit(slots, slot);
      scores[slot] = score;
      count += 1;
      best = Math.max(best, score);
    });
    return { count, best };
  }

  /** What was found as written stays before what is only similar. */
  #collectSimilar(found: DocumentScores, { slots, similar, scores }: SearchMatches): void {
    this.#eachScored(found, (slot, score) => {
      if (scores[slot] !== 0) return;
      setBit(slots, slot);
      setBit(similar, slot);
      scores[slot] = Math.max(1, Math.round((score * MAX_SIMILAR_SCORE) / maxSearchScore));
    });
  }

  #eachScored(found: DocumentScores, visit: (slot: number, score: number) => void): void {
    found.each((document, score) => {
      const slot = this.#slots[document] ?? NOBODY;
      if (slot !== NOBODY) visit(slot, score);
    });
  }

  #addDocument(slot: number): number {
    const document = this.#documentCount;
    this.#slots = withRoom(this.#slots, document + 1);
    this.#slots[document] = slot;
    this.#documentBySlot[slot] = document;
    this.#documentCount += 1;
    this.#liveCount += 1;
    return document;
  }

  /** Writes everything anew without the dead documents and their words. */
  #renumber(): void {
    const old = { words: this.#words, compounds: this.#compounds, slots: this.#slots };
    const oldCount = this.#documentCount;
    this.#words = new SearchPostings();
    this.#compounds = new SearchPostings();
    this.#slots = new Int32Array(this.#liveCount);
    this.#documentCount = 0;
    this.#liveCount = 0;
    const renumbered = new Int32Array(oldCount).fill(NOBODY);
    for (let document = 0; document < oldCount; document += 1) {
      const slot = old.slots[document] ?? NOBODY;
      if (slot !== NOBODY) renumbered[document] = this.#addDocument(slot);
    }
    const renumber = (posting: number) => {
      const document = renumbered[posting >>> DOCUMENT_SHIFT] ?? NOBODY;
      return document === NOBODY ? undefined : (document << DOCUMENT_SHIFT) | (posting & FLAGS_MASK);
    };
    copyPostings(old.words, renumber, (word, posting) => this.#words.add(word, posting));
    copyPostings(old.compounds, renumber, (word, posting) => this.#compounds.add(word, posting));
  }

  /** Scores to write into, without any; in use until the next search. */
  #noScores(): DocumentScores {
    const scores = this.#scratch[this.#scratchInUse] ?? new DocumentScores();
    this.#scratch[this.#scratchInUse] = scores;
    this.#scratchInUse += 1;
    scores.reset(this.#documentCount);
    return scores;
  }
}

function copyPostings(
  from: SearchPostings,
  renumber: (posting: number) => number | undefined,
  add: (word: string, posting: number) => void,
): void {
  for (let number = 0; number < from.words.size; number += 1) {
    const word = from.words.wordAt(number);
    from.each(number, (old) => {
      const posting = renumber(old);
      if (posting !== undefined) add(word, posting);
    });
  }
}

function placeWeight(posting: number, place: PlaceInWord): number {
  if (place === 'inside') return PLACE_WEIGHTS.inside;
  const isFirst = (posting & FIRST_FLAG) !== 0;
  if (place === 'start') return isFirst ? PLACE_WEIGHTS.beginning : PLACE_WEIGHTS.wordStart;
  if ((posting & WHOLE_FLAG) !== 0) return PLACE_WEIGHTS.all;
  return isFirst ? PLACE_WEIGHTS.firstWord : PLACE_WEIGHTS.word;
}

function isNameOrTitle(field: number): boolean {
  return searchFields[field] === 'name' || searchFields[field] === 'title';
}
