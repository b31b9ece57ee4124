import { parseArgs } from 'node:util';
import { workloadNames, type WorkloadName } from './workloads.ts';

/** What one run of the benchmark measures. */
export interface BenchOptions {
  /** Sizes of the catalogs, one after the other. */
  entities: readonly number[];
  /** Duration of each measurement under load. */
  seconds: number;
  workloads: readonly WorkloadName[];
  /** What is measured besides. */
  extras: readonly ExtraName[];
  /** Folder for CPU profiles of the server; a profiled server is slower. */
  profileDirectory: string | undefined;
}

/** Arguments that cannot be understood; the message says what is expected. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Measured besides the questions: a pushed commit with its webhook, and the portal in a browser. */
export const extraNames = ['push', 'portal'] as const;

/** One of {@link extraNames}. */
export type ExtraName = (typeof extraNames)[number];

const partNames = [...workloadNames, ...extraNames];

export const usage = `npm run bench -- catalog [--entities 1000,10000,100000] [--seconds 5] [--only ${partNames.join(',')}]
                         [--profile <folder for CPU profiles of the server>]`;

/** Fewer are too few for entities to refer to each other. */
const MIN_ENTITIES = 50;

/** @throws UsageError */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { entities, seconds, only, profile } = parseKnown(args);
  const parts = only === undefined ? partNames : list(only).map(partName);
  return {
    entities: list(entities).map((text) => wholeNumber('--entities', text, MIN_ENTITIES)),
    seconds: wholeNumber('--seconds', seconds, 1),
    workloads: workloadNames.filter((name) => parts.includes(name)),
    extras: extraNames.filter((name) => parts.includes(name)),
    profileDirectory: profile,
  };
}

function parseKnown(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        entities: { type: 'string', default: '1000,10000,100000' },
        seconds: { type: 'string', default: '5' },
        only: { type: 'string' },
        profile: { type: 'string' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function list(text: string): string[] {
  return text.split(',').map((part) => part.trim());
}

function wholeNumber(name: string, text: string, min: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min) return value;
  throw new UsageError(`${name}: expected whole numbers from ${min} on, got "${text}"`);
}

function partName(text: string): WorkloadName | ExtraName {
  const name = partNames.find((known) => known === text);
  if (name !== undefined) return name;
  throw new UsageError(`--only: expected some of ${partNames.join(', ')}, got "${text}"`);
}
