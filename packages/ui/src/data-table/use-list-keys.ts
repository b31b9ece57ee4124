import { useEffect, useEffectEvent, type KeyboardEvent as ReactKeyboardEvent, type RefObject } from 'react';

/** What the keys of a list do. */
export interface ListKeyHandlers {
  rowCount: number;
  currentIndex: number;
  rowsInSight: () => number;
  moveTo: (index: number) => void;
  open: (id: string, isNewTab: boolean) => void;
  openActions: (id: string) => void;
  /** The four of selection are missing where nothing can be selected. */
  toggle?: (id: string) => void;
  /** Selects from where the last range began, or else from a given row. */
  selectUpTo?: (id: string, from: string) => void;
  selectAll?: () => void;
  /** Tells whether there was anything to clear. */
  clearSelection?: () => boolean;
}

const rowSelector = '[role="row"][data-key]';

/** The id of the row that something stands in. */
export function rowIdAround(target: EventTarget | null): string | undefined {
  const row = target instanceof Element ? target.closest(rowSelector) : null;
  return row?.getAttribute('data-key') ?? undefined;
}

/** The drawn row with an id. */
export function rowElement(grid: Element | null, id: string): HTMLElement | null {
  return grid?.querySelector<HTMLElement>(`[role="row"][data-key="${CSS.escape(id)}"]`) ?? null;
}

/**
 * The keys of a list, after the grid pattern of the ARIA Authoring Practices with rows as stops. `j` also works
 * before the list has the focus, when nothing else wants letters.
 *
 * @returns the handler of `keydown` inside the grid
 */
export function useListKeys(
  grid: RefObject<HTMLElement | null>,
  hasLetterKeys: boolean,
  handlers: ListKeyHandlers,
) {
  const onKeyOutside = useEffectEvent((event: KeyboardEvent) => {
    if (!hasLetterKeys || !['j', 'k'].includes(event.key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event.target) || grid.current?.contains(document.activeElement)) return;
    if (document.querySelector('[role="dialog"], [role="menu"]')) return;
    event.preventDefault();
    handlers.moveTo(handlers.currentIndex);
  });
  useEffect(() => {
    document.addEventListener('keydown', onKeyOutside);
    return () => document.removeEventListener('keydown', onKeyOutside);
  }, []);

  return (event: ReactKeyboardEvent) => {
    const id = rowIdAround(event.target);
    if (id === undefined || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    const act = actionOf(event, id, hasLetterKeys, handlers);
    if (act === undefined || act() === false) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

/** What a key on a row or on something in it does; `false` from it means nothing, and the key goes on. */
function actionOf(
  event: ReactKeyboardEvent,
  id: string,
  hasLetterKeys: boolean,
  handlers: ListKeyHandlers,
): (() => unknown) | undefined {
  const { toggle, selectUpTo } = handlers;
  if (event.ctrlKey || event.metaKey) {
    if (event.key === 'Enter') return () => handlers.open(id, true);
    return event.key === 'a' ? handlers.selectAll : undefined;
  }
  const target = targetOf(event.key, hasLetterKeys, handlers);
  if (target !== undefined) {
    return () => {
      handlers.moveTo(target);
      if (event.shiftKey) selectUpTo?.(rowIdAround(document.activeElement) ?? id, id);
    };
  }
  const row = rowElement(event.currentTarget, id);
  const isOnRow = event.target === row;
  switch (event.key) {
    case 'ArrowRight':
      return () => stepInside(row, event.target, 1);
    case 'ArrowLeft':
      return () => stepInside(row, event.target, -1);
    case 'Escape':
      return handlers.clearSelection;
    case 'Enter':
      return isOnRow ? () => handlers.open(id, false) : undefined;
    case ' ':
      if (!isOnRow || !toggle) return undefined;
      return () => (event.shiftKey ? selectUpTo?.(id, id) : toggle(id));
  }
  if (hasLetterKeys && event.key === 'x') return toggle && (() => toggle(id));
  if (hasLetterKeys && event.key === '.') return () => handlers.openActions(id);
  return undefined;
}

/** The row that a key moves to, which may lie beyond the ends. */
function targetOf(
  key: string,
  hasLetterKeys: boolean,
  { rowCount, currentIndex, rowsInSight }: ListKeyHandlers,
): number | undefined {
  const targets: Record<string, number> = {
    ArrowDown: currentIndex + 1,
    ArrowUp: currentIndex - 1,
    PageDown: currentIndex + rowsInSight(),
    PageUp: currentIndex - rowsInSight(),
    Home: 0,
    End: rowCount - 1,
    ...(hasLetterKeys && { j: currentIndex + 1, k: currentIndex - 1 }),
  };
  return Object.hasOwn(targets, key) ? targets[key] : undefined;
}

/** To the next or the previous link or button of a row; before the first one is the row itself. */
function stepInside(row: HTMLElement | null, from: EventTarget, step: 1 | -1): void {
  if (!row) return;
  const stops = [row, ...row.querySelectorAll<HTMLElement>('a, button, input')];
  const at = stops.findIndex((stop) => stop === from);
  stops[Math.max(0, Math.min(at + step, stops.length - 1))]?.focus();
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('textarea, select, input:not([type="checkbox"])'))
  );
}
