import type { PreviewedEntity, SourceAnalysis } from '@waymark/contracts';
import { countText, type StatusTone } from '@waymark/ui';

type Outcome = PreviewedEntity['outcome'];

/** What registering does with an entity, the most telling first. */
export const outcomes = ['conflict', 'not-allowed', 'new', 'known'] as const satisfies readonly Outcome[];

/** An outcome as tone, word and meaning. */
export const outcomeWords: Record<Outcome, { tone: StatusTone; word: string; meaning: string }> = {
  new: { tone: 'good', word: 'New', meaning: 'It will be in the catalog.' },
  known: { tone: 'info', word: 'Known', meaning: 'The catalog has it from this place already.' },
  conflict: {
    tone: 'warning',
    word: 'Conflict',
    meaning: 'Another file holds this reference and keeps it.',
  },
  'not-allowed': {
    tone: 'bad',
    word: 'Not allowed',
    meaning: 'The catalog takes no such kind from this place.',
  },
};

/** How many entities have each outcome. */
export function countOutcomes(entities: readonly PreviewedEntity[]): Record<Outcome, number> {
  const counts: Record<Outcome, number> = { new: 0, known: 0, conflict: 0, 'not-allowed': 0 };
  for (const { outcome } of entities) counts[outcome] += 1;
  return counts;
}

/** What registering changes, in a sentence. */
export function effectWords({ entities, problems, isTruncated }: SourceAnalysis): string {
  const counts = countOutcomes(entities);
  const errors = problems.filter(({ level }) => level === 'error').length;
  const more = isTruncated ? ' at least' : '';
  const sentences = [
    counts.new > 0
      ? `Registering adds${more} ${countText(counts.new, 'entity', 'entities')} to the catalog.`
      : 'Registering adds nothing to the catalog now.',
    counts.known > 0 ? `${countText(counts.known, 'entity is', 'entities are')} there already.` : '',
    counts.conflict > 0
      ? `${countText(counts.conflict, 'reference stays', 'references stay')} with the file that holds it today.`
      : '',
    counts['not-allowed'] > 0
      ? `${countText(counts['not-allowed'], 'entity is', 'entities are')} refused by the rules of the catalog.`
      : '',
    errors > 0
      ? `${countText(errors, 'error keeps', 'errors keep')} documents out until they are repaired.`
      : '',
  ];
  return sentences.filter((sentence) => sentence !== '').join(' ');
}
