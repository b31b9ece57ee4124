import type { ScaffolderProblem } from '@waymark/contracts';
import { GitError } from '../../../platform/git/git-error.ts';
import { OutboundError } from '../../../platform/outbound/index.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import { SourceReadError } from '../../sources/index.ts';
import { ActionFailure } from '../actions/action.ts';
import { TemplateFailure } from '../engine/template-engine.ts';
import { WorkspaceError } from '../workspace/workspace-error.ts';
import { WorkspacePathError } from '../workspace/workspace-path.ts';

/** Stops a run for a reason that has its sentence already. */
export class StepProblemError extends Error {
  override readonly name = 'StepProblemError';
  readonly problem: ScaffolderProblem;

  constructor(problem: ScaffolderProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/**
 * What failed, as a sentence and the next step. `isExpected` is false for what nobody has thought of: then the
 * sentence says so, and the error belongs into the log of the server.
 */
export function explainFailure(error: unknown): { problem: ScaffolderProblem; isExpected: boolean } {
  const problem = knownProblem(error);
  return problem ? { problem, isExpected: true } : { problem: unexpected, isExpected: false };
}

function knownProblem(error: unknown): ScaffolderProblem | undefined {
  if (error instanceof StepProblemError) return error.problem;
  if (error instanceof TemplateFailure) return templateProblem(error);
  if (
    error instanceof ActionFailure ||
    error instanceof WorkspaceError ||
    error instanceof WorkspacePathError
  ) {
    return { code: 'run.step-failed', message: error.message, hint: error.hint };
  }
  if (error instanceof SourceReadError || error instanceof OutboundError || error instanceof GitError) {
    const { code, message, hint } = error;
    return { code, message, hint };
  }
  if (!(error instanceof AppError)) return undefined;
  const { code, message } = error;
  return { code, message, hint: 'Correct the input of the step, then run it again.' };
}

function templateProblem({ problem }: TemplateFailure): ScaffolderProblem {
  const { code, message, hint, at, file, line } = problem;
  return {
    ...{ code, message, hint },
    ...(at !== undefined && { at: at.join('.') }),
    ...(file !== undefined && { file }),
    ...(line !== undefined && { line }),
  };
}

const unexpected: ScaffolderProblem = {
  code: 'run.unexpected',
  message: 'The step failed for a reason that nobody has thought of.',
  hint: 'Retry it. If it stays, give the id of the run to whoever runs this server: the log has the details.',
};
