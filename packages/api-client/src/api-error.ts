import type { Problem, ProblemCode } from '@waymark/contracts';

/** Codes that only a client can tell: the answer was no answer of this API, or there was none. */
export type ClientProblemCode = 'client.bad-reply' | 'client.offline';

/**
 * A call that did not succeed. Switch on `code`; `message` is for people.
 * `requestId` finds the call in the server's log.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: ProblemCode | ClientProblemCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly issues: NonNullable<Problem['issues']>;

  constructor(
    code: ProblemCode | ClientProblemCode,
    message: string,
    details: { status?: number; requestId?: string; issues?: Problem['issues']; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.code = code;
    this.status = details.status;
    this.requestId = details.requestId;
    this.issues = details.issues ?? [];
  }
}
