import { HighlightStyle } from '@codemirror/language';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/** The colours of the portal, which change with its scheme by themselves. */
export const editorTheme = EditorView.theme({
  '&': { height: '100%', fontSize: '12.5px', color: 'var(--wm-text)', backgroundColor: 'var(--wm-surface)' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--wm-mono)', lineHeight: '20px' },
  '.cm-content': { caretColor: 'var(--wm-text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--wm-text)' },
  '.cm-gutters': {
    backgroundColor: 'var(--wm-surface)',
    color: 'var(--wm-text-faint)',
    borderRight: '1px solid var(--wm-border)',
  },
  '.cm-activeLine': { backgroundColor: 'var(--wm-hover)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--wm-hover)', color: 'var(--wm-text)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'var(--wm-accent-soft)',
  },
  '.cm-panels': { backgroundColor: 'var(--wm-sunken)', color: 'var(--wm-text)' },
  '.cm-panels.cm-panels-bottom': { borderTop: '1px solid var(--wm-border)' },
  '.cm-textfield': {
    backgroundColor: 'var(--wm-surface)',
    border: '1px solid var(--wm-border-strong)',
    borderRadius: '4px',
    color: 'var(--wm-text)',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--wm-surface)',
    border: '1px solid var(--wm-border-strong)',
    borderRadius: '4px',
    color: 'var(--wm-text)',
  },
  '.cm-panel.cm-search [name=close]': { color: 'var(--wm-text)' },
  '.cm-searchMatch': { backgroundColor: 'var(--wm-mark)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--wm-raised)',
    border: '1px solid var(--wm-border-strong)',
    color: 'var(--wm-text)',
  },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--wm-bad)' },
});

/** Keys, comments and values of YAML. */
export const highlightStyle = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'var(--wm-accent-text)' },
  { tag: tags.comment, color: 'var(--wm-text-faint)', fontStyle: 'italic' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--wm-good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--wm-warning)' },
  {
    tag: [tags.meta, tags.separator, tags.punctuation, tags.squareBracket, tags.brace],
    color: 'var(--wm-text-dim)',
  },
]);
