import { GitError } from '../../../platform/git/git-error.ts';
import { OutboundError } from '../../../platform/outbound/index.ts';
import { SourceReadError } from '../../sources/index.ts';
import { ActionFailure, type ActionProblem } from './action.ts';

/** What a check says of an error that has its sentence already; any other is thrown on. */
export function problemOf(error: unknown): ActionProblem {
  if (
    error instanceof ActionFailure ||
    error instanceof OutboundError ||
    error instanceof GitError ||
    error instanceof SourceReadError
  ) {
    return { message: error.message, hint: error.hint };
  }
  throw error;
}
