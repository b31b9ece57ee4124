import { MessageChannel } from 'node:worker_threads';
import type { SkeletonOptions, TemplateProblem } from '@waymark/templating';
import { Piscina } from 'piscina';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { DocumentWork } from './documents/document-work.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type {
  HostTypes,
  PlacedFile,
  SchemaIssue,
  StepOutcome,
  TemplateAnswers,
  TemplateJob,
  TemplateResult,
  TemplateTask,
} from './template-task.ts';

/** A template, or a value in one, that cannot be rendered. */
export class TemplateFailure extends AppError {
  readonly problem: TemplateProblem;

  constructor(problem: TemplateProblem) {
    super('scaffolder.template-unusable', `${problem.message} ${problem.hint}`);
    this.problem = problem;
  }
}

/** Everything that reads templates, in threads that end with their deadline or their memory. */
export interface TemplateEngine {
  /** Renders every text in a value. @throws TemplateFailure */
  renderValue(
    value: JsonValue,
    context: JsonObject,
    options: { outcome?: StepOutcome; signal: AbortSignal },
  ): Promise<JsonValue | undefined>;
  /** Renders the files of a skeleton with their names. @throws TemplateFailure */
  renderSkeleton(
    files: readonly PlacedFile[],
    options: SkeletonOptions,
    signal: AbortSignal,
  ): Promise<PlacedFile[]>;
  /** What of a value does not fit the schemas. */
  validate(schemas: readonly JsonObject[], value: JsonValue, signal: AbortSignal): Promise<SchemaIssue[]>;
  /** Filters and functions that texts name. */
  namesIn(texts: readonly string[], signal: AbortSignal): Promise<TemplateAnswers['names']>;
  /** Works on texts and data of a template. @throws TemplateFailure */
  document(work: DocumentWork, signal: AbortSignal): Promise<JsonValue | undefined>;
  close(): Promise<void>;
}

export interface TemplateEngineOptions {
  hosts: HostTypes;
  maxThreads?: number;
}

const VALUE_DEADLINE_MS = 2_000;
/** Until a thread takes a task: it may have to start, and others may come first. */
const START_DEADLINE_MS = 60_000;
/** Of the files that are rendered together; each may take as long as a value. */
const SKELETON_DEADLINE_MS = 60_000;
/** Files go in groups of so many bytes: one that takes too long is found in its group, and memory stays bounded. */
const GROUP_BYTES = 1024 * 1024;
const THREAD_MEMORY_MB = 96;
const THREAD_YOUNG_MEMORY_MB = 16;
const IDLE_TIMEOUT_MS = 60_000;

export function createTemplateEngine({ hosts, maxThreads = 2 }: TemplateEngineOptions): TemplateEngine {
  const pool = new Piscina<TemplateJob, TemplateResult>({
    filename: new URL('./template.worker.ts', import.meta.url).href,
    minThreads: 0,
    maxThreads,
    idleTimeout: IDLE_TIMEOUT_MS,
    resourceLimits: {
      maxOldGenerationSizeMb: THREAD_MEMORY_MB,
      maxYoungGenerationSizeMb: THREAD_YOUNG_MEMORY_MB,
    },
  });

  /** A thread takes a quarter of a second to start: when one is needed, the others will be. */
  function startAllThreads(): void {
    for (let thread = pool.threads.length; thread < maxThreads; thread += 1) {
      const { port1, port2 } = new MessageChannel();
      port1.unref();
      void pool
        .run({ task: { kind: 'names', texts: [] }, begun: port2 }, { transferList: [port2] })
        .catch(() => {});
    }
  }

  async function ask<Kind extends TemplateTask['kind']>(
    task: Extract<TemplateTask, { kind: Kind }>,
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<TemplateAnswers[Kind]> {
    if (pool.threads.length === 0) startAllThreads();
    const { port1: begun, port2 } = new MessageChannel();
    const late = new AbortController();
    let isBegun = false;
    let timer = setTimeout(() => late.abort(), START_DEADLINE_MS);
    // A thread that has to start first, or others that are served first, are not the template's fault.
    begun.once('message', () => {
      isBegun = true;
      clearTimeout(timer);
      timer = setTimeout(() => late.abort(), deadlineMs);
    });
    let result: TemplateResult;
    try {
      result = await pool.run(
        { task, begun: port2 },
        { signal: AbortSignal.any([signal, late.signal]), transferList: [port2] },
      );
    } catch (error) {
      signal.throwIfAborted();
      if (!isBegun && late.signal.aborted) throw tooBusy();
      throw new TemplateFailure(tooCostly(late.signal.aborted, deadlineMs, error));
    } finally {
      clearTimeout(timer);
      begun.close();
    }
    if ('problem' in result) throw new TemplateFailure(result.problem);
    return result as TemplateAnswers[Kind]; // the thread answers in kind
  }

  return {
    async renderValue(value, context, { outcome = 'succeeded', signal }) {
      const task = { kind: 'values', value, context, outcome, hosts } as const;
      return (await ask<'values'>(task, VALUE_DEADLINE_MS, signal)).value;
    },
    async renderSkeleton(files, options, signal) {
      const all = AbortSignal.any([signal, AbortSignal.timeout(SKELETON_DEADLINE_MS)]);
      const rendered: PlacedFile[] = [];
      for (const group of groupsOf(files)) {
        const deadlineMs = VALUE_DEADLINE_MS * group.length;
        const task = { kind: 'skeleton', files: group, options, hosts } as const;
        rendered.push(...(await ask<'skeleton'>(task, deadlineMs, all)).files);
      }
      return rendered;
    },
    async validate(schemas, value, signal) {
      return (await ask<'validate'>({ kind: 'validate', schemas, value }, VALUE_DEADLINE_MS, signal)).issues;
    },
    namesIn: (texts, signal) => ask<'names'>({ kind: 'names', texts }, VALUE_DEADLINE_MS, signal),
    async document(work, signal) {
      return (await ask<'document'>({ kind: 'document', work }, VALUE_DEADLINE_MS, signal)).value;
    },
    close: () => pool.destroy(),
  };
}

/** A skeleton without files is one group, so that its options are looked at all the same. */
function groupsOf(files: readonly PlacedFile[]): PlacedFile[][] {
  const groups: PlacedFile[][] = [[]];
  let bytes = 0;
  for (const file of files) {
    if (bytes > 0 && bytes + file.bytes.length > GROUP_BYTES) {
      groups.push([]);
      bytes = 0;
    }
    groups.at(-1)?.push(file);
    bytes += file.bytes.length;
  }
  return groups;
}

function tooBusy(): AppError {
  return new AppError(
    'server.overloaded',
    'The server has more templates to read than it can. Try again in a moment.',
  );
}

function tooCostly(isLate: boolean, deadlineMs: number, cause: unknown): TemplateProblem {
  const reason = isLate
    ? `more than ${deadlineMs / 1000} seconds`
    : `more memory than it may have, or broke its thread (${cause instanceof Error ? cause.name : 'unknown error'})`;
  return {
    code: 'template.limit',
    message: `The template took ${reason} and was given up.`,
    hint: 'Look for a loop over a long list, a text that grows with each round, or a pattern with nested repetition.',
  };
}
