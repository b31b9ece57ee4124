import { z } from 'zod';
import { createStoredValues } from '../../../../lib/browser/stored-value.ts';
import { editorFileSchema } from './editor-file.ts';

const editorDraftSchema = z
  .object({
    files: z.array(editorFileSchema),
    /** Which of the files describes the template. */
    templatePath: z.string(),
    /** Of the files that it began with; undefined for the starter. */
    revision: z.string().optional(),
    /** Instant of the last change. */
    savedAt: z.string(),
  })
  .nullable();

/** Files that are kept in this browser while somebody works on them. */
export type EditorDraft = NonNullable<z.output<typeof editorDraftSchema>>;

/** The draft of a template, by what {@link draftName} gives; null where there is none. */
export const editorDraftOf = createStoredValues<EditorDraft>('editor', editorDraftSchema);

/** What a draft is kept under: answers of a preview are apart from those of the form itself. */
export function draftName(templateRef: string | undefined): string {
  return templateRef === undefined ? 'starter' : `editor:${templateRef}`;
}
