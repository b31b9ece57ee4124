import path from 'node:path';
import { makeBareRepository } from '../../../../platform/git/bare-repository.ts';
import { runGit } from '../../../../platform/git/run-git.ts';
import { makeScratchFolder } from '../../workspace/scratch-folder.ts';
import type { WorkspaceEntry } from '../../workspace/workspace-tree.ts';
import type { Workspace } from '../../workspace/workspace.ts';

const IGNORE_FILE = /(?:^|\/)\.gitignore$/;
/** The patterns are a template's, and may be made to take for ever. */
const TIMEOUT_MS = 20_000;
/** Exit code of `git check-ignore` when none of the paths is ignored. */
const NONE_IGNORED = 1;

/**
 * The files of a folder that its own `.gitignore` files leave in, as Backstage publishes them. Git itself says which: it
 * is shown those files alone, and asked about the names of the others.
 *
 * @param entries files below `folder`; their paths begin with it
 * @throws GitError
 */
export async function withoutIgnored(
  workspace: Workspace,
  folder: string,
  entries: readonly WorkspaceEntry[],
  signal: AbortSignal,
): Promise<readonly WorkspaceEntry[]> {
  const ignoreFiles = entries.filter((entry) => IGNORE_FILE.test(entry.path));
  if (ignoreFiles.length === 0) return entries;
  const nameOf = (entry: WorkspaceEntry) =>
    folder === '' ? entry.path : entry.path.slice(folder.length + 1);
  // A name that begins with a colon would be more than a name to git.
  const askedFor = (entry: WorkspaceEntry) => `./${nameOf(entry)}`;
  await using scratch = await makeScratchFolder('ignored');
  const [gitDirectory, tree] = [path.join(scratch.directory, 'git'), path.join(scratch.directory, 'tree')];
  await makeBareRepository(gitDirectory, 'main');
  for (const entry of ignoreFiles) {
    await scratch.write(`tree/${nameOf(entry)}`, await workspace.read(entry.path));
  }
  const output = await runGit(['-c', 'core.bare=false', 'check-ignore', '-z', '--stdin', '--no-index'], {
    ...{ signal, timeoutMs: TIMEOUT_MS, cwd: tree },
    input: entries.map((entry) => `${askedFor(entry)}\0`).join(''),
    env: { GIT_DIR: gitDirectory, GIT_WORK_TREE: tree },
    answeringCodes: [0, NONE_IGNORED],
  });
  const ignored = new Set(output.toString('utf8').split('\0'));
  return entries.filter((entry) => !ignored.has(askedFor(entry)));
}
