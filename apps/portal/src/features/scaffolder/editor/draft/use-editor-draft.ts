import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { draftOf } from '../../wizard/draft.ts';
import { draftName, editorDraftOf, type EditorDraft } from './editor-draft.ts';
import { withNewFile, withoutFile, withRenamed, withText } from './editor-files.ts';

/** What an editor begins with. */
export type EditorStart = Pick<EditorDraft, 'files' | 'templatePath' | 'revision'>;

/** Not every letter is written at once: a draft may have megabytes. */
const saveQuietMs = 300;

/** The files of a template while somebody works on them, kept in this browser. */
export function useEditorDraft(templateRef: string | undefined, start: EditorStart) {
  const name = draftName(templateRef);
  const stored = editorDraftOf(name);
  const [earlier] = useState(() => stored.get());
  const [draft, setDraft] = useState<EditorStart & { savedAt?: string }>(earlier ?? start);
  const [path, setPath] = useState(draft.templatePath);
  const { isKept, forget } = useKept(name, draft);
  const change = (files: EditorDraft['files']) =>
    setDraft((current) => ({ ...current, files, savedAt: new Date().toISOString() }));
  const { files, templatePath } = draft;
  return {
    files,
    templatePath,
    /** The file that is looked at. */
    file: files.find((each) => each.path === path) ?? files.find((each) => each.path === templatePath),
    isChanged: draft.savedAt !== undefined,
    /** The draft that the page opened with, where there was one. */
    earlier,
    /** Whether the template has changed since the draft began. */
    isOutdated: earlier !== null && start.revision !== undefined && draft.revision !== start.revision,
    /** False when the browser has no room for it. */
    isKept,
    open: setPath,
    write: (at: string, text: string) => change(withText(files, at, text)),
    add: (at: string) => {
      change(withNewFile(files, at));
      setPath(at);
    },
    rename: (at: string, newPath: string) => {
      change(withRenamed(files, at, newPath));
      setPath(newPath);
    },
    remove: (at: string) => {
      change(withoutFile(files, at));
      setPath(templatePath);
    },
    /** Gives up the files and the answers; whoever shows them begins anew. */
    giveUp: () => {
      forget();
      stored.set(null);
      draftOf(name).set(null);
    },
  };
}

/** The files of a template and what can be done with them. */
export type EditorDraftState = ReturnType<typeof useEditorDraft>;

/** Writes what has changed, at the latest when the page goes. */
function useKept(name: string, draft: EditorStart & { savedAt?: string }) {
  const [isKept, setIsKept] = useState(true);
  const pending = useRef<EditorDraft>(undefined);
  const save = useEffectEvent(() => {
    if (pending.current === undefined) return;
    setIsKept(editorDraftOf(name).set(pending.current));
    pending.current = undefined;
  });
  const isFirst = useRef(true);
  useEffect(() => {
    // What the page opened with is kept already, or is not changed.
    const isOpening = isFirst.current;
    isFirst.current = false;
    const { savedAt } = draft;
    if (isOpening || savedAt === undefined) return undefined;
    pending.current = { ...draft, savedAt };
    const timer = setTimeout(() => save(), saveQuietMs);
    return () => clearTimeout(timer);
  }, [draft]);
  useEffect(() => {
    const saveNow = () => save();
    window.addEventListener('pagehide', saveNow);
    return () => {
      window.removeEventListener('pagehide', saveNow);
      saveNow();
    };
  }, []);
  return {
    isKept,
    forget: () => {
      pending.current = undefined;
    },
  };
}
