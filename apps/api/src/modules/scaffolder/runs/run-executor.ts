import type { Logger } from 'pino';
import type { ScaffolderAction } from '../actions/action.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { StepOutcome } from '../engine/template-task.ts';
import type { TemplateStep } from '../templates/template-definition.ts';
import { WorkspaceVersions } from '../workspace/workspace-versions.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { RunContext, type TemplateEnvironment } from './run-context.ts';
import { createEffectLedger } from './effect-ledger.ts';
import type { RunEffectsRepository } from './run-effects.repository.ts';
import { explainFailure } from './run-failure.ts';
import { createRunLog, type RunLog } from './run-log.ts';
import { redactedError } from './redacted-error.ts';
import { gathered } from './repeated-output.ts';
import { renderOutput } from './run-output.ts';
import type { RunError, RunToExecute } from './run-record.ts';
import { RunLostError } from './run-hold.repository.ts';
import type { RunProgressRepository, StepEnd } from './run-progress.repository.ts';
import {
  resolveStep,
  shouldRun,
  type ResolvedInput,
  type ResolvedStep,
  type StepSettings,
} from './resolve-step.ts';
import { secretsInContext, type SecretHandles } from './secret-handles.ts';
import { unknownInputs } from './step-input.ts';

export interface RunExecutorOptions {
  progress: RunProgressRepository;
  effects: Pick<RunEffectsRepository, 'declare' | 'conclude' | 'withdraw'>;
  engine: TemplateEngine;
  actions: ReadonlyMap<string, ScaffolderAction>;
  environment: TemplateEnvironment;
  /** Folder for workspaces. */
  home: string;
  decryptSecrets: (secrets: Buffer | undefined) => Record<string, string>;
  log: Logger;
}

/** Why a run is broken off. */
export class RunCancelledError extends Error {
  override readonly name = 'RunCancelledError';
}

/** Takes runs through their steps. */
export interface RunExecutor {
  /**
   * Goes on with a run where it stands, to its end. What has ended is not done again; a step that was broken off begins
   * anew on what the one before it left.
   *
   * @param signal aborted with {@link RunCancelledError} when somebody cancels, with anything else when the worker stops:
   *   then the run stays as it is, for another worker.
   */
  execute(run: RunToExecute, signal: AbortSignal): Promise<void>;
}

export function createRunExecutor(options: RunExecutorOptions): RunExecutor {
  return {
    async execute(run, signal) {
      await new Execution(options, run, signal).toEnd();
    },
  };
}

/** One worker's way through one run. */
class Execution {
  readonly #options: RunExecutorOptions;
  readonly #run: RunToExecute;
  readonly #signal: AbortSignal;
  readonly #versions: WorkspaceVersions;
  readonly #secrets: SecretHandles;
  readonly #log: RunLog;
  readonly #settings: StepSettings;
  readonly #context: RunContext;
  #failure: RunError | undefined;
  /** What was found out in this step, and is recorded with its end. */
  #newVersion: string | undefined;

  constructor(options: RunExecutorOptions, run: RunToExecute, signal: AbortSignal) {
    const { engine, actions, environment, home, progress, decryptSecrets } = options;
    this.#options = options;
    this.#run = run;
    this.#signal = signal;
    this.#failure = run.failure;
    this.#versions = new WorkspaceVersions(home, run.taskId, run.attempt);
    const { secrets, handles } = secretsInContext(decryptSecrets(run.secrets), environment.secrets);
    this.#secrets = secrets;
    this.#context = new RunContext(run.spec, run.taskId, environment.parameters, handles);
    this.#log = createRunLog({
      append: (events) => progress.appendEvents(run, events),
      redact: secrets.redact,
    });
    this.#settings = { engine, actions, context: this.#context, secrets };
  }

  async toEnd(): Promise<void> {
    const { progress } = this.#options;
    try {
      if (!(await this.#versions.resume(this.#run.workspaceStep))) await this.#beginAgain();
      for (const [index, step] of this.#run.spec.steps.entries()) await this.#passStep(step, index + 1);
      const output = this.#failure ? undefined : await this.#output();
      const status = this.#failure ? 'failed' : 'completed';
      await progress.end(this.#run, {
        status,
        ...(output && { output }),
        ...(this.#failure && { error: this.#failure }),
        events: [...(await this.#log.end()), this.#completion(status, output)],
      });
      // What failed or was cancelled may be gone on with.
      if (status === 'completed') await this.#versions.remove();
    } catch (error) {
      if (!(this.#signal.reason instanceof RunCancelledError) || error instanceof RunLostError) throw error;
      await this.#endCancelled();
    } finally {
      await this.#versions.close();
    }
  }

  /** The workspace of another machine, or one that is gone: what is outside stays, the files are made anew. */
  async #beginAgain(): Promise<void> {
    await this.#options.progress.restartSteps(this.#run);
    for (const step of this.#run.steps) Object.assign(step, { status: 'open', output: undefined });
    this.#log
      .forStep(this.#run.spec.steps[0]?.id ?? '')
      .warn('The workspace is gone: the steps begin again.');
  }

  async #passStep(step: TemplateStep, position: number): Promise<void> {
    const record = this.#run.steps.find((known) => known.position === position);
    if (record?.status === 'completed') this.#context.addOutput(step.id, record.output ?? {});
    if (record?.status === 'completed' || record?.status === 'skipped') return;
    // It failed before the worker of that time was lost. Trying it again is for people to ask for.
    if (record?.status === 'failed') return;
    const { progress } = this.#options;
    const outcome: StepOutcome = this.#failure ? 'failed' : 'succeeded';
    try {
      if (!(await shouldRun(step, outcome, this.#settings, this.#signal))) {
        if (this.#failure) return; // it stays open, for a retry
        this.#log.step(step.id, 'skipped', `Skipping step ${step.name} because its if condition was false`);
        await this.#endStep(position, { status: 'skipped' });
        return;
      }
      if (record?.status === 'processing')
        this.#log.forStep(step.id).warn('The step was broken off and begins again.');
      this.#log.step(step.id, 'processing', `Beginning step ${step.name}`);
      await progress.startStep(this.#run, position);
      const resolved = await resolveStep(step, outcome, this.#settings, this.#signal);
      const output = await this.#runStep(step, position, resolved);
      this.#context.addOutput(step.id, output);
      this.#log.step(step.id, 'completed', `Finished step ${step.name}`);
    } catch (error) {
      if (this.#signal.aborted || error instanceof RunLostError)
        throw await this.#broken(step, position, error);
      await this.#failStep(step, position, error);
    }
  }

  async #runStep(
    step: TemplateStep,
    position: number,
    { action, inputs, isRepeated }: ResolvedStep,
  ): Promise<JsonValue> {
    const isWriting = action.workspace === 'write';
    const workspace = isWriting ? this.#versions.fork(position) : this.#versions.open();
    const outputs: JsonObject[] = [];
    for (const input of inputs) {
      this.#signal.throwIfAborted();
      outputs.push(this.#shown(await this.#act(step, position, action, input, workspace), step));
    }
    const output: JsonValue = isRepeated ? gathered(outputs) : (outputs[0] ?? {});
    if (isWriting) await this.#versions.keep();
    await this.#endStep(position, {
      ...{ status: 'completed', output, entityRef: entityRefIn(outputs) },
      ...(isWriting && { workspaceStep: position }),
    });
    if (isWriting) await this.#versions.forgetOlder();
    return output;
  }

  #act(
    step: TemplateStep,
    position: number,
    action: ScaffolderAction,
    { rendered, parsed, each }: ResolvedInput,
    workspace: Workspace,
  ): Promise<JsonObject> {
    const { taskId, createdAt, createdBy, place, spec, templateVersion } = this.#run;
    const log = this.#log.forStep(step.id);
    for (const name of unknownInputs(action, rendered)) {
      log.warn(`The input "${name}" is not known and has no effect`);
    }
    return action.run(parsed, {
      ...{ taskId, workspace, log, place, startedAt: createdAt, actor: { ref: createdBy } },
      ...{ signal: this.#signal, isDryRun: false, givenFiles: undefined },
      effects: createEffectLedger(this.#options.effects, this.#run, {
        ...{ position, action: action.id, eachKey: each?.key, secrets: this.#secrets },
      }),
      provenance: {
        ...{ templateRef: spec.templateInfo.entityRef, templateVersion, values: spec.parameters },
      },
      noteTemplateVersion: (version) => this.#noteVersion(version),
    });
  }

  /** What a step gives is stored and seen by later steps: what others repeated of a secret stops here. */
  #shown(output: JsonObject, step: TemplateStep): JsonObject {
    const shown = this.#secrets.redactValue(output);
    if (JSON.stringify(shown) !== JSON.stringify(output))
      this.#log
        .forStep(step.id)
        .warn('The output of the step repeats a secret, or has signs that are none: they are left out.');
    return shown;
  }

  /** The first that is read counts: later steps of the run read the same files. */
  #noteVersion(version: string): void {
    if (this.#run.templateVersion !== undefined) return;
    this.#run.templateVersion = version;
    this.#newVersion = version;
  }

  async #endStep(position: number, end: StepEnd): Promise<void> {
    await this.#options.progress.endStep(this.#run, position, { ...end, templateVersion: this.#newVersion });
    this.#newVersion = undefined;
  }

  async #failStep(step: TemplateStep, position: number, error: unknown): Promise<void> {
    const { problem, isExpected } = explainFailure(error);
    const { log } = this.#options;
    const { redact } = this.#secrets;
    if (!isExpected)
      log.error(
        { err: redactedError(error, redact), taskId: this.#run.taskId, stepId: step.id },
        'scaffolder: a step failed',
      );
    const message = redact(problem.message);
    this.#failure ??= { ...problem, message, hint: redact(problem.hint), stepId: step.id };
    this.#log.forStep(step.id).error(message);
    this.#log.step(step.id, 'failed', `Step ${step.name} failed`);
    await this.#versions.discardDraft();
    await this.#endStep(position, { status: 'failed', failure: this.#failure });
  }

  /** What breaks a step off from outside: a cancelled step says so, one that waits for the next worker does not. */
  async #broken(step: TemplateStep, position: number, error: unknown): Promise<unknown> {
    await this.#versions.discardDraft();
    if (!(this.#signal.reason instanceof RunCancelledError) || error instanceof RunLostError) {
      return this.#signal.aborted ? this.#signal.reason : error;
    }
    this.#log.step(step.id, 'cancelled', `Step ${step.name} was cancelled`);
    await this.#endStep(position, { status: 'cancelled' });
    return this.#signal.reason;
  }

  async #endCancelled(): Promise<void> {
    const { progress } = this.#options;
    const cancelled = { type: 'cancelled' as const, body: { message: 'The run was cancelled' } };
    await progress.end(this.#run, {
      status: 'cancelled',
      events: [...(await this.#log.end()), cancelled, this.#completion('cancelled', undefined)],
    });
  }

  async #output(): Promise<JsonObject | undefined> {
    try {
      const { spec } = this.#run;
      const output = await renderOutput(spec.output, this.#context, this.#options.engine, this.#signal);
      return this.#secrets.redactValue(output);
    } catch (error) {
      if (this.#signal.aborted) throw error;
      const { problem } = explainFailure(error);
      const message = this.#secrets.redact(problem.message);
      this.#failure = { ...problem, message, at: ['output', problem.at].filter(Boolean).join('.') };
      return undefined;
    }
  }

  #completion(status: 'completed' | 'failed' | 'cancelled', output: JsonObject | undefined) {
    const error = this.#failure;
    return {
      type: 'completion' as const,
      body: {
        message: `Run completed with status: ${status}`,
        ...(output && { output }),
        ...(error && { error: { name: 'Error', message: error.message, hint: error.hint } }),
      },
    };
  }
}

function entityRefIn(outputs: readonly JsonObject[]): string | undefined {
  return outputs.map((output) => output['entityRef']).find((value) => typeof value === 'string');
}
