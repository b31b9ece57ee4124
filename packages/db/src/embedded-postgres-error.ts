/** What kept the embedded PostgreSQL from running. */
export type EmbeddedPostgresProblem =
  | 'platform-unsupported'
  | 'account-unavailable'
  | 'directory-not-writable'
  | 'disk-full'
  | 'other-major-version'
  | 'password-unknown'
  | 'not-stopped'
  | 'start-failed';

/** A failure of the embedded PostgreSQL that a person can act on: `hint` says how. */
export class EmbeddedPostgresError extends Error {
  readonly problem: EmbeddedPostgresProblem;
  readonly hint: string;

  constructor(problem: EmbeddedPostgresProblem, message: string, hint: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddedPostgresError';
    this.problem = problem;
    this.hint = hint;
  }
}

const USE_ANOTHER_SERVER = 'or set DATABASE_URL to a PostgreSQL server (15 or newer) of your own';

/**
 * Turns a failed file operation or program into an error that says what to do. Looks at system error codes
 * and at what `initdb` and `postgres` print (in English: both run with `LC_ALL=C`).
 *
 * @param output what the failed program printed, if it was one
 */
export function explainFailure(error: unknown, directory: string, output = ''): EmbeddedPostgresError {
  if (error instanceof EmbeddedPostgresError) return error;
  const text = `${error instanceof Error ? error.message : String(error)}\n${output}`;
  const options = { cause: error };
  const place = pathOf(error) ?? directory;
  if (/ENOSPC|No space left on device|Check free disk space|EDQUOT|Disk quota exceeded/.test(text)) {
    return new EmbeddedPostgresError(
      'disk-full',
      `The disk that holds ${place} is full.`,
      `Free at least 200 MB there, set WAYMARK_HOME to a folder on another disk, ${USE_ANOTHER_SERVER}.`,
      options,
    );
  }
  if (/EROFS|EACCES|EPERM|Read-only file system|Permission denied/.test(text)) {
    return new EmbeddedPostgresError(
      'directory-not-writable',
      `The database cannot read or write ${place}.`,
      'Make the folder and everything in it readable and writable for the user that starts Waymark, ' +
        `set WAYMARK_HOME to a folder that is, ${USE_ANOTHER_SERVER}.`,
      options,
    );
  }
  const lastLines = output.trim().split('\n').slice(-8).join('\n  ');
  return new EmbeddedPostgresError(
    'start-failed',
    `The embedded PostgreSQL in ${directory} did not start: ${lastLines || text.trim()}`,
    `Read the log beside it (postgres.log), ${USE_ANOTHER_SERVER}.`,
    options,
  );
}

/** The code of a failed system call, for example `ENOENT`. */
export function systemErrorCode(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}

/** The file that a failed file operation was about. */
function pathOf(error: unknown): string | undefined {
  const path = error instanceof Error && 'path' in error ? error.path : undefined;
  return typeof path === 'string' ? path : undefined;
}
