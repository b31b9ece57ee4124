import { useEffect, useState } from 'react';

const skeletonDelayMs = 150;

/** True once a thing has been so for 150 ms: what answers sooner shows no skeleton. */
export function useDelayed(isSo: boolean): boolean {
  const [isLong, setIsLong] = useState(false);
  useEffect(() => {
    if (!isSo) return;
    const timer = setTimeout(() => setIsLong(true), skeletonDelayMs);
    return () => {
      clearTimeout(timer);
      setIsLong(false);
    };
  }, [isSo]);
  return isSo && isLong;
}
