import { ActionFailure } from '../action.ts';
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
 * Commits a folder as it stands, in a repository of its own that lies elsewhere, from where it can be pushed.
 */
export async function commitWorkspace(
  directory: string,
  settings: CommitSettings,
  signal: AbortSignal,
): Promise<WorkspaceCommit> {
  const scratch = await makeScratchFolder('publish');
  const gitDirectory = scratch.directory;
  try {
    await runGit(
      ['init', '--quiet', '--bare', '--template=', `--initial-branch=${settings.branch}`, gitDirectory],
      { signal },
    );
    const commit = await writeCommit(gitDirectory, directory, settings, signal);
    return { gitDirectory, commit, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Commits a folder as it stands to a new branch of a bare repository on this machine. A branch that shows the same
 * commit already, from a try before, is as good as a new one.
 *
 * @throws ActionFailure when the branch shows another commit
 */
export async function commitToNewBranch(
  gitDirectory: string,
  directory: string,
  settings: CommitSettings,
  signal: AbortSignal,
): Promise<string> {
  const commit = await writeCommit(gitDirectory, directory, settings, signal);
  const ref = `refs/heads/${settings.branch}`;
  const inRepository = (args: string[]) => runGit(['--git-dir', gitDirectory, ...args], { signal });
  try {
    await inRepository(['update-ref', ref, commit, NO_COMMIT]);
  } catch (error) {
    const shown = await inRepository(['for-each-ref', '--format=%(objectname)', '--', ref]);
    const head = shown.toString('utf8').trim();
    if (head === '') throw error;
    if (head !== commit) {
      throw new ActionFailure(
        `Somebody has pushed to the branch ${settings.branch} of the new repository meanwhile.`,
        'Look at what is there; then undo this run, or keep the repository as it is.',
      );
    }
  }
  return commit;
}

/** What git calls the commit of a branch that is not there. */
const NO_COMMIT = '0'.repeat(40);

/**
 * Writes a folder as a commit that no branch shows. No configuration, hook or filter takes part but git's own:
 * whatever the folder holds is content.
 */
async function writeCommit(
  gitDirectory: string,
  directory: string,
  { message, author, at }: CommitSettings,
  signal: AbortSignal,
): Promise<string> {
  await using scratch = await makeScratchFolder('index');
  const date = `${Math.floor(at.getTime() / 1000)} +0000`;
  const env = {
    ...{ GIT_DIR: gitDirectory, GIT_WORK_TREE: directory },
    GIT_INDEX_FILE: `${scratch.directory}/index`,
    ...{ GIT_AUTHOR_NAME: author.name, GIT_AUTHOR_EMAIL: author.email, GIT_AUTHOR_DATE: date },
    ...{ GIT_COMMITTER_NAME: author.name, GIT_COMMITTER_EMAIL: author.email, GIT_COMMITTER_DATE: date },
  };
  const inTree = async (args: string[], input?: string) => {
    const options = { signal, env, cwd: directory, ...(input === undefined ? {} : { input }) };
    const output = await runGit(['-c', 'core.bare=false', ...args], options);
    return output.toString('utf8').trim();
  };
  // One flush to the disk for all objects, not one for each.
  const adding = ['-c', 'core.fsyncMethod=batch', '-c', 'core.autocrlf=false', '-c', 'core.safecrlf=false'];
  await inTree([...adding, 'add', '--all', '--', '.']);
  const tree = await inTree(['write-tree']);
  return inTree(['commit-tree', '--no-gpg-sign', tree], message.endsWith('\n') ? message : `${message}\n`);
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
