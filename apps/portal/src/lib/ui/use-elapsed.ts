import { useEffect, useState } from 'react';

const stepMs = 1000;

/** Whole seconds since the component appeared, counted up while it is there. */
export function useElapsedSeconds(): number {
  const [startedAt] = useState(() => Date.now());
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1000)), stepMs);
    return () => clearInterval(timer);
  }, [startedAt]);
  return seconds;
}
