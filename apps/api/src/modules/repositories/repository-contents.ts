import { splitBatch, type GitContent } from '../../platform/git/batch-output.ts';
import { runGit } from '../../platform/git/run-git.ts';

/** A git object as `git cat-file --batch-check` tells of it. */
export interface GitObject {
  id: string;
  type: string;
  bytes: number;
}

/** One entry of a tree; `path` is relative to the tree. */
export interface GitTreeEntry {
  mode: string;
  type: string;
  id: string;
  bytes: number | undefined;
  path: string;
}

/** A commit of a log. */
export interface GitCommit {
  id: string;
  authorName: string;
  authorEmail: string;
  authoredAt: Date;
  subject: string;
}

/** How git is asked: within a time that somebody waits for a page. */
interface Asking {
  directory: string;
  signal: AbortSignal;
}

/** Answers that somebody waits for in a browser. */
const TIMEOUT_MS = 20_000;
const MEBIBYTE = 1024 * 1024;
const MAX_LIST_BYTES = 64 * MEBIBYTE;
/** What the commits that a name stands for may add to the content of a file. */
const MAX_COMMITS_BYTES = MEBIBYTE;
/** A longer author or subject is cut: both are written by whoever can push. */
const MAX_TEXT_LENGTH = 500;

/** What a branch, tag or commit may look like: no expression of git's, no option, no path. */
const REF = /^[^\s~^:?*[\\\u0000-\u0020\u007f-][^\s~^:?*[\\\u0000-\u0020\u007f]{0,249}$/;
const COMMIT_ID = /^[0-9a-f]{7,64}$/;

/** Whether the text can name a branch, tag or commit. */
export function isRefName(ref: string): boolean {
  return REF.test(ref) && !ref.includes('..') && !ref.includes('@{') && !ref.includes('//');
}

/** Whether the text can be the path of something in a repository. */
export function isRepositoryPath(path: string): boolean {
  if (path === '') return true;
  return path
    .split('/')
    .every((segment) => segment !== '' && segment !== '.' && segment !== '..' && !/[\u0000\n]/.test(segment));
}

/** The commit that a branch, else a tag, else the beginning of an id names. */
export async function findCommit(asking: Asking, ref: string): Promise<string | undefined> {
  const found = await findObjects(
    asking,
    namesOf(ref).map((name) => `${name}^{commit}`),
  );
  return found.find((object) => object !== undefined)?.id;
}

/** What lies at a path of a commit; the root with an empty path. */
export async function findAt(asking: Asking, commit: string, path: string): Promise<GitObject | undefined> {
  if (!isRepositoryPath(path)) return undefined;
  const [object] = await findObjects(asking, [`${commit}:${path}`]);
  return object;
}

/** What lies at a path of a commit. */
export interface FoundAtRef {
  object: GitContent;
  commit: string;
  /** Whether the ref is the name of a branch: its tip is the commit. */
  isBranch: boolean;
}

/**
 * What lies at a path of the commit that {@link findCommit} finds, and what it holds, in one go.
 *
 * @throws GitError `git.too-large` beyond `maxBytes`
 */
export async function readAtRef(
  asking: Asking,
  { ref, path, maxBytes }: { ref: string; path: string; maxBytes: number },
): Promise<FoundAtRef | undefined> {
  const names = namesOf(ref);
  if (!isRepositoryPath(path) || names.length === 0) return undefined;
  const output = await git(asking, ['cat-file', '--batch'], {
    input: names.flatMap((name) => [`${name}^{commit}\n`, `${name}:${path}\n`]).join(''),
    maxOutputBytes: maxBytes + MAX_COMMITS_BYTES,
  });
  const found = splitBatch(output);
  const place = names.findIndex((_, index) => found[index * 2] !== undefined);
  const [commit, object] = [found[place * 2], found[place * 2 + 1]];
  return commit && object && { object, commit: commit.id, isBranch: place === 0 };
}

/** Under what git may know a ref that somebody has named, in the order in which they count. */
function namesOf(ref: string): string[] {
  if (!isRefName(ref)) return [];
  return [`refs/heads/${ref}`, `refs/tags/${ref}`, ...(COMMIT_ID.test(ref) ? [ref] : [])];
}

async function findObjects(asking: Asking, names: readonly string[]): Promise<(GitObject | undefined)[]> {
  if (names.length === 0) return [];
  const output = await git(asking, ['cat-file', '--batch-check'], { input: `${names.join('\n')}\n` });
  return output
    .toString('utf8')
    .split('\n')
    .slice(0, names.length)
    .map((line) => {
      const [, id, type, bytes] = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(line) ?? [];
      return id === undefined || type === undefined ? undefined : { id, type, bytes: Number(bytes) };
    });
}

/** The entries of a tree or commit, `isRecursive` those of all folders below it as well. */
export async function listTree(asking: Asking, id: string, isRecursive = false): Promise<GitTreeEntry[]> {
  const output = await git(asking, [
    ...['ls-tree', '-z', '-l', '--full-tree'],
    ...[...(isRecursive ? ['-r'] : []), '--end-of-options', id],
  ]);
  return output
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const tab = line.indexOf('\t');
      const [mode = '', type = '', blobId = '', bytes = '-'] = line.slice(0, tab).split(/\s+/);
      return {
        ...{ mode, type, id: blobId, path: line.slice(tab + 1) },
        bytes: bytes === '-' ? undefined : Number(bytes),
      };
    });
}

/** The content of a blob. @throws GitError `git.too-large` beyond `maxBytes` */
export function readBlob(asking: Asking, id: string, maxBytes: number): Promise<Buffer> {
  return git(asking, ['cat-file', 'blob', id], { maxOutputBytes: maxBytes });
}

/** The tree of a commit as a tar file, everything in one folder. */
export function archiveCommit(asking: Asking, commit: string, maxBytes: number): Promise<Buffer> {
  return git(asking, ['archive', '--format=tar', '--prefix=repository/', '--end-of-options', commit], {
    maxOutputBytes: maxBytes,
  });
}

/** Commits from `commit` backwards, those that touched `path` where it is given. */
export async function listLog(
  asking: Asking,
  { commit, path, skip, limit }: { commit: string; path: string; skip: number; limit: number },
): Promise<GitCommit[]> {
  const output = await git(asking, [
    ...['--literal-pathspecs', 'log', '-z', '--no-show-signature', '--format=%H%x1f%an%x1f%ae%x1f%at%x1f%s'],
    ...[`--skip=${skip}`, `--max-count=${limit}`, '--end-of-options', commit],
    ...['--', ...(path === '' ? [] : [path])],
  ]);
  return output
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => {
      const [id = '', authorName = '', authorEmail = '', seconds = '0', subject = ''] = line.split('\x1f');
      return {
        ...{ id, authorName: clean(authorName), authorEmail: clean(authorEmail), subject: clean(subject) },
        authoredAt: instantOf(Number(seconds)),
      };
    });
}

/** All branches with the commits that they stand at, by name. */
export async function listHeads(asking: Asking): Promise<{ name: string; commit: string }[]> {
  const output = await git(asking, [
    'for-each-ref',
    '--format=%(objectname) %(refname:lstrip=2)',
    'refs/heads',
  ]);
  return output
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }));
}

/** Bytes of everything that a repository stores. */
export async function storedBytes(asking: Asking): Promise<number> {
  const output = await git(asking, ['count-objects', '-v']);
  const kibibytes = output
    .toString('utf8')
    .split('\n')
    .map((line) => line.split(': '))
    .filter(([name]) => name === 'size' || name === 'size-pack' || name === 'size-garbage')
    .map(([, value]) => Number(value));
  return kibibytes.reduce((sum, value) => sum + value, 0) * 1024;
}

/** Packs what many pushes have left behind, when there is enough of it. */
export async function packUp({ directory, signal }: Asking, timeoutMs: number): Promise<void> {
  await runGit(
    [
      // Later settings win over those of the runner, which let nothing of the kind happen by itself.
      ...['-c', 'gc.auto=2000', '-c', 'gc.autoPackLimit=30', '-c', 'gc.autoDetach=false'],
      ...['--git-dir', directory, 'gc', '--auto', '--quiet'],
    ],
    { signal, timeoutMs },
  );
}

function git(
  { directory, signal }: Asking,
  args: readonly string[],
  options: { input?: string; maxOutputBytes?: number } = {},
): Promise<Buffer> {
  return runGit(['--git-dir', directory, ...args], {
    ...{ signal, timeoutMs: TIMEOUT_MS, maxOutputBytes: MAX_LIST_BYTES },
    ...options,
  });
}

/** Whoever commits chooses the time, also one that no calendar has. */
function instantOf(seconds: number): Date {
  const date = new Date(seconds * 1000);
  const isShown =
    Number.isFinite(date.getTime()) && date.getUTCFullYear() <= 9999 && date.getUTCFullYear() >= 0;
  return isShown ? date : new Date(0);
}

/** One line without control characters. */
function clean(text: string): string {
  return text
    .replaceAll(/[\u0000-\u001f\u007f]+/g, ' ')
    .trim()
    .slice(0, MAX_TEXT_LENGTH);
}
