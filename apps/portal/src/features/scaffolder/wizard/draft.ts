import { z } from 'zod';
import { randomUuid } from '../../../lib/browser/random-uuid.ts';
import { createStoredValues } from '../../../lib/browser/stored-value.ts';

const draftSchema = z
  .object({
    values: z.record(z.string(), z.json()),
    /** Instant of the last change. */
    savedAt: z.string(),
    /** Makes starting safe to repeat: the same answers with the same key start one run. */
    key: z.string(),
    /** What was sent under the key, when something was. */
    sentAs: z.string().optional(),
    /** Number of the furthest page that was opened. */
    reached: z.number(),
  })
  .nullable();

/** Answers that are kept in this browser until the run is started. */
export type Draft = NonNullable<z.output<typeof draftSchema>>;

/** The draft for a template; null where there is none. */
export const draftOf = createStoredValues<Draft>('draft', draftSchema);

/** A draft that nothing is answered in yet. */
export function newDraft(values: Draft['values']): Draft {
  return { values, savedAt: new Date().toISOString(), key: randomUuid(), reached: 1 };
}
