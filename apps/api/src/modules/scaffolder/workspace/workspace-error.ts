/** Beyond these a workspace takes nothing more. */
export const WORKSPACE_LIMITS = {
  /** Files and folders together. */
  maxEntries: 20_000,
  maxBytes: 256 * 1024 * 1024,
  maxFileBytes: 64 * 1024 * 1024,
  /** Of all that is ever written to it, what was replaced or removed later included. */
  maxWrittenBytes: 1024 * 1024 * 1024,
};

/** Something of a workspace that cannot be done: `message` says why, `hint` what to do. */
export class WorkspaceError extends Error {
  override readonly name = 'WorkspaceError';
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

export function missing(file: string): WorkspaceError {
  return new WorkspaceError(
    `There is no file or folder ${JSON.stringify(file)} in the workspace.`,
    'Check the path, and that a step before makes it.',
  );
}

export function inTheWay(file: string, what: string): WorkspaceError {
  return new WorkspaceError(
    `${JSON.stringify(file)} cannot be written: ${what} is there already.`,
    'Choose another path, or remove what is there with fs:delete first.',
  );
}

export function theWorkspaceItself(verb: string): WorkspaceError {
  return new WorkspaceError(`The workspace itself cannot be ${verb}.`, 'Name what is in it.');
}

export function tooLargeFile(file: string): WorkspaceError {
  return new WorkspaceError(
    `${JSON.stringify(file)} would have more than ${mebibytes(WORKSPACE_LIMITS.maxFileBytes)} MiB.`,
    'Make smaller files.',
  );
}

export function tooLargeWorkspace(): WorkspaceError {
  const { maxEntries, maxBytes } = WORKSPACE_LIMITS;
  return new WorkspaceError(
    `The workspace would have more than ${maxEntries} files and folders or ${mebibytes(maxBytes)} MiB.`,
    'Make fewer or smaller files.',
  );
}

export function tooMuchWritten(): WorkspaceError {
  return new WorkspaceError(
    `The steps of the run would have written more than ${mebibytes(WORKSPACE_LIMITS.maxWrittenBytes)} MiB in all.`,
    'Write files once instead of again and again.',
  );
}

function mebibytes(bytes: number): number {
  return bytes / 1024 / 1024;
}
