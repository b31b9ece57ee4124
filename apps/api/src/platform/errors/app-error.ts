import type { ProblemCode } from '@waymark/contracts';

/** The only error that is thrown on purpose. `detail` is shown to the caller: say what to do next. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: ProblemCode;
  readonly issues: { path: string; message: string }[] | undefined;

  constructor(
    code: ProblemCode,
    detail: string,
    options: { issues?: { path: string; message: string }[]; cause?: unknown } = {},
  ) {
    super(detail, { cause: options.cause });
    this.code = code;
    this.issues = options.issues;
  }
}
