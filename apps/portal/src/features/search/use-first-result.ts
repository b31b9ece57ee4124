import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

/** The list of results, and two ways to the first of them. */
export interface FirstResult {
  list: RefObject<HTMLOListElement | null>;
  /** Opens it, as soon as it is the first one of the text that is there now. */
  open: () => void;
  /** Moves the focus to it, as soon as it is the first one of the text that is there now. */
  focus: () => void;
}

export interface FirstResultOptions {
  text: string;
  /** Whether the list is that of the text. */
  isAnswered: boolean;
  /** What has to be done before the page is left. */
  beforeOpening: () => Promise<unknown>;
}

type Act = 'open' | 'focus';

/** What is asked of the first result of a text, and what had the focus then. */
interface Wish {
  act: Act;
  text: string;
  from: Element | null;
}

/**
 * Until a text is answered, the first line may be another text's, and may go away with the focus on it: who asks for
 * it then gets it when the answer comes, unless the text was changed or the focus was moved meanwhile.
 */
export function useFirstResult({ text, isAnswered, beforeOpening }: FirstResultOptions): FirstResult {
  const list = useRef<HTMLOListElement>(null);
  const awaited = useRef<Wish>(undefined);
  const first = () => list.current?.querySelector('a');
  const perform = async (act: Act) => {
    if (act === 'focus') return first()?.focus();
    await beforeOpening();
    first()?.click();
  };
  const performAwaited = useEffectEvent((act: Act) => void perform(act));
  useEffect(() => {
    const wish = awaited.current;
    if (!wish || (wish.text === text && !isAnswered)) return;
    awaited.current = undefined;
    if (wish.text === text && wish.from === document.activeElement) performAwaited(wish.act);
  }, [text, isAnswered]);
  const wishFor = (act: Act) => {
    awaited.current = isAnswered ? undefined : { act, text, from: document.activeElement };
    if (isAnswered) void perform(act);
  };
  return { list, open: () => wishFor('open'), focus: () => wishFor('focus') };
}
