import { makeBareRepository } from '../../../../platform/git/bare-repository.ts';
import { runGit } from '../../../../platform/git/run-git.ts';
import { makeScratchFolder } from '../../workspace/scratch-folder.ts';
import type { Workspace, WorkspaceEntry } from '../../workspace/workspace.ts';

const IGNORE_FILE = /(?:^|\/)\.gitignore$/;
/** The patterns are a template's, and may be made to take for ever. */
const TIMEOUT_MS = 20_000;

/**
 * The files of a folder that its own `.gitignore` files leave in, as Backstage publishes them. Git itself says which.
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
  if (!entries.some(({ path }) => IGNORE_FILE.test(path))) return entries;
  const prefix = folder === '' ? '' : `${folder}/`;
  await using scratch = await makeScratchFolder('ignored');
  await makeBareRepository(scratch.directory, 'main');
  const directory = `${workspace.directory}/${prefix}`;
  const output = await runGit(['-c', 'core.bare=false', 'ls-files', '-z', '--others', '--exclude-standard'], {
    ...{ signal, timeoutMs: TIMEOUT_MS, cwd: directory },
    env: { GIT_DIR: scratch.directory, GIT_WORK_TREE: directory },
  });
  const kept = new Set(output.toString('utf8').split('\0'));
  return entries.filter(({ path }) => kept.has(path.slice(prefix.length)));
}
