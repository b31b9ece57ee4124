/** Parts of the editor in their order. */
export const editorParts = ['files', 'text', 'form', 'run'] as const;
export type EditorPart = (typeof editorParts)[number];

/** Those that share a place where there is room for three. */
export const sideParts = ['form', 'run'] as const;
export type SidePart = (typeof sideParts)[number];

/** What people call them. */
export const partWords: Record<EditorPart, string> = {
  files: 'Files',
  text: 'Text',
  form: 'Form',
  run: 'Dry run',
};
