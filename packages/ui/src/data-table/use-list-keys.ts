import { useEffect, useEffectEvent, type RefObject } from 'react';

export interface ListKeyHandlers {
  openInNewTab: (id: string) => void;
  toggle: (id: string) => void;
  openActions: (id: string, anchor: DOMRect) => void;
}

const arrows: Record<string, string> = { j: 'ArrowDown', k: 'ArrowUp' };

/**
 * Single-letter keys of a list. They take the place of type-ahead: every list has a text filter for that.
 * `j` and `k` also work before the list has the focus, when nothing else wants letters.
 */
export function useListKeys(
  frame: RefObject<HTMLElement | null>,
  hasLetterKeys: boolean,
  handlers: ListKeyHandlers,
) {
  const onKeyInside = useEffectEvent((event: KeyboardEvent) => {
    if (isTyping(event.target) || event.altKey) return;
    const rowElement =
      event.target instanceof Element ? event.target.closest('[role="row"][data-key]') : null;
    const id = rowElement?.getAttribute('data-key');
    const isCommand = event.ctrlKey || event.metaKey;
    if (isCommand && event.key === 'Enter' && id) {
      handlers.openInNewTab(id);
    } else if (isCommand || event.key.length !== 1 || event.key === ' ') {
      return; // the grid's own: arrows, space, Escape, Ctrl+A …
    } else if (!hasLetterKeys) {
      event.stopPropagation();
      return;
    } else if (arrows[event.key]) {
      pressKey(event.target, arrows[event.key]);
    } else if (event.key === 'x' && id) {
      handlers.toggle(id);
    } else if (event.key === '.' && id && rowElement) {
      handlers.openActions(id, actionsAnchor(rowElement));
    } else {
      event.stopPropagation(); // no type-ahead
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  });
  const onKeyOutside = useEffectEvent((event: KeyboardEvent) => {
    const grid = frame.current?.querySelector<HTMLElement>('[role="grid"]');
    if (!grid || !hasLetterKeys || !arrows[event.key] || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.defaultPrevented || isTyping(event.target) || grid.contains(document.activeElement)) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    event.preventDefault();
    grid.focus();
  });
  useEffect(() => {
    const element = frame.current;
    element?.addEventListener('keydown', onKeyInside, { capture: true });
    document.addEventListener('keydown', onKeyOutside);
    return () => {
      element?.removeEventListener('keydown', onKeyInside, { capture: true });
      document.removeEventListener('keydown', onKeyOutside);
    };
  }, [frame]);
  return {
    /** Opens the actions of the row around an element, e.g. its button. */
    openActionsOf: (element: Element) => {
      const rowElement = element.closest('[role="row"][data-key]');
      const id = rowElement?.getAttribute('data-key');
      if (rowElement && id) handlers.openActions(id, actionsAnchor(rowElement));
    },
  };
}

function actionsAnchor(rowElement: Element): DOMRect {
  const button = rowElement.querySelector('[aria-haspopup="menu"]');
  return (button ?? rowElement).getBoundingClientRect();
}

/** The grid has its own arrow keys; a letter becomes one of them. */
function pressKey(target: EventTarget | null, key: string | undefined) {
  if (key) target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"])'))
  );
}
