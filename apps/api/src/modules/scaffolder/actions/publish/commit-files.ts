import { ActionFailure } from '../action.ts';
import type { PublishedFile } from '../publication.ts';
import { makeScratchFolder } from '../../workspace/scratch-folder.ts';
import { makeBareRepository } from '../../../../platform/git/bare-repository.ts';
import { GitError } from '../../../../platform/git/git-error.ts';
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
export interface PushableCommit extends AsyncDisposable {
  /** Folder of the repository. */
  gitDirectory: string;
  commit: string;
}

/** Commits files to a repository of its own that goes when it is disposed of. */
export async function commitToPush(
  files: AsyncIterable<PublishedFile>,
  settings: CommitSettings,
  signal: AbortSignal,
): Promise<PushableCommit> {
  const scratch = await makeScratchFolder('publish');
  const gitDirectory = scratch.directory;
  try {
    await makeBareRepository(gitDirectory, settings.branch);
    const commit = await importCommit(gitDirectory, files, settings, signal);
    return { gitDirectory, commit, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() };
  } catch (error) {
    await scratch[Symbol.asyncDispose]();
    throw error;
  }
}

/**
 * Commits files to a new branch of a bare repository on this machine. A branch that shows the same commit already, from
 * a try before, is as good as a new one.
 *
 * @throws ActionFailure when the branch shows another commit
 */
export async function commitToNewBranch(
  gitDirectory: string,
  files: AsyncIterable<PublishedFile>,
  settings: CommitSettings,
  signal: AbortSignal,
): Promise<string> {
  try {
    return await importCommit(gitDirectory, files, settings, signal);
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    const ref = `refs/heads/${settings.branch}`;
    const shown = await runGit(
      ['--git-dir', gitDirectory, 'for-each-ref', '--format=%(objectname)', '--', ref],
      { signal },
    );
    if (shown.length === 0) throw error;
    throw new ActionFailure(
      `Somebody has pushed to the branch ${settings.branch} of the new repository meanwhile.`,
      'Look at what is there; then undo this run, or keep the repository as it is.',
    );
  }
}

/**
 * Makes a commit without parents and lets a branch show it, in one go of `git fast-import`: no configuration, attribute
 * or filter of git's changes what the files hold. It refuses a branch that shows anything else.
 */
async function importCommit(
  gitDirectory: string,
  files: AsyncIterable<PublishedFile>,
  settings: CommitSettings,
  signal: AbortSignal,
): Promise<string> {
  const output = await runGit(
    // A pack is written and flushed once; loose objects would be by each file.
    [
      ...['-c', 'fastimport.unpackLimit=0', '--git-dir', gitDirectory],
      ...['fast-import', '--quiet', '--done', '--date-format=raw'],
    ],
    { signal, input: commitStream(files, settings) },
  );
  return output.toString('utf8').trim();
}

/** The commit as https://git-scm.com/docs/git-fast-import takes it; answered with its id. */
async function* commitStream(
  files: AsyncIterable<PublishedFile>,
  { branch, message, author, at }: CommitSettings,
): AsyncGenerator<Buffer> {
  const who = `${inOneLine(author.name)} <${inOneLine(author.email)}> ${Math.floor(at.getTime() / 1000)} +0000`;
  const text = Buffer.from(message.endsWith('\n') ? message : `${message}\n`);
  yield Buffer.from(
    `commit refs/heads/${branch}\nmark :1\nauthor ${who}\ncommitter ${who}\ndata ${text.length}\n`,
  );
  yield text;
  for await (const { path, bytes, isExecutable } of files) {
    const mode = isExecutable ? '100755' : '100644';
    yield Buffer.from(`M ${mode} inline ${quoted(path)}\ndata ${bytes.length}\n`);
    yield bytes;
    yield Buffer.from('\n');
  }
  yield Buffer.from('get-mark :1\ndone\n');
}

/** A name or address without what would end it. */
function inOneLine(text: string): string {
  return text.replaceAll(/[<>\p{Cc}]+/gu, ' ').trim();
}

function quoted(path: string): string {
  return `"${path.replaceAll(/["\\]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)}"`;
}

/** Pushes the commit to a branch of another repository: a folder of this server, or a URL. */
export async function pushCommit(
  { gitDirectory, commit }: PushableCommit,
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
