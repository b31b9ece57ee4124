import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { lintGutter } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { getNonce } from 'get-nonce';
import { isYamlName } from '../../files/file-language.ts';
import { editorTheme, highlightStyle } from './editor-look.ts';

export interface TextFile {
  path: string;
  text: string;
}

/**
 * Puts what is typed in the place of what is selected. Left to itself the browser copies the colour of the old text to
 * the new one as a style attribute, which the page's policy forbids and reports.
 */
const replaceSelected = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { inputType, data } = event;
    if (inputType !== 'insertText' || data === null || view.composing || view.state.selection.main.empty) {
      return false;
    }
    event.preventDefault();
    const change = view.state.replaceSelection(data);
    view.dispatch(view.state.update(change, { userEvent: 'input.type', scrollIntoView: true }));
    return true;
  },
});

/** What the editor is made of. Tab is left to the page: whoever uses the keyboard must get out of the text again. */
const basics: Extension = [
  EditorView.cspNonce.of(getNonce() ?? ''),
  [lineNumbers(), highlightActiveLineGutter(), lintGutter()],
  [highlightSpecialChars(), highlightActiveLine(), drawSelection(), highlightSelectionMatches()],
  [history(), indentOnInput(), bracketMatching(), indentUnit.of('  ')],
  [editorTheme, syntaxHighlighting(highlightStyle), replaceSelected],
  keymap.of([...defaultKeymap, ...historyKeymap, ...searchKeymap]),
];

/** Before the first file. The view mounts its styles with the state that it is made with, so the nonce is in it. */
export const emptyState = EditorState.create({ extensions: basics });

/** The state of one file: its text, and what was undone in it. */
export function editorStateOf(
  { path, text }: TextFile,
  onChange: (path: string, text: string) => void,
): EditorState {
  // Line ends stay what they are.
  const hasReturns = text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
  return EditorState.create({
    doc: text,
    extensions: [
      basics,
      isYamlName(path) ? yaml() : EditorView.lineWrapping,
      hasReturns ? EditorState.lineSeparator.of('\r\n') : [],
      EditorView.contentAttributes.of({ 'aria-label': `Text of ${path}`, tabindex: '0' }),
      EditorView.updateListener.of(({ docChanged, state }) => {
        if (docChanged) onChange(path, state.sliceDoc());
      }),
    ],
  });
}
