import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** What a commit holds at a path: text, bytes, a symbolic link, or a submodule. */
export type GitContent = string | Buffer | { linkTo: string } | { submoduleAt: string };

/** A real bare repository, written without a work tree so that any tree can be made. */
export interface GitRepository {
  readonly directory: string;
  /** `file://` URL of the repository. */
  readonly url: string;
  /** Commits exactly these files on a branch and gives the commit's id. */
  commit(files: Readonly<Record<string, GitContent>>, options?: CommitOptions): string;
  /** Runs git in the repository and gives its standard output. */
  git(args: readonly string[], input?: string | Buffer): string;
}

export interface CommitOptions {
  /** Without `refs/heads/`; `main` unless said otherwise. */
  branch?: string;
  /** Begins a history of its own and moves the branch there, as a force-push does. */
  isForced?: boolean;
}

const ENVIRONMENT = {
  PATH: process.env['PATH'],
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};

/** Runs git on its own, outside of any configuration of this machine. */
export function runPlainGit(args: readonly string[], input?: string | Buffer): string {
  return execFileSync('git', args, {
    env: ENVIRONMENT,
    input: input ?? '',
    stdio: ['pipe', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  }).toString('utf8');
}

/** Makes an empty bare repository in a new folder. */
export function createGitRepository(directory: string, initOptions: readonly string[] = []): GitRepository {
  mkdirSync(directory, { recursive: true });
  runPlainGit(['init', '--quiet', '--bare', '--initial-branch=main', ...initOptions, directory]);
  const git = (args: readonly string[], input?: string | Buffer) =>
    runPlainGit(['--git-dir', directory, ...args], input);
  let commits = 0;
  return {
    directory,
    url: `file://${directory}`,
    git,
    commit(files, { branch = 'main', isForced = false } = {}) {
      const ref = `refs/heads/${branch}`;
      const hasParent = !isForced && git(['for-each-ref', ref]) !== '';
      git(['fast-import', '--quiet', '--force'], importStream(ref, files, hasParent, (commits += 1)));
      return git(['rev-parse', ref]).trim();
    },
  };
}

function importStream(
  ref: string,
  files: Readonly<Record<string, GitContent>>,
  hasParent: boolean,
  ordinal: number,
): Buffer {
  const parts: Buffer[] = [
    ...(hasParent ? [] : [Buffer.from(`reset ${ref}\n\n`)]),
    Buffer.from(`commit ${ref}\ncommitter Test <test@example.com> ${1_700_000_000 + ordinal} +0000\n`),
    ...data(Buffer.from(`Commit ${ordinal}`)),
    ...(hasParent ? [Buffer.from(`from ${ref}^0\n`)] : []),
    Buffer.from('deleteall\n'),
  ];
  for (const [file, content] of Object.entries(files)) parts.push(...fileChange(file, content));
  return Buffer.concat(parts);
}

function fileChange(file: string, content: GitContent): Buffer[] {
  const path = quotePath(file);
  if (typeof content === 'object' && 'submoduleAt' in content) {
    return [Buffer.from(`M 160000 ${content.submoduleAt} ${path}\n`)];
  }
  if (typeof content === 'object' && 'linkTo' in content) {
    return [Buffer.from(`M 120000 inline ${path}\n`), ...data(Buffer.from(content.linkTo))];
  }
  return [Buffer.from(`M 100644 inline ${path}\n`), ...data(Buffer.from(content))];
}

function data(bytes: Buffer): Buffer[] {
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

/** C-style quoting, which fast-import needs for line breaks and quotes. */
function quotePath(file: string): string {
  return `"${file.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
