/** Why the server cannot start, with what to do about it. Printed without a stack. */
export class StartError extends Error {
  readonly hint: string;

  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StartError';
    this.hint = hint;
  }
}

/** The code of a failed system call or statement, for example `ENOENT` or `28P01`. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** Whether an error brings its own hint: those of this folder, of the database and of the migrations do. */
export function hasHint(error: unknown): error is Error & { hint: string } {
  return error instanceof Error && 'hint' in error && typeof error.hint === 'string';
}
