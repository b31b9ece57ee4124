import type { KeyboardEvent } from 'react';
import { partWords, type EditorPart } from './editor-parts.ts';
import styles from './PartTabs.module.css';

export interface PartTabsProps {
  /** What the ids of the tabs and their panels begin with. */
  id: string;
  parts: readonly EditorPart[];
  shown: EditorPart;
  /** Of the template, told at the tab of the form. */
  problemCount: number;
  onShow: (part: EditorPart) => void;
}

/** Chooses one of the parts that share a place. Arrows move, as tabs do everywhere. */
export function PartTabs({ id, parts, shown, problemCount, onShow }: PartTabsProps) {
  const move = (event: KeyboardEvent<HTMLElement>) => {
    const next = neighbour(parts, shown, event.key);
    if (next === undefined) return;
    event.preventDefault();
    onShow(next);
    document.getElementById(tabId(id, next))?.focus();
  };
  return (
    <div role="tablist" aria-label="Parts of the editor" className={styles.tabs} onKeyDown={move}>
      {parts.map((part) => (
        <button
          key={part}
          type="button"
          role="tab"
          id={tabId(id, part)}
          aria-controls={panelId(id, part)}
          aria-selected={part === shown}
          tabIndex={part === shown ? 0 : -1}
          className={styles.tab}
          onClick={() => onShow(part)}
        >
          {partWords[part]}
          {part === 'form' && problemCount > 0 && (
            <span className={styles.count}>
              {problemCount}
              <span className={styles.hidden}>{problemCount === 1 ? ' problem' : ' problems'}</span>
            </span>
          )}
        </button>
      ))}
    </div>
  );
}

/** Id of the tab of a part. */
export function tabId(id: string, part: EditorPart): string {
  return `${id}-tab-${part}`;
}

/** Id of what the tab of a part leads to. */
export function panelId(id: string, part: EditorPart): string {
  return `${id}-panel-${part}`;
}

function neighbour(parts: readonly EditorPart[], shown: EditorPart, key: string): EditorPart | undefined {
  const position = parts.indexOf(shown);
  if (key === 'ArrowRight') return parts[(position + 1) % parts.length];
  if (key === 'ArrowLeft') return parts.at(position - 1);
  if (key === 'Home') return parts[0];
  return key === 'End' ? parts.at(-1) : undefined;
}
