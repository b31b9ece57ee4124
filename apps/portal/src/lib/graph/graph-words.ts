import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { refLabel } from '../entities/entity-ref.ts';
import { kindWord } from '../entities/kind-words.ts';
import { counterpartWord, inSentence, relationWord } from '../entities/relation-words.ts';

/** What one side of a relation is to an entity: the word, and who is there. */
export interface RelatedGroup {
  word: string;
  refs: string[];
}

/** The relations of an entity in a picture, both ways, by what the others are to it. */
export function relatedGroups(ref: string, edges: readonly GraphEdge[]): RelatedGroup[] {
  const groups = new Map<string, Set<string>>();
  const add = (word: string, other: string) => groups.set(word, (groups.get(word) ?? new Set()).add(other));
  for (const { source, target, type } of edges) {
    if (source === ref) add(relationWord(type), target);
    if (target === ref) add(counterpartWord(type), source);
  }
  return [...groups].map(([word, refs]) => ({ word, refs: [...refs].sort() }));
}

/** A box in a sentence, for whoever does not see the picture. */
export function nodeWords(node: GraphNode, edges: readonly GraphEdge[]): string {
  const related = relatedGroups(node.ref, edges).map(
    ({ word, refs }) => `${inSentence(word)}: ${refs.map(refLabel).join(', ')}`,
  );
  return [
    `${node.title ?? refLabel(node.ref)}, ${kindWord(node.kind)}${node.isMissing ? ', not in the catalog' : ''}`,
    ...related,
  ].join('; ');
}
