import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { install, installedNode, isInstalled, StartProblem } from './installation.mjs';
import { startGroup } from './process-group.mjs';
import { memoryArguments, memoryEnvironment } from './server-memory.mjs';
import { printProblem, runStage } from './stages.mjs';

/**
 * The part of every command that runs on whatever Node.js the machine has: installs what is missing, then
 * runs the command's own script under the Node.js 24 that the installation brings.
 */

export const ROOT = fileURLToPath(new URL('..', import.meta.url));

const OLDEST_NODE = 20;
/** One Ctrl+C can arrive twice: from the terminal, and passed on by npm. */
const SAME_SIGNAL_MS = 1_000;
const STOP_LIMIT_MS = 40_000;
const PARENT_CHECK_MS = 250;

/**
 * @param {string} script path below the root
 * @param {{ args?: string[], beforeInstall?: () => Promise<void> }} [options] `beforeInstall` is called only
 *   when an installation has to come first, and may throw a StartProblem
 */
export async function launch(script, { args = [], beforeInstall } = {}) {
  try {
    checkNodeVersion();
    const stopper = listenForStop();
    if (!isInstalled(ROOT)) {
      await beforeInstall?.();
      await runStage('Packages', (announce) => install(ROOT, { signal: stopper.signal, announce }));
    }
    stopper.signal.throwIfAborted();
    process.exitCode = await runScript(script, args, stopper);
  } catch (error) {
    if (error instanceof StartProblem) printProblem(error);
    else if (error?.name !== 'AbortError') throw error;
    process.exitCode = error instanceof StartProblem ? 1 : 130;
  }
}

function checkNodeVersion() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= OLDEST_NODE) return;
  throw new StartProblem(
    `Waymark needs Node.js ${OLDEST_NODE} or newer; this is ${process.versions.node}.`,
    'Install a current one from https://nodejs.org.',
  );
}

/** The first signal asks to stop, a second one does not wait. */
function listenForStop() {
  const aborter = new AbortController();
  const stopper = { signal: aborter.signal, force: undefined };
  let firstAt;
  const onSignal = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      aborter.abort();
    } else if (performance.now() - firstAt > SAME_SIGNAL_MS) stopper.force?.();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, onSignal);
  onParentGone(() => aborter.abort());
  return stopper;
}

/**
 * npm that is killed cannot pass anything on, and the shell between dies of a SIGTERM without a word: both
 * are missed by the parent's process id.
 */
function onParentGone(stop) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_CHECK_MS).unref();
}

async function runScript(script, args, stopper) {
  const group = startGroup(installedNode(ROOT), [...memoryArguments, script, ...args], {
    cwd: ROOT,
    // The script sees the channel close when this process is killed, and stops by itself.
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: {
      ...memoryEnvironment,
      ...process.env,
      PATH: [join(ROOT, 'node_modules/.bin'), process.env.PATH].join(delimiter),
      // Compiled code is kept from one start to the next: a third of the start is loading modules.
      NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
    },
  });
  /** Processes that outlive the script when it is killed: PostgreSQL runs in a group of its own. */
  const owned = new Set();
  group.child.on('message', ({ owns, disowns }) => {
    if (Number.isInteger(owns)) owned.add(owns);
    if (Number.isInteger(disowns)) owned.delete(disowns);
  });
  const kill = () => {
    group.signalGroup('SIGKILL');
    // PostgreSQL's immediate shutdown: it recovers at the next start.
    for (const pid of owned) trySignal(pid, 'SIGQUIT');
  };
  stopper.force = kill;
  let timer;
  const stop = () => {
    if (group.child.connected) group.child.send('stop', () => undefined);
    timer = setTimeout(kill, STOP_LIMIT_MS);
  };
  if (stopper.signal.aborted) stop();
  else stopper.signal.addEventListener('abort', stop, { once: true });
  const { code, signal, error } = await group.ended;
  clearTimeout(timer);
  if (error !== undefined) throw error;
  if (code !== null) return code;
  // What the killed script could not stop itself.
  group.signalGroup('SIGKILL');
  for (const pid of owned) trySignal(pid, 'SIGINT');
  console.error(`\n  ${script} was ended by ${signal}.\n`);
  return 1;
}

function trySignal(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch {
    // It has ended already.
  }
}
