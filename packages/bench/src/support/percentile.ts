/** The smallest value that at least `percent` of all values do not exceed (nearest rank); NaN of none. */
export function percentile(sortedValues: ArrayLike<number>, percent: number): number {
  const rank = Math.max(1, Math.ceil((percent / 100) * sortedValues.length));
  return sortedValues[rank - 1] ?? Number.NaN;
}

/** The middle value of an unsorted list. */
export function median(values: readonly number[]): number {
  return percentile(
    values.toSorted((left, right) => left - right),
    50,
  );
}
