/** Pseudo-random choices that depend on the seed alone. */
export interface SeededRandom {
  /** A number from 0 up to, not including, 1. */
  fraction(): number;
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number;
  /**
   * A whole number from 0 up to, not including, `bound`, small ones more often: with exponent `k` the first
   * share `s` of the numbers gets the share `s^(1/k)` of the draws.
   */
  skewedBelow(bound: number, exponent: number): number;
  /** One value; the weights add up to 1. */
  weighted<Value>(
    choices: readonly [first: readonly [Value, number], ...rest: (readonly [Value, number])[]],
  ): Value;
  /** Up to `size` different numbers below `bound`, never `except`. */
  distinctBelow(bound: number, size: number, except?: number): number[];
}

/** SplitMix32: 32 bits of state, the same on every machine, good enough to spread test data. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed | 0;
  const fraction = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = state ^ (state >>> 16);
    mixed = Math.imul(mixed, 0x21f0aaad);
    mixed ^= mixed >>> 15;
    mixed = Math.imul(mixed, 0x735a2d97);
    mixed ^= mixed >>> 15;
    return (mixed >>> 0) / 2 ** 32;
  };
  const below = (bound: number): number => Math.floor(fraction() * bound);
  return {
    fraction,
    below,
    skewedBelow: (bound, exponent) => Math.floor(fraction() ** exponent * bound),
    weighted: (choices) => {
      let left = fraction();
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      return choices[0][0];
    },
    distinctBelow: (bound, size, except) => {
      const available = except === undefined ? bound : bound - 1;
      const chosen = new Set<number>();
      while (chosen.size < Math.min(size, available)) {
        const candidate = below(bound);
        if (candidate !== except) chosen.add(candidate);
      }
      return [...chosen];
    },
  };
}
