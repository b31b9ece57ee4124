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

/** What a check finds; a failure with a sentence of its own is found as well. */
export async function problemsFrom(find: () => Promise<ActionProblem[]>): Promise<ActionProblem[]> {
  try {
    return (await find()).map(({ message, hint }) => ({ message, hint }));
  } catch (error) {
    return [problemOf(error)];
  }
}
