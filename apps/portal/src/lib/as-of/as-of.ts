import { parseAsString, useQueryState } from 'nuqs';

/**
 * The instant that pages show the catalog at, as it stands in the address (`?asOf=2026-10-01T12:00:00Z`).
 * Undefined stands for now, and so does what is no instant.
 */
export function useAsOf() {
  const [text, setText] = useQueryState(
    'asOf',
    parseAsString.withOptions({ history: 'push', shallow: false }),
  );
  const asOf = instantOf(text);
  return {
    asOf,
    goTo: (instant: string) => void setText(instant),
    backToNow: () => void setText(null),
  };
}

/** An ISO instant with its zone, as the API takes it; undefined for anything else. */
export function instantOf(text: string | null): string | undefined {
  if (text === null || text === '') return undefined;
  const instant = new Date(text);
  return Number.isNaN(instant.getTime()) ? undefined : instant.toISOString();
}
