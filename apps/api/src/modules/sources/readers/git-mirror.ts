import { createHash } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { splitBatch } from '../../../platform/git/batch-output.ts';
import { COMMIT_LOG_FORMAT } from './commit-log.ts';
import { parseTree, type TreeEntry } from './git-output.ts';
import { runSourceGit } from './source-git.ts';
import { SourceReadError } from './source-reader.ts';

const SHA256_DIGITS = 64;
/** Commits between two reads of which the authors are looked up; more of them tell only what was read. */
const MAX_LOG_DEPTH = 100;

/** A commit with everything in it. */
export interface Snapshot {
  commit: string;
  tree: TreeEntry[];
}

/** A bare, shallow copy of branches of a remote repository, kept below the server's home. */
export interface GitMirror {
  /** Commit of the branch on the remote, and its name (the remote's default when none was given). */
  remoteHead(signal: AbortSignal): Promise<{ commit: string; branch: string }>;
  /** Fetches the branch, which may have moved on since `remoteHead`. */
  fetch(head: { commit: string; branch: string }, signal: AbortSignal): Promise<Snapshot>;
  /**
   * Output of `git log` over the commits that `commit` has and `sinceCommit` has not, as {@link parseCommitLog}
   * takes it. Fetches what the shallow copy lacks of them, as far back as {@link MAX_LOG_DEPTH}.
   */
  log(sinceCommit: string, head: { commit: string; branch: string }, signal: AbortSignal): Promise<Buffer>;
  /** Everything in a commit that was fetched before; fetches the branch where it was not, or is gone. */
  treeAt(commit: string, signal: AbortSignal): Promise<TreeEntry[]>;
  /** Contents in the order of the ids. */
  readBlobs(blobIds: readonly string[], signal: AbortSignal): Promise<Buffer[]>;
}

/**
 * Where the mirror of a URL lies. Several sources may share one. A mirror holds nothing that the remote does not
 * have, so one that is damaged, for example by a kill in the middle of a fetch, is replaced by a new one.
 *
 * @param networkSettings - Options of git for every command that talks to the remote.
 */
export function createGitMirror(
  url: string,
  branch: string | undefined,
  home: string,
  networkSettings: () => Promise<readonly string[]> = async () => [],
): GitMirror {
  const name = hash(url);
  const remote: Remote = { url, networkSettings };
  const directory = path.join(home, 'mirrors', `${name}.git`);
  let fetched: { commit: string; branch: string } | undefined;

  return {
    async remoteHead(signal) {
      const ref = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
      const output = (
        await runSourceGit([...(await networkSettings()), 'ls-remote', '--symref', '--', url, ref], {
          signal,
        })
      ).toString('utf8');
      // git takes the ref for a pattern and gives everything that ends like it.
      const line = output
        .split('\n')
        .find((text) => /^[0-9a-f]{40,64}\t/.test(text) && text.endsWith(`\t${ref}`));
      const [commit, exactRef] = line?.split('\t') ?? [];
      if (commit === undefined || exactRef !== ref) {
        throw new SourceReadError(
          'git.branch-not-found',
          branch === undefined
            ? 'The repository has no commits yet.'
            : `The repository has no branch "${branch}".`,
          'Correct the branch of the source, or push a first commit.',
        );
      }
      return { commit, branch: branch ?? /^ref: refs\/heads\/(\S+)\tHEAD$/m.exec(output)?.[1] ?? 'HEAD' };
    },

    fetch(head, signal) {
      return inTurn(directory, async () => {
        fetched = head;
        const snapshot = () => fetchInto(directory, remote, head, signal);
        try {
          await makeMirror(directory, head.commit, signal);
          return await snapshot();
        } catch (error) {
          if (!mayBeDamage(error)) throw error;
          await replaceMirror(directory, remote, head, signal);
          return snapshot();
        }
      });
    },

    async treeAt(commit, signal) {
      try {
        return await listTree(directory, commit, signal);
      } catch (error) {
        if (!mayBeDamage(error)) throw error;
        await this.fetch(await this.remoteHead(signal), signal);
        return listTree(directory, commit, signal);
      }
    },

    log: (sinceCommit, head, signal) =>
      inTurn(directory, () => logInto(directory, remote, sinceCommit, head, signal)),

    async readBlobs(blobIds, signal) {
      if (blobIds.length === 0) return [];
      try {
        return await catBlobs(directory, blobIds, signal);
      } catch (error) {
        const head = fetched;
        if (!mayBeDamage(error) || !head) throw error;
        await inTurn(directory, () => replaceMirror(directory, remote, head, signal));
        return catBlobs(directory, blobIds, signal);
      }
    },
  };
}

/** Where to fetch from, and how to talk to it. */
interface Remote {
  url: string;
  networkSettings: () => Promise<readonly string[]>;
}

const turns = new Map<string, Promise<unknown>>();

/** Lets only one of this process at a time change a mirror: git would fail at the lock instead of waiting for it. */
function inTurn<Result>(directory: string, work: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(directory) ?? Promise.resolve()).then(work, work);
  const settled = turn.then(
    () => {},
    () => {},
  );
  turns.set(directory, settled);
  void settled.then(() => {
    if (turns.get(directory) === settled) turns.delete(directory);
  });
  return turn;
}

/** True for what git cannot explain by the remote, and for what the file system says of the folder. */
function mayBeDamage(error: unknown): boolean {
  if (error instanceof SourceReadError) return error.code === 'git.failed';
  return error instanceof Error && 'syscall' in error;
}

async function fetchInto(
  directory: string,
  remote: Remote,
  head: { branch: string },
  signal: AbortSignal,
): Promise<Snapshot> {
  const inMirror = (args: string[]) => runSourceGit(['--git-dir', directory, ...args], { signal });
  const ref = await fetchBranch(directory, remote, head.branch, 1, signal);
  const commit = (await inMirror(['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`]))
    .toString()
    .trim();
  return { commit, tree: await listTree(directory, commit, signal) };
}

async function listTree(directory: string, commit: string, signal: AbortSignal): Promise<TreeEntry[]> {
  const args = [
    '--git-dir',
    directory,
    'ls-tree',
    '-r',
    '-z',
    '-l',
    '--full-tree',
    '--end-of-options',
    commit,
  ];
  return parseTree(await runSourceGit(args, { signal }));
}

/** Fetches a branch with so many of its last commits, and gives the mirror's own ref for it. */
async function fetchBranch(
  directory: string,
  { url, networkSettings }: Remote,
  branch: string,
  depth: number,
  signal: AbortSignal,
): Promise<string> {
  // One ref a branch: commits pile up, refs do not.
  const ref = `refs/waymark/${hash(branch)}`;
  const remoteRef = branch === 'HEAD' ? 'HEAD' : `refs/heads/${branch}`;
  await runSourceGit(
    [
      ...(await networkSettings()),
      ...['--git-dir', directory, 'fetch', '--quiet', `--depth=${depth}`, '--no-tags'],
      ...['--no-recurse-submodules', '--force', '--', url, `+${remoteRef}:${ref}`],
    ],
    { signal },
  );
  return ref;
}

async function logInto(
  directory: string,
  remote: Remote,
  sinceCommit: string,
  head: { commit: string; branch: string },
  signal: AbortSignal,
): Promise<Buffer> {
  await fetchBranch(directory, remote, head.branch, MAX_LOG_DEPTH, signal);
  return runSourceGit(
    [
      ...['--git-dir', directory, 'log', '-z', '--no-renames', '--no-show-signature', '--name-only'],
      ...[`--max-count=${MAX_LOG_DEPTH}`, `--format=${COMMIT_LOG_FORMAT}`, '--end-of-options'],
      ...[`${sinceCommit}..${head.commit}`],
    ],
    { signal },
  );
}

async function catBlobs(
  directory: string,
  blobIds: readonly string[],
  signal: AbortSignal,
): Promise<Buffer[]> {
  const output = await runSourceGit(['--git-dir', directory, 'cat-file', '--batch'], {
    signal,
    input: blobIds.join('\n'),
  });
  const objects = splitBatch(output);
  return blobIds.map((blobId, index) => {
    const object = objects[index];
    if (object) return object.content;
    throw new SourceReadError(
      'git.failed',
      `git cannot give a file of its own tree (${blobId}).`,
      'Refresh the source: its mirror is made anew.',
    );
  });
}

/** Makes the bare repository beside its place and renames it there, so that a killed run leaves no half. */
async function makeMirror(directory: string, commit: string, signal: AbortSignal): Promise<void> {
  if (await stat(directory).catch(() => undefined)) return; // missing is the ordinary first case
  const fresh = await initBeside(directory, commit, signal);
  try {
    await rename(fresh, directory);
  } catch (error) {
    await rm(fresh, { recursive: true, force: true });
    // Another process made the same mirror first: that one serves as well.
    if (!(await stat(directory).catch(() => undefined))) throw error;
  }
}

/** Puts a new mirror in the place of one that fails, but only once the remote has filled it. */
async function replaceMirror(
  directory: string,
  remote: Remote,
  head: { commit: string; branch: string },
  signal: AbortSignal,
): Promise<void> {
  const fresh = await initBeside(directory, head.commit, signal);
  const old = `${fresh}.old`;
  try {
    await fetchInto(fresh, remote, head, signal);
    await rename(directory, old).catch(() => {}); // it may be gone already
    await rename(fresh, directory);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(old, { recursive: true, force: true });
  }
}

async function initBeside(directory: string, commit: string, signal: AbortSignal): Promise<string> {
  const fresh = `${directory}.${process.pid}.${Date.now().toString(36)}`;
  await mkdir(path.dirname(directory), { recursive: true });
  const format = commit.length === SHA256_DIGITS ? 'sha256' : 'sha1';
  await runSourceGit(['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, fresh], {
    signal,
  });
  return fresh;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 24);
}
