import type { JsonObject } from '../engine/json.ts';

/** Backstage's shape of what a repeated step gives: for each name the list of its values. */
export function gathered(outputs: readonly JsonObject[]): JsonObject {
  const names = new Set(outputs.flatMap((output) => Object.keys(output)));
  return Object.fromEntries([...names].map((name) => [name, outputs.map((output) => output[name] ?? null)]));
}
