import { withRoom } from './growable-array.ts';
import { searchFields, foldedWords, type SearchWord } from './search-words.ts';
import { SearchVocabulary, type PlaceInWord } from './search-vocabulary.ts';
import { createBitmap, setBit, type Bitmap } from './slot-set.ts';

/** What a search found. */
export interface SearchMatches {
  /** Slots with at least one match for every word of the term. */
  slots: Bitmap;
  /** Those of them that only resemble the term. */
  similar: Bitmap;
  /** By slot; the higher the better, 0 for no match. At most {@link maxSearchScore}. */
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
/** Documents are renumbered long before this many; the rest of 32 bits. */
const MIN_DEAD_DOCUMENTS = 1_000;
const NOBODY = -1;

/**
 * Finds entities by words. Each different word is kept once and leads to the documents that have it,
 * as a chain of numbers in one array. An entity that changes becomes a new document; the old one is
 * passed over, and all is written anew when the dead outnumber the living.
 */
export class SearchIndex {
  #vocabulary = new SearchVocabulary();
  /** Head of the chain of each word: position in the postings plus one. */
  #heads = new Uint32Array(256);
  #postings = new Uint32Array(1024);
  /** The posting before each posting, plus one. */
  #previous = new Uint32Array(1024);
  #postingCount = 0;
  /** Document → slot, or nobody's any more. */
  #slots = new Int32Array(256);
  #documentCount = 0;
  #liveCount = 0;
  readonly #documentBySlot: number[] = [];

  /** Records the words of a slot that has none. */
  add(slot: number, words: readonly SearchWord[]): void {
    if (words.length === 0) return;
    const document = this.#addDocument(slot);
    for (const { word, field, isFirst, isWhole, isCompound } of words) {
      const flags = (isFirst ? FIRST_FLAG : 0) | (isWhole ? WHOLE_FLAG : 0);
      const number = this.#vocabulary.numberOf(word, isCompound);
      this.#addPosting(number, (document << DOCUMENT_SHIFT) | flags | searchFields.indexOf(field));
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
    const matches = {
      slots: createBitmap(capacity),
      similar: createBitmap(capacity),
      scores: new Uint16Array(capacity),
    };
    const words = [...new Set(foldedWords(term))].slice(0, MAX_WORDS);
    if (words.length === 0) return matches;
    const scoresByWord = words.map((word) => this.#scoreWord(word));
    const exact = this.#combine(scoresByWord);
    if (words.length > 1) raise(exact, this.#scoreWord(foldedWords(term).join(''), isNameOrTitle));
    const { count, best } = this.#collect(exact, matches);
    if (count < FEW_RESULTS && best < MIN_SURE_SCORE) {
      words.forEach((word, position) => this.#addSimilar(word, scoresByWord[position]));
      this.#collectSimilar(this.#combine(scoresByWord), matches);
    }
    return matches;
  }

  /** The best place that each document has for a word, by document. */
  #scoreWord(word: string, isWanted: (field: number) => boolean = () => true): Uint16Array {
    const scores = new Uint16Array(this.#documentCount);
    this.#vocabulary.eachWith(word, (number, place) => {
      this.#eachPosting(number, (posting) => {
        const field = posting & FIELD_MASK;
        if (!isWanted(field)) return;
        const score = (FIELD_WEIGHTS[field] ?? 0) * placeWeight(posting, place);
        const document = posting >>> DOCUMENT_SHIFT;
        if (score > (scores[document] ?? 0)) scores[document] = score;
      });
    });
    return scores;
  }

  /** Adds documents that have a word like this one: less than if it stood within one of theirs. */
  #addSimilar(word: string, scores: Uint16Array = new Uint16Array()): void {
    for (const { number, similarity } of this.#vocabulary.similarTo(word)) {
      this.#eachPosting(number, (posting) => {
        const weight = (FIELD_WEIGHTS[posting & FIELD_MASK] ?? 0) * placeWeight(posting, 'whole');
        const score = Math.ceil((similarity * weight * PLACE_WEIGHTS.inside) / 100);
        const document = posting >>> DOCUMENT_SHIFT;
        if (score > (scores[document] ?? 0)) scores[document] = score;
      });
    }
  }

  /** The mean of the words' scores where a document has them all. */
  #combine(scoresByWord: readonly Uint16Array[]): Uint16Array {
    const combined = new Uint16Array(this.#documentCount);
    const count = scoresByWord.length;
    const [first = combined] = scoresByWord;
    for (let document = 0; document < first.length; document += 1) {
      let sum = first[document] ?? 0;
      // Most documents have not even the first word.
      for (let word = 1; word < count && sum !== 0; word += 1) {
        const score = scoresByWord[word]?.[document] ?? 0;
        sum = score === 0 ? 0 : sum + score;
      }
      if (sum !== 0) combined[document] = Math.ceil(sum / count);
    }
    return combined;
  }

  #collect(scores: Uint16Array, { slots, scores: bySlot }: SearchMatches): { count: number; best: number } {
    let count = 0;
    let best = 0;
    this.#eachScored(scores, (slot, score) => {
      setBit(slots, slot);
      bySlot[slot] = score;
      count += 1;
      best = Math.max(best, score);
    });
    return { count, best };
  }

  /** What was found as written stays before what is only similar. */
  #collectSimilar(scores: Uint16Array, { slots, similar, scores: bySlot }: SearchMatches): void {
    this.#eachScored(scores, (slot, score) => {
      if (bySlot[slot] !== 0) return;
      setBit(slots, slot);
      setBit(similar, slot);
      bySlot[slot] = Math.max(1, Math.round((score * MAX_SIMILAR_SCORE) / maxSearchScore));
    });
  }

  #eachScored(scores: Uint16Array, visit: (slot: number, score: number) => void): void {
    for (let document = 0; document < scores.length; document += 1) {
      const score = scores[document] ?? 0;
      const slot = this.#slots[document] ?? NOBODY;
      if (score > 0 && slot !== NOBODY) visit(slot, score);
    }
  }

  #eachPosting(word: number, visit: (posting: number) => void): void {
    for (let at = this.#heads[word] ?? 0; at !== 0; at = this.#previous[at - 1] ?? 0) {
      visit(this.#postings[at - 1] ?? 0);
    }
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

  #addPosting(number: number, posting: number): void {
    const at = this.#postingCount;
    this.#heads = withRoom(this.#heads, number + 1);
    this.#postings = withRoom(this.#postings, at + 1);
    this.#previous = withRoom(this.#previous, at + 1);
    this.#postings[at] = posting;
    this.#previous[at] = this.#heads[number] ?? 0;
    this.#heads[number] = at + 1;
    this.#postingCount += 1;
  }

  /** Writes everything anew without the dead documents and their words. */
  #renumber(): void {
    const old = { vocabulary: this.#vocabulary, heads: this.#heads, postings: this.#postings };
    const { previous, slots } = { previous: this.#previous, slots: this.#slots };
    this.#vocabulary = new SearchVocabulary();
    this.#heads = new Uint32Array(256);
    this.#postings = new Uint32Array(1024);
    this.#previous = new Uint32Array(1024);
    this.#postingCount = 0;
    this.#slots = new Int32Array(this.#liveCount);
    const oldCount = this.#documentCount;
    this.#documentCount = 0;
    this.#liveCount = 0;
    const renumbered = new Int32Array(oldCount).fill(NOBODY);
    for (let document = 0; document < oldCount; document += 1) {
      const slot = slots[document] ?? NOBODY;
      if (slot !== NOBODY) renumbered[document] = this.#addDocument(slot);
    }
    for (let word = 0; word < old.vocabulary.size; word += 1) {
      const text = old.vocabulary.wordAt(word);
      for (let at = old.heads[word] ?? 0; at !== 0; at = previous[at - 1] ?? 0) {
        const posting = old.postings[at - 1] ?? 0;
        const document = renumbered[posting >>> DOCUMENT_SHIFT] ?? NOBODY;
        if (document === NOBODY) continue;
        const rest = posting & ((1 << DOCUMENT_SHIFT) - 1);
        const number = this.#vocabulary.numberOf(text, old.vocabulary.isCompound(word));
        this.#addPosting(number, (document << DOCUMENT_SHIFT) | rest);
      }
    }
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

/** Takes the higher score of two, for each document. */
function raise(scores: Uint16Array, others: Uint16Array): void {
  for (let document = 0; document < scores.length; document += 1) {
    scores[document] = Math.max(scores[document] ?? 0, others[document] ?? 0);
  }
}
