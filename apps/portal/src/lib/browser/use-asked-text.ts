import { useDebouncedValue } from '@mantine/hooks';

/** Letters that follow each other faster than this are asked for together. */
const pauseMs = 40;

/** The text of a field as it is asked for: the first letter at once, those of a fast hand when it pauses. */
export function useAskedText(text: string): string {
  const [asked] = useDebouncedValue(text, pauseMs, { leading: true });
  return asked;
}
