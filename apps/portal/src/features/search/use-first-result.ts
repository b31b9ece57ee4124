import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';

/** The list of results, and a way to open the first of them. */
export interface FirstResult {
  list: RefObject<HTMLOListElement | null>;
  /** Opens it, as soon as it is the first one of the text that is there now. */
  open: () => void;
}

export interface FirstResultOptions {
  text: string;
  /** Whether the list is that of the text. */
  isAnswered: boolean;
  /** What has to be done before the page is left. */
  beforeOpening: () => Promise<unknown>;
}

/**
 * Until a text is answered, the first line may be another text's: who asks for it then gets it when the answer comes,
 * unless the text was changed meanwhile.
 */
export function useFirstResult({ text, isAnswered, beforeOpening }: FirstResultOptions): FirstResult {
  const list = useRef<HTMLOListElement>(null);
  const awaited = useRef<string>(undefined);
  const follow = async () => {
    awaited.current = undefined;
    await beforeOpening();
    list.current?.querySelector('a')?.click();
  };
  const followAwaited = useEffectEvent(() => void follow());
  useEffect(() => {
    if (awaited.current === undefined) return;
    if (awaited.current !== text) awaited.current = undefined;
    else if (isAnswered) followAwaited();
  }, [text, isAnswered]);
  return {
    list,
    open() {
      if (isAnswered) void follow();
      else awaited.current = text;
    },
  };
}
