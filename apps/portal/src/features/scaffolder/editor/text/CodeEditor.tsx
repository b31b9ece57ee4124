import { setDiagnostics } from '@codemirror/lint';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { DraftProblem } from '../draft/template-text.ts';
import styles from './CodeEditor.module.css';
import { editorStateOf, emptyState, type TextFile } from './editor-state.ts';

/** A line to go to; each wish is an object of its own. */
export interface LineTarget {
  path: string;
  line: number;
}

export interface CodeEditorProps {
  file: TextFile;
  problems: readonly DraftProblem[];
  target: LineTarget | undefined;
  onChange: (path: string, text: string) => void;
}

/** The text of a file to be changed. Each file keeps what can be undone in it while the page is open. */
export function CodeEditor({ file, problems, target, onChange }: CodeEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const states = useRef(new Map<string, EditorState>());
  const tellChange = useEffectEvent(onChange);
  const stateOf = useEffectEvent((path: string) => {
    const known = path === file.path ? states.current.get(path) : undefined;
    // A file that was deleted and made anew begins anew.
    if (known?.sliceDoc() === file.text) return known;
    return editorStateOf(file, (at, text) => tellChange(at, text));
  });
  useEffect(() => {
    if (!place.current) return undefined;
    const made = new EditorView({ parent: place.current, state: emptyState });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    const shown = view.current;
    const kept = states.current;
    shown?.setState(stateOf(file.path));
    return () => {
      if (shown) kept.set(file.path, shown.state);
    };
  }, [file.path]);
  useEffect(() => {
    if (view.current) showProblems(view.current, problems);
  }, [file.path, problems]);
  useEffect(() => {
    if (view.current && target?.path === file.path) goTo(view.current, target.line);
  }, [file.path, target]);
  return <div ref={place} className={styles.editor} />;
}

function showProblems(view: EditorView, problems: readonly DraftProblem[]) {
  const { doc } = view.state;
  const diagnostics = problems.flatMap(({ line, message, hint }) => {
    if (line === undefined || line > doc.lines) return [];
    const { from, to } = doc.line(line);
    return [{ from, to, severity: 'error' as const, message: `${message} ${hint}` }];
  });
  view.dispatch(setDiagnostics(view.state, diagnostics));
}

function goTo(view: EditorView, line: number) {
  const { doc } = view.state;
  const { from } = doc.line(Math.min(Math.max(1, line), doc.lines));
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  });
  view.focus();
}
