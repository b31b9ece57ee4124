import { useEffect, useEffectEvent, useRef } from 'react';

export interface WhenAnsweredOptions<Wish> {
  /** What is searched now. */
  text: string;
  /** Whether the results are those of the text. */
  isAnswered: boolean;
  /** Whether a wish holds when the focus has moved on. */
  outlivesFocus?: boolean;
  /** Does what was wished, with the results of the text. */
  fulfil: (wish: Wish) => void;
}

/** A wish, the text that it was made for, and what had the focus then. */
interface Awaited<Wish> {
  wish: Wish;
  text: string;
  focused: Element | null;
}

/**
 * Until a text is answered, the results may be another text's, and may go away with the focus on them: what somebody
 * asks of them is done when the answer comes, unless the text was changed or the focus was moved meanwhile.
 */
export function useWhenAnswered<Wish>(options: WhenAnsweredOptions<Wish>): (wish: Wish) => void {
  const { text, isAnswered, outlivesFocus = false, fulfil } = options;
  const awaited = useRef<Awaited<Wish>>(undefined);
  const fulfilAwaited = useEffectEvent(fulfil);
  useEffect(() => {
    const { current } = awaited;
    if (!current || (current.text === text && !isAnswered)) return;
    awaited.current = undefined;
    const isHere = outlivesFocus || current.focused === document.activeElement;
    if (current.text === text && isHere) fulfilAwaited(current.wish);
  }, [text, isAnswered, outlivesFocus]);
  return (wish) => {
    awaited.current = isAnswered ? undefined : { wish, text, focused: document.activeElement };
    if (isAnswered) fulfil(wish);
  };
}
