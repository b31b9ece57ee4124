import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startGroup } from './process-group.mjs';
import { waitForLock } from './process-lock.mjs';

/** npm finishes what it does before it looks at a signal; half an installation is redone anyway. */
const NPM_PATIENCE_MS = 1_500;

/** What a person can act on: printed without a stack. */
export class StartProblem extends Error {
  constructor(message, hint) {
    super(message);
    this.hint = hint;
  }
}

/** @param {string} root of the clone */
export function installedNode(root) {
  return join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Whether `node_modules` holds what `package-lock.json` asks for. Takes milliseconds. */
export function isInstalled(root) {
  if (!existsSync(installedNode(root))) return false;
  const lockfile = readFileSync(join(root, 'package-lock.json'));
  const digest = digestOf(lockfile);
  if (readText(stampOf(root)) === digest) return true;
  if (!holdsAll(root, JSON.parse(lockfile.toString('utf8')))) return false;
  tryWrite(stampOf(root), digest);
  return true;
}

/**
 * Installs with `npm ci`. One process of a clone does it, others wait and find it done.
 *
 * @param {string} root
 * @param {{ signal: AbortSignal, announce: (text: string) => void }} options
 * @returns {Promise<string>} what was done
 */
export async function install(root, { signal, announce }) {
  const folder = join(root, '.waymark');
  try {
    // Others may pass: as root, the database inside is run by another user.
    mkdirSync(folder, { recursive: true, mode: 0o711 });
  } catch (error) {
    throw new StartProblem(
      `The clone ${root} cannot be written (${error.code}).`,
      'Make it writable for this user.',
    );
  }
  const onWait = ({ pid }) => announce(`another start (process ${pid}) is installing them, waiting for it`);
  const lock = await waitForLock(join(folder, 'prepare.lock'), { onWait, signal });
  try {
    if (isInstalled(root)) return 'installed';
    announce('installing, a minute or more');
    await runNpm(root, signal);
    tryWrite(stampOf(root), digestOf(readFileSync(join(root, 'package-lock.json'))));
    return 'installed';
  } finally {
    lock.release();
  }
}

async function runNpm(root, signal) {
  // The npm that runs this script, if one does, whatever is on the PATH.
  const ownNpm = process.env.npm_execpath;
  const [program, ...first] = ownNpm?.endsWith('.js') ? [process.execPath, ownNpm] : ['npm'];
  const args = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'];
  const npm = startGroup(program, args, {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && program === 'npm',
  });
  let output = '';
  const collect = (chunk) => (output = `${output}${chunk}`.slice(-8_000));
  npm.child.stdout.on('data', collect);
  npm.child.stderr.on('data', collect);
  const onAbort = () => void npm.stop('SIGTERM', NPM_PATIENCE_MS);
  signal.addEventListener('abort', onAbort);
  const { code, error } = await npm.ended;
  signal.removeEventListener('abort', onAbort);
  if (signal.aborted) {
    await npm.stop('SIGTERM', NPM_PATIENCE_MS);
    signal.throwIfAborted();
  }
  if (error !== undefined)
    throw new StartProblem('npm could not be run.', 'Install npm, which comes with Node.js.');
  if (code !== 0) throw explainNpm(output);
  checkNode(root);
}

function explainNpm(output) {
  const lines = output
    .split('\n')
    .map((line) => /^npm (?:error|ERR!) (.+)/.exec(line)?.[1])
    .filter((line) => line !== undefined && !line.includes('complete log'));
  const message = `npm ci failed:\n${lines.slice(0, 8).join('\n') || output.slice(-1_000)}`;
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ECONNRESET/.test(output)) {
    return new StartProblem(
      message,
      'The package registry cannot be reached. Only the first start needs it: go online and start again.',
    );
  }
  if (/ENOSPC/.test(output)) return new StartProblem(message, 'The disk is full: about 1 GB is needed.');
  if (/EACCES|EPERM|EROFS/.test(output))
    return new StartProblem(message, 'Make the clone writable for this user.');
  return new StartProblem(message, 'Run `npm ci` by hand for the whole message.');
}

function checkNode(root) {
  if (existsSync(installedNode(root))) return;
  throw new StartProblem(
    'The package "node", which brings Node.js 24, is not complete.',
    'It is unpacked by an install script. Allow those (npm config set ignore-scripts false), then run `npm rebuild node`.',
  );
}

/**
 * Whether the packages that npm says it installed are those of the lockfile. Spares whoever ran `npm install`
 * by hand a second one. npm writes its list last, so an interrupted installation has none.
 */
function holdsAll(root, lockfile) {
  const text = readText(join(root, 'node_modules', '.package-lock.json'));
  if (text === undefined) return false;
  const installed = JSON.parse(text).packages;
  return Object.entries(lockfile.packages)
    .filter(([path]) => path.includes('node_modules/'))
    .every(([path, wanted]) => {
      const found = installed[path];
      if (found === undefined) return wanted.optional === true || wanted.devOptional === true;
      return found.version === wanted.version && found.integrity === wanted.integrity;
    });
}

function stampOf(root) {
  return join(root, 'node_modules', '.waymark-install');
}

function digestOf(lockfile) {
  return createHash('sha256').update(`${process.platform}-${process.arch}\n`).update(lockfile).digest('hex');
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The stamp only saves time: a clone that this user may not write needs none. */
function tryWrite(path, content) {
  try {
    writeFileSync(path, content);
  } catch {
    return;
  }
}
