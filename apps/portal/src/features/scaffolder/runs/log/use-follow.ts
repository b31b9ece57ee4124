import { useLayoutEffect, useRef, useState, type RefObject, type WheelEvent } from 'react';

/** So near to the end counts as there. */
const nearPx = 24;

/**
 * Keeps the end of a growing list in sight until somebody scrolls up. Whoever comes back to the end follows again.
 */
export function useFollow(
  scroller: RefObject<HTMLElement | null>,
  { height, isGrowing, isHeldBack }: { height: number; isGrowing: boolean; isHeldBack: boolean },
) {
  const [isFollowing, setIsFollowing] = useState(isGrowing && !isHeldBack);
  const [isAtEnd, setIsAtEnd] = useState(true);
  const lastTop = useRef(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return;
    if (isFollowing) element.scrollTop = element.scrollHeight;
    lastTop.current = element.scrollTop;
    setIsAtEnd(distanceToEnd(element) <= nearPx);
  }, [scroller, height, isFollowing]);
  return {
    isFollowing,
    isAtEnd,
    start: () => {
      const element = scroller.current;
      if (element) element.scrollTop = element.scrollHeight;
      setIsFollowing(true);
    },
    stop: () => setIsFollowing(false),
    onWheel: ({ deltaY }: WheelEvent) => {
      const element = scroller.current;
      if (deltaY < 0 && element && element.scrollHeight > element.clientHeight) setIsFollowing(false);
    },
    onScroll: () => {
      const element = scroller.current;
      if (!element) return;
      const isUp = element.scrollTop < lastTop.current;
      const isNear = distanceToEnd(element) <= nearPx;
      lastTop.current = element.scrollTop;
      setIsAtEnd(isNear);
      if (isNear && !isUp) setIsFollowing(true);
      // Rows that are measured for the first time move the end by a few pixels.
      else if (isUp && distanceToEnd(element) > 2 * nearPx) setIsFollowing(false);
    },
  };
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight;
}
