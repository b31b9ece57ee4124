import { randomUUID } from 'node:crypto';
import type { dryRunTemplate, EndpointReply, EndpointRequest, TaskStatus } from '@waymark/contracts';
import { z } from 'zod';
import type { Actor } from '../../../platform/auth/actor.ts';
import type { ContentPlace } from '../../sources/index.ts';
import type { ActionContext, EffectLedger, PublicationContext, ScaffolderAction } from '../actions/action.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { TemplateStep } from '../templates/template-definition.ts';
import { makeScratchWorkspace } from '../workspace/scratch-workspace.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { exampleOf } from './example-output.ts';
import { resolveStep, shouldRun, type StepSettings } from './resolve-step.ts';
import { RunContext, type TemplateEnvironment } from './run-context.ts';
import { explainFailure, StepProblemError } from './run-failure.ts';
import { gathered } from './repeated-output.ts';
import { renderOutput } from './run-output.ts';
import { FULL_LOG, MAX_EVENTS, shortMessage } from './run-log.ts';
import type { RunSpec } from './run-record.ts';
import { secretsInContext } from './secret-handles.ts';

export interface DryRunRequest {
  spec: RunSpec;
  secrets: Record<string, string>;
  /** What lies beside the template: files that were given, or those of the place that the catalog has read it from. */
  files:
    | { given: EndpointRequest<typeof dryRunTemplate>['body']['directoryContents'] }
    | { place: ContentPlace | undefined };
  actor: Actor;
  /** Whether the answers are made up. */
  isExample?: boolean;
  /** To be told what is left out, before the workspace goes on. */
  onSkipped?: (skipped: SkippedAction) => Promise<void>;
}

/** What a dry run leaves out: an action that would make something outside. */
export interface SkippedAction {
  step: TemplateStep;
  action: ScaffolderAction;
  /** After the schema of the action. */
  input: unknown;
  context: PublicationContext;
}

/** Runs templates without any effect outside, for whoever writes one. */
export interface DryRunner {
  /** @throws StepProblemError for what would stop the run */
  run(request: DryRunRequest, signal: AbortSignal): Promise<EndpointReply<typeof dryRunTemplate>>;
}

export interface DryRunnerOptions {
  engine: TemplateEngine;
  actions: ReadonlyMap<string, ScaffolderAction>;
  environment: TemplateEnvironment;
}

const DEADLINE_MS = 60_000;
/** What the answer may hold together. */
const MAX_RESULT_BYTES = 16 * 1024 * 1024;

/** A ledger for what is never made. */
const noEffects: EffectLedger = {
  async once() {
    throw new StepProblemError({
      code: 'run.effect-in-dry-run',
      message: 'This action would make something outside, which a dry run must not.',
      hint: 'Tell whoever maintains this server: the action should skip dry runs.',
    });
  },
};

export function createDryRunner({ engine, actions, environment }: DryRunnerOptions): DryRunner {
  return {
    async run({ spec, secrets, files, actor, isExample = false, onSkipped }, callerSignal) {
      const signal = AbortSignal.any([callerSignal, AbortSignal.timeout(DEADLINE_MS)]);
      const { secrets: handles, handles: inContext } = secretsInContext(secrets, environment.secrets);
      const taskId = `dry-run-${randomUUID()}`;
      const context = new RunContext(spec, taskId, environment.parameters, inContext);
      const settings: StepSettings = { engine, actions, context, secrets: handles };
      const log: EndpointReply<typeof dryRunTemplate>['log'] = [];
      const say = (
        stepId: string,
        message: string,
        rest: { status?: TaskStatus; level?: 'warn' | 'error' } = {},
      ) => {
        if (log.length >= MAX_EVENTS) return;
        const shown = log.length === MAX_EVENTS - 1 ? FULL_LOG : shortMessage(handles.redact(message));
        log.push({ body: { message: shown, stepId, ...rest } });
      };
      const beside = filesBeside(files);
      let templateVersion: string | undefined;
      await using scratch = await makeScratchWorkspace('dry-run');
      const { workspace } = scratch;

      const provenance = () => ({
        ...{ templateRef: spec.templateInfo.entityRef, templateVersion, values: spec.parameters },
      });

      async function skip(step: TemplateStep, action: ScaffolderAction, input: unknown): Promise<JsonObject> {
        const told = { workspace, provenance: provenance(), signal, isExample };
        await onSkipped?.({ step, action, input, context: told });
        say(step.id, `Skipped in a dry run: ${action.id}`);
        // The outputs of all actions are mappings.
        return exampleOf(z.toJSONSchema(action.output, { unrepresentable: 'any' })) as JsonObject;
      }

      async function act(step: TemplateStep, action: ScaffolderAction, input: unknown): Promise<JsonObject> {
        const stepLog = {
          info: (message: string) => say(step.id, message),
          warn: (message: string) => say(step.id, message, { level: 'warn' }),
          error: (message: string) => say(step.id, message, { level: 'error' }),
        };
        const output = await action.run(input, {
          ...{ taskId, startedAt: new Date(), workspace, log: stepLog, signal, actor, ...beside },
          ...{ provenance: provenance(), isDryRun: true, effects: noEffects },
          noteTemplateVersion: (version) => {
            templateVersion = version;
          },
        });
        return handles.redactValue(output);
      }

      async function passStep(step: TemplateStep): Promise<void> {
        if (!(await shouldRun(step, 'succeeded', settings, signal))) {
          say(step.id, `Skipping step ${step.name} because its if condition was false`, {
            status: 'skipped',
          });
          return;
        }
        say(step.id, `Beginning step ${step.name}`, { status: 'processing' });
        const { action, inputs, isRepeated } = await resolveStep(step, 'succeeded', settings, signal);
        const outputs: JsonObject[] = [];
        for (const { parsed } of inputs) {
          outputs.push(
            action.dryRun === 'skips' ? await skip(step, action, parsed) : await act(step, action, parsed),
          );
        }
        const output: JsonValue = isRepeated ? gathered(outputs) : (outputs[0] ?? {});
        context.addOutput(step.id, output);
        say(step.id, `Finished step ${step.name}`, { status: 'completed' });
      }

      for (const step of spec.steps) {
        try {
          await passStep(step);
        } catch (error) {
          const { problem } = explainFailure(error);
          const [message, hint] = [handles.redact(problem.message), handles.redact(problem.hint)];
          throw new StepProblemError({ ...problem, message, hint, at: step.id });
        }
      }
      return {
        log,
        steps: spec.steps.map((step) => ({ ...step })),
        output: await renderOutput(spec.output, context, engine, signal).catch(tellOutput),
        directoryContents: await contentsOf(workspace),
      };
    },
  };
}

/** What the template says at its end belongs to no step. */
function tellOutput(error: unknown): never {
  const { at, message, ...problem } = explainFailure(error).problem;
  const place = at === undefined ? 'The output of the template' : `The output of the template at ${at}`;
  throw new StepProblemError({ ...problem, message: `${place}: ${message}` });
}

/** Where an action looks for what lies beside the template. */
function filesBeside(files: DryRunRequest['files']): Pick<ActionContext, 'givenFiles' | 'place'> {
  if ('place' in files) return { place: files.place, givenFiles: undefined };
  const contents = files.given.map(
    ({ path: file, base64Content }) => [file, Buffer.from(base64Content, 'base64')] as const,
  );
  return { place: undefined, givenFiles: new Map(contents) };
}

async function contentsOf(workspace: Workspace) {
  const files = workspace.list();
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  if (bytes > MAX_RESULT_BYTES) {
    throw new StepProblemError({
      code: 'run.result-too-large',
      message: `The result has ${Math.round(bytes / 1024 / 1024)} MiB, too much for an answer.`,
      hint: 'Try it with a smaller skeleton.',
    });
  }
  return Promise.all(
    files.map(async ({ path: file, isExecutable }) => ({
      path: file,
      base64Content: (await workspace.read(file)).toString('base64'),
      executable: isExecutable,
    })),
  );
}
