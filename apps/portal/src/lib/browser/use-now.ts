import { useEffect, useState } from 'react';

const stepMs = 1000;

/** The present instant in milliseconds, each second anew while something is counted. */
export function useNow(isCounting: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!isCounting) return;
    const timer = setInterval(() => setNow(Date.now()), stepMs);
    return () => clearInterval(timer);
  }, [isCounting]);
  return now;
}
