import { makeScratchFolder } from '../../workspace/scratch-folder.ts';
import { runGit } from '../../../../platform/git/run-git.ts';

/** Who commits, and what is said. */
export interface CommitSettings {
  branch: string;
  message: string;
  author: { name: string; email: string };
  /** The same at every try, so that every try makes the same commit. */
  at: Date;
}

/** A commit in a repository of its own, from where it can be pushed. */
export interface WorkspaceCommit extends AsyncDisposable {
  /** Folder of the repository, outside of what was committed. */
  gitDirectory: string;
  commit: string;
}

/**
 * Commits a folder as it stands. The repository lies elsewhere, and no configuration, hook or filter takes part but
 * git's own: whatever the folder holds is content.
 */
export async function commitWorkspace(
  directory: string,
  { branch, message, author, at }: CommitSettings,
  signal: AbortSignal,
): Promise<WorkspaceCommit> {
  const scratch = await makeScratchFolder('publish');
  const gitDirectory = scratch.directory;
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  const env = {
    ...{ GIT_DIR: gitDirectory, GIT_WORK_TREE: directory },
    ...{ GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email, GIT_COMMITTER_DATE: date },
  };
  try {
    await runGit(['init', '--quiet', '--bare', '--template=', `--initial-branch=${branch}`, gitDirectory], {
      signal,
    });
    const inTree = (args: string[]) =>
      runGit(['-c', 'core.bare=false', ...args], { signal, env, cwd: directory });
    await inTree(['-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false', 'add', '--all', '--', '.']);
    await inTree(['commit', '--quiet', '--no-gpg-sign', '--no-verify', '--allow-empty', '-m', message]);
    const commit = (await inTree(['rev-parse', 'HEAD'])).toString('utf8').trim();
    return { gitDirectory, commit, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

/** Pushes the commit to a branch of another repository: a folder of this server, or a URL. */
export async function pushCommit(
  { gitDirectory, commit }: WorkspaceCommit,
  target: {
    remote: string;
    branch: string;
    settings?: readonly string[];
    env?: Readonly<Record<string, string>>;
  },
  signal: AbortSignal,
): Promise<void> {
  const { remote, branch, settings = [], env } = target;
  await runGit(
    [
      ...settings,
      '--git-dir',
      gitDirectory,
      'push',
      '--quiet',
      '--',
      remote,
      `${commit}:refs/heads/${branch}`,
    ],
    { signal, ...(env && { env }) },
  );
}
