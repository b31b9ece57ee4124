/** Milliseconds in each unit, from the largest to the smallest. */
const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

type Unit = keyof typeof units;

const form = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Reads a duration such as `1h30m` or `250ms`: whole numbers with a unit each, from the largest to the smallest.
 *
 * @returns milliseconds
 * @throws RangeError for any other text
 */
export function parseDuration(text: string): number {
  const amounts = form.exec(text)?.slice(1);
  if (!amounts?.some((amount) => amount !== undefined)) {
    throw new RangeError(`${JSON.stringify(text)} is not a duration such as 1h30m`);
  }
  return Object.values(units).reduce((total, size, index) => {
    return total + size * Number(amounts[index] ?? 0);
  }, 0);
}

/**
 * Writes a duration in the form that {@link parseDuration} reads.
 *
 * @param ms whole milliseconds, not negative
 * @throws RangeError for any other number
 */
export function formatDuration(ms: number): string {
  if (!Number.isSafeInteger(ms) || ms < 0) {
    throw new RangeError(`${ms} is not a whole number of milliseconds`);
  }
  let rest = ms;
  let text = '';
  for (const [unit, size] of Object.entries(units) as [Unit, number][]) {
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) text += `${amount}${unit}`;
  }
  return text || '0ms';
}
