import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { rowElement, rowIdAround } from './use-list-keys.ts';

/** Where a reader stands in a list. */
export interface ListPosition {
  scrollTop: number;
  /** Row that had the focus last. */
  focusedId?: string | undefined;
}

/** Attempts to reach a remembered place while the virtual rows get their height, one a frame. */
const maxFrames = 20;

interface ListPlace {
  positionKey: string;
  position?: ListPosition | undefined;
  onPositionChange?: ((position: ListPosition) => void) | undefined;
}

/** Brings a list to the remembered place of a result once it has rows, or to its top; tells each new place. */
export function useListPosition(grid: RefObject<HTMLElement | null>, hasRows: boolean, place: ListPlace) {
  const { positionKey } = place;
  const shownKey = useRef<string>(undefined);
  const current = useRef<ListPosition>({ scrollTop: 0 });
  const tell = useEffectEvent((change: Partial<ListPosition>) => {
    current.current = { ...current.current, ...change };
    place.onPositionChange?.(current.current);
  });
  const restore = useEffectEvent((grid: HTMLElement) => {
    const isFirst = shownKey.current === undefined;
    shownKey.current = positionKey;
    current.current = place.position ?? { scrollTop: 0 };
    if (isFirst && !place.position) return () => {};
    return reach(grid, current.current);
  });
  useEffect(() => {
    if (!grid.current || !hasRows) return;
    return restore(grid.current);
  }, [grid, hasRows, positionKey]);
  useEffect(() => {
    const element = grid.current;
    if (!element || !hasRows) return;
    const onScroll = () => tell({ scrollTop: element.scrollTop });
    const onFocus = (event: FocusEvent) => {
      const focusedId = rowIdAround(event.target);
      if (focusedId !== undefined) tell({ focusedId });
    };
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('focusin', onFocus);
    return () => {
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('focusin', onFocus);
    };
  }, [grid, hasRows]);
}

function reach(grid: HTMLElement, { scrollTop, focusedId }: ListPosition): () => void {
  let frames = 0;
  let request = requestAnimationFrame(function attempt() {
    frames += 1;
    if (Math.abs(grid.scrollTop - scrollTop) > 1) grid.scrollTop = scrollTop;
    const row = focusedId && rowElement(grid, focusedId);
    const isThere = Math.abs(grid.scrollTop - scrollTop) <= 1 && (!focusedId || row);
    if (isThere && row && isFocusFree()) row.focus({ preventScroll: true });
    if (!isThere && frames < maxFrames) request = requestAnimationFrame(attempt);
  });
  return () => cancelAnimationFrame(request);
}

/** The focus is where a page leaves it, not in a field that somebody types into. */
function isFocusFree(): boolean {
  const { activeElement } = document;
  return !activeElement || activeElement === document.body || activeElement.matches('main');
}
