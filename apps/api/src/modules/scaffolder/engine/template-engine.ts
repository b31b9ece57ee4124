import type { SkeletonOptions, TemplateProblem } from '@waymark/templating';
import { AppError } from '../../../platform/errors/app-error.ts';
import { createIsolatedProcesses, IsolationError } from '../../../platform/isolation/isolated-processes.ts';
import type { DocumentWork } from './documents/document-work.ts';
import type { JsonObject, JsonValue } from './json.ts';
import type {
  HostTypes,
  PlacedFile,
  SchemaIssue,
  StepOutcome,
  TemplateAnswers,
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

/** Everything that reads templates, in processes that end with their deadline or their memory. */
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
  /** That many processes are always there, so that nobody waits for their start; none unless told. */
  minProcesses?: number;
  maxProcesses?: number;
  /** After so long without a task all but those end; without it they stay. */
  idleMs?: number;
}

const VALUE_DEADLINE_MS = 2_000;
/** Of the files that are rendered together; each may take as long as a value. */
const SKELETON_DEADLINE_MS = 60_000;
/** Files go in groups of so many bytes: one that takes too long is found in its group, and memory stays bounded. */
const GROUP_BYTES = 1024 * 1024;
const PROCESS_MEMORY_MB = 96;

export function createTemplateEngine(options: TemplateEngineOptions): TemplateEngine {
  const { hosts, minProcesses = 0, maxProcesses = 2, ...rest } = options;
  const processes = createIsolatedProcesses<TemplateTask, TemplateResult>({
    module: new URL('./template.process.ts', import.meta.url),
    memoryMb: PROCESS_MEMORY_MB,
    ...{ minProcesses, maxProcesses, ...rest },
  });

  async function ask<Kind extends TemplateTask['kind']>(
    task: Extract<TemplateTask, { kind: Kind }>,
    deadlineMs: number,
    signal: AbortSignal,
  ): Promise<TemplateAnswers[Kind]> {
    const result = await processes.run(task, { deadlineMs, signal }).catch((error: unknown) => {
      if (!(error instanceof IsolationError)) throw error;
      if (error.reason === 'busy') throw tooBusy();
      throw new TemplateFailure(tooCostly(error, deadlineMs));
    });
    if ('problem' in result) throw new TemplateFailure(result.problem);
    return result as TemplateAnswers[Kind]; // the process answers in kind
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
    close: () => processes.close(),
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

function tooCostly({ reason, cause }: IsolationError, deadlineMs: number): TemplateProblem {
  if (reason === 'threw') {
    return {
      code: 'template.limit',
      message: `The template broke what reads it (${cause instanceof Error ? cause.name : 'unknown error'}) and was given up.`,
      hint: 'Look for data that is nested very deeply, and for patterns that are very long.',
    };
  }
  const costs = reason === 'late' ? `more than ${deadlineMs / 1000} seconds` : 'more memory than it may have';
  return {
    code: 'template.limit',
    message: `The template took ${costs} and was given up.`,
    hint: 'Look for a loop over a long list, a text that grows with each round, or a pattern with nested repetition.',
  };
}
