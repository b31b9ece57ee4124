import type { SourceProblem } from '@waymark/contracts';
import { createIsolatedProcesses } from '../../../platform/isolation/isolated-processes.ts';
import { fileProblem } from '../readers/source-reader.ts';
import { unreadableFile, type FileToParse, type ParsedFile, type ParseTask } from './parsed-file.ts';
import type { CustomKind, DescriptorLimits } from './parse-settings.ts';

/** A batch that takes longer is taken apart, to find the file that is to blame. */
const BATCH_DEADLINE_MS = 30_000;
const FILE_DEADLINE_MS = 5_000;
const MEMORY_MB = 256;

/** Parses descriptor files in processes that can be ended. */
export interface DescriptorParser {
  /** Gets a process ready, so that the first file need not wait for it. */
  warmUp(): void;
  parse(files: FileToParse[], signal: AbortSignal): Promise<ParsedFile[]>;
  close(): Promise<void>;
}

export interface DescriptorParserOptions {
  kinds: CustomKind[];
  limits: DescriptorLimits;
  /** That many are always there, so that nobody waits for their start. */
  minProcesses: number;
  maxProcesses: number;
  /** After so long without a file all but those end; without it they stay. */
  idleMs?: number;
}

export function createDescriptorParser({
  kinds,
  limits,
  ...places
}: DescriptorParserOptions): DescriptorParser {
  const processes = createIsolatedProcesses<ParseTask, ParsedFile[]>({
    module: new URL('./parse.process.ts', import.meta.url),
    ...{ memoryMb: MEMORY_MB, ...places },
  });
  const run = (files: FileToParse[], signal: AbortSignal, deadlineMs: number) =>
    processes.run({ files, kinds, limits }, { signal, deadlineMs });

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
    close: () => processes.close(),
  };
}

/** The verdict on a file that broke the parser: too slow, or too much memory. */
function unparsable(path: string, error: unknown): ParsedFile {
  const problem: SourceProblem = fileProblem(
    path,
    'file.too-costly',
    `The file took more than ${FILE_DEADLINE_MS / 1000} seconds or ${MEMORY_MB} MB to parse and was given up (${
      error instanceof Error ? error.name : 'unknown error'
    }).`,
    'Split the file, and look for deeply nested or repeated structures in it.',
  );
  return unreadableFile(path, [problem]);
}
