/** git did not do what it was asked, in words for whoever asked. */
export class GitError extends Error {
  override readonly name = 'GitError';
  readonly code: GitErrorCode;
  /** What to do about it. */
  readonly hint: string;

  constructor(code: GitErrorCode, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.hint = hint;
  }
}

/** `git.failed` is everything that the others do not explain. */
export type GitErrorCode =
  | 'git.credentials-required'
  | 'git.failed'
  | 'git.not-found'
  | 'git.not-installed'
  | 'git.protocol-not-allowed'
  | 'git.timeout'
  | 'git.too-large'
  | 'git.unreachable';

/** What git complains of, in the order in which the patterns are tried. */
const COMPLAINTS: { pattern: RegExp; code: GitErrorCode; message: string; hint: string }[] = [
  {
    pattern:
      /could not read (Username|Password)|Authentication failed|terminal prompts disabled|HTTP 401|HTTP 403|returned error: 40[13]|Permission denied \(/i,
    code: 'git.credentials-required',
    message: 'The repository asks for a user name and password.',
    hint: 'Use a URL that can be read without one, or give the server access (an SSH key, or a token through an integration).',
  },
  {
    pattern:
      /repository .* not found|does not appear to be a git repository|does not exist|HTTP 404|not found|not valid: /i,
    code: 'git.not-found',
    message: 'There is no Git repository at this URL.',
    hint: 'Check the URL for a spelling error. A private repository answers the same way.',
  },
  {
    pattern:
      /Could not resolve host|Connection refused|Failed to connect|Connection timed out|unable to access|Network is unreachable/i,
    code: 'git.unreachable',
    message: 'The Git server cannot be reached.',
    hint: 'Check the host name and the network.',
  },
  {
    pattern: /transport '.*' not allowed/i,
    code: 'git.protocol-not-allowed',
    message: 'The protocol of this URL is not allowed.',
    hint: 'Use https, http, ssh, git or file.',
  },
];

/** Explains what git wrote to its standard error before it gave up; passwords must be taken out before. */
export function explainComplaint(complaint: string): GitError {
  const known = COMPLAINTS.find(({ pattern }) => pattern.test(complaint));
  if (known) return new GitError(known.code, known.message, known.hint, new Error(complaint));
  const [line = 'no reason given'] = complaint
    .split('\n')
    .filter((text) => /^(fatal|error|remote):/.test(text));
  return new GitError(
    'git.failed',
    `git failed: ${line}`,
    'Run the same command by hand on the server to see more.',
    new Error(complaint),
  );
}

/** Explains why git could not be started at all. */
export function explainStartFailure(error: NodeJS.ErrnoException): Error {
  // They go into the log with the error, and the URL is one of them.
  Reflect.deleteProperty(error, 'spawnargs');
  if (error.code !== 'ENOENT') return error;
  return new GitError(
    'git.not-installed',
    'The program git is not installed on this machine.',
    'Install git (on Debian: apt-get install git).',
    error,
  );
}
