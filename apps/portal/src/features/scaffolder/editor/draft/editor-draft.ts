import { z } from 'zod';
import { createStoredValue, type StoredValue } from '../../../../lib/browser/stored-value.ts';
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

const drafts = new Map<string, StoredValue<EditorDraft | null>>();

/** The draft of a template, by what {@link draftName} gives; null where there is none. */
export function editorDraftOf(name: string): StoredValue<EditorDraft | null> {
  const known = drafts.get(name);
  if (known) return known;
  const draft = createStoredValue<EditorDraft | null>(`editor.${name}`, editorDraftSchema, null);
  drafts.set(name, draft);
  return draft;
}

/** What a draft is kept under: answers of a preview are apart from those of the form itself. */
export function draftName(templateRef: string | undefined): string {
  return templateRef === undefined ? 'starter' : `editor:${templateRef}`;
}
