import { execFile } from 'node:child_process';
import { demoBranch } from './fast-import.ts';

/** What a `git` call writes to its standard output; rejects with what it wrote to its standard error. */
async function git(args: readonly string[], input?: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = execFile('git', args, { env: gitEnvironment() }, (error, output, complaint) => {
      if (error === null) resolve(output);
      else
        reject(
          error.code === 'ENOENT'
            ? gitIsMissing()
            : new Error(`git ${args.join(' ')}: ${complaint || error.message}`),
        );
    });
    // git may end before it has read everything; the callback above tells why.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}

/** Built from nothing, so that no setting of the user, no hook and no outer repository has a say. */
function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    // eslint-disable-next-line waymark/no-process-env -- the git program is found where the user's shell finds it
    PATH: process.env['PATH'],
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

function gitIsMissing(): Error {
  return new Error(
    'The program git was not found. Waymark keeps its demo organisation in Git repositories: install git ' +
      '(apt-get install git, brew install git) and start again, or start with WAYMARK_DEMO=false.',
  );
}

/**
 * Creates a bare repository from a `git fast-import` stream in one pack, without hooks.
 * @returns the commit id of {@link demoBranch}
 */
export async function createBareRepository(directory: string, stream: Buffer): Promise<string> {
  const branch = `--initial-branch=${demoBranch}`;
  await git(['init', '--quiet', '--bare', '--template=', '--object-format=sha1', branch, '--', directory]);
  const inRepository = [`--git-dir=${directory}`, '-c', 'fastimport.unpackLimit=1'];
  await git([...inRepository, 'fast-import', '--quiet', '--done', '--date-format=raw'], stream);
  const [head] = await references(directory);
  if (head === undefined) throw new Error(`git fast-import left no branch in ${directory}`);
  return head.commit;
}

/** All references of a repository, by name. */
export async function references(directory: string): Promise<{ name: string; commit: string }[]> {
  const output = await git([`--git-dir=${directory}`, 'for-each-ref', '--format=%(objectname) %(refname)']);
  return output
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => ({ commit: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }));
}
