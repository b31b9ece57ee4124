import type { Run, TaskStatus, TemplateCheck } from '@waymark/contracts';
import { ApiError } from '@waymark/api-client';
import { z } from 'zod';
import { paintLine } from '../../runs/log/ansi-pieces.ts';
import type { DryRunResult } from '../editor.queries.ts';

/** A step of a dry run. */
export interface DryRunStep {
  id: string;
  name: string;
  action: string;
  status: TaskStatus;
}

/** A line of what a dry run says. */
export interface DryRunLine {
  stepId: string | undefined;
  level: 'info' | 'warn' | 'error';
  text: string;
}

/** The part of an output that the page of a run shows as links and texts, and everything beside it. */
export interface DryRunOutput {
  outcome: Pick<Run, 'links' | 'texts'>;
  rest: Record<string, unknown>;
}

/** Why a dry run failed: a sentence with the next step, and the step that it failed at. */
export interface DryRunFailure {
  message: string;
  stepId: string | undefined;
}

const entry = { title: z.string().optional(), icon: z.string().optional() };
const linkSchema = z.object({ ...entry, url: z.string().optional(), entityRef: z.string().optional() });
const textSchema = z.object({ ...entry, content: z.string() });
const stepPath = /^steps\/(.*)$/s;

/** The steps as they ended: what the log says of each last. */
export function endedSteps(steps: TemplateCheck['steps'], { log }: Pick<DryRunResult, 'log'>): DryRunStep[] {
  const last = new Map<string, TaskStatus>();
  for (const { body } of log) {
    if (body.stepId !== undefined && body.status !== undefined) last.set(body.stepId, body.status);
  }
  return steps.map((step) => ({ ...step, status: last.get(step.id) ?? 'open' }));
}

/** The steps of a run that failed at one of them: those before it are done, those after it did not begin. */
export function failedSteps(steps: TemplateCheck['steps'], failedId: string | undefined): DryRunStep[] {
  const failedAt = steps.findIndex(({ id }) => id === failedId);
  return steps.map((step, index) => {
    if (failedAt < 0 || index > failedAt) return { ...step, status: 'open' };
    return { ...step, status: index === failedAt ? 'failed' : 'completed' };
  });
}

/** What a template did wrong; undefined for an error that is not the template's. */
export function failureOf(error: unknown): DryRunFailure | undefined {
  if (!(error instanceof ApiError) || !templateErrors.has(error.code)) return undefined;
  const [first] = error.issues;
  const stepId = first && stepPath.exec(first.path)?.[1];
  if (stepId !== undefined && first) return { message: first.message, stepId };
  return { message: error.message, stepId: undefined };
}

const templateErrors: ReadonlySet<string> = new Set([
  'scaffolder.dry-run-failed',
  'scaffolder.template-unusable',
  'scaffolder.values-invalid',
  'request.not-json',
  'request.invalid',
]);

/** What was said, a line each, without the control sequences of terminals. That steps begin and end their list says. */
export function dryRunLines({ log }: Pick<DryRunResult, 'log'>): DryRunLine[] {
  return log
    .filter(({ body }) => body.status === undefined)
    .flatMap(({ body: { message, stepId, level = 'info' } }) =>
      message
        .replace(/\r?\n$/, '')
        .split('\n')
        .map((line) => ({ stepId, level, text: paintLine(line, '').text })),
    );
}

/** What the template says at its end. Of the links and texts only what has their shape. */
export function outputOf({ output: { links, text, ...rest } }: Pick<DryRunResult, 'output'>): DryRunOutput {
  return { outcome: { links: fitting(links, linkSchema), texts: fitting(text, textSchema) }, rest };
}

function fitting<Schema extends z.ZodType>(value: unknown, schema: Schema): z.output<Schema>[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((each) => {
    const parsed = schema.safeParse(each);
    return parsed.success ? [parsed.data] : [];
  });
}
