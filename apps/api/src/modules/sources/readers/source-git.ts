import { GitError, type GitErrorCode } from '../../../platform/git/git-error.ts';
import { runGit, type RunGitOptions } from '../../../platform/git/run-git.ts';
import { SourceReadError } from './source-reader.ts';

/** What to do where the person is somebody who configured a source, when that is more than git itself can say. */
const HINTS: Partial<Record<GitErrorCode, string>> = {
  'git.failed': 'Run the same clone by hand on the server to see more.',
  'git.not-installed': 'Install git (on Debian: apt-get install git) and refresh the source.',
  'git.timeout': 'Check the network and the size of the repository, then refresh the source.',
  'git.unreachable': 'Check the host name and the network. Until then the last good entities stay.',
};

/**
 * Runs git for a source and resolves to its standard output.
 *
 * @throws SourceReadError in words for the person who configured the source
 */
export async function runSourceGit(args: readonly string[], options: RunGitOptions): Promise<Buffer> {
  try {
    return await runGit(args, options);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw new SourceReadError(error.code, error.message, HINTS[error.code] ?? error.hint, error.cause);
  }
}
