import { createContext, useContext, type ReactNode } from 'react';
import { useAsOf } from './as-of.ts';

const ShownInstant = createContext<string | undefined>(undefined);

/** Tells everything in it the instant that the page shows, so that links between entities stay in the past. */
export function AsOfScope({ children }: { children: ReactNode }) {
  const { asOf } = useAsOf();
  return <ShownInstant value={asOf}>{children}</ShownInstant>;
}

/** The instant that the page shows; undefined for now. Unlike the address, it does not change with every filter. */
export function useShownInstant(): string | undefined {
  return useContext(ShownInstant);
}
