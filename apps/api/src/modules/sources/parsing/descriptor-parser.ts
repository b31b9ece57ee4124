import { Piscina } from 'piscina';
import type { SourceProblem } from '@waymark/contracts';
import { fileProblem } from '../readers/source-reader.ts';
import { unreadableFile, type FileToParse, type ParsedFile, type ParseTask } from './parsed-file.ts';
import type { CustomKind, DescriptorLimits } from './parse-settings.ts';

/** A batch that takes longer is taken apart, to find the file that is to blame. */
const BATCH_DEADLINE_MS = 30_000;
const FILE_DEADLINE_MS = 5_000;
const WORKER_MEMORY_MB = 256;
/** Of a batch nothing but its result lives on; without a bound each thread takes more than all of the index. */
const WORKER_YOUNG_MEMORY_MB = 16;
/** Sources are read one after the other, and pushes come in groups: a thread takes half a second to start. */
const IDLE_TIMEOUT_MS = 10_000;

/** Parses descriptor files off the event loop, in threads that can be killed. */
export interface DescriptorParser {
  /** Starts a thread, so that the first file need not wait for it. */
  warmUp(): void;
  parse(files: FileToParse[], signal: AbortSignal): Promise<ParsedFile[]>;
  close(): Promise<void>;
}

export interface DescriptorParserOptions {
  kinds: CustomKind[];
  limits: DescriptorLimits;
  maxThreads: number;
}

/** Starts no thread before it is asked; idle threads end by themselves. */
export function createDescriptorParser({
  kinds,
  limits,
  maxThreads,
}: DescriptorParserOptions): DescriptorParser {
  const pool = new Piscina<ParseTask, ParsedFile[]>({
    filename: new URL('./parse.worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: {
      maxOldGenerationSizeMb: WORKER_MEMORY_MB,
      maxYoungGenerationSizeMb: WORKER_YOUNG_MEMORY_MB,
    },
  });
  const run = (files: FileToParse[], signal: AbortSignal, deadlineMs: number) =>
    pool.run(
      { files, kinds, limits },
      { signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]) },
    );

  return {
    warmUp() {
      // Whatever fails here fails with the first file.
      run([], new AbortController().signal, BATCH_DEADLINE_MS).catch(() => {});
    },
    async parse(files, signal) {
      try {
        return await run(files, signal, BATCH_DEADLINE_MS);
      } catch {
        signal.throwIfAborted();
      }
      const results: ParsedFile[] = [];
      for (const file of files) {
        results.push(
          ...(await run([file], signal, FILE_DEADLINE_MS).catch((error: unknown) => {
            signal.throwIfAborted();
            return [unparsable(file.path, error)];
          })),
        );
      }
      return results;
    },
    close: () => pool.destroy(),
  };
}

/** The verdict on a file that broke the parser: too slow, or too much memory. */
function unparsable(path: string, error: unknown): ParsedFile {
  const problem: SourceProblem = fileProblem(
    path,
    'file.too-costly',
    `The file took more than ${FILE_DEADLINE_MS / 1000} seconds or ${WORKER_MEMORY_MB} MB to parse and was given up (${
      error instanceof Error ? error.name : 'unknown error'
    }).`,
    'Split the file, and look for deeply nested or repeated structures in it.',
  );
  return unreadableFile(path, [problem]);
}
