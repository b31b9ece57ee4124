import { useState } from 'react';

/** The value as it was when `key` last changed: what is memoized by it is not drawn for anything else. */
export function useKept<Value>(value: Value, key: string): Value {
  const [kept, setKept] = useState({ key, value });
  if (kept.key === key) return kept.value;
  setKept({ key, value });
  return value;
}
