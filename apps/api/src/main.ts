import { join } from 'node:path';
import { ConfigError } from '@waymark/config';
import { explainIfTaken } from '../../../scripts/port.mjs';
import { printProblem } from '../../../scripts/stages.mjs';
import { loadServerConfig, urlOf, type Config } from './platform/config.ts';
import { createLogger } from './platform/log.ts';
import { lockHome, makeHome } from './startup/home.ts';
import { prepareClient, preparePortal } from './startup/prepare.ts';
import { hasHint, StartError } from './startup/start-error.ts';
import { listenForStop, StopRequested } from './startup/stop-signal.ts';

/**
 * The server process: brings everything up in stages, says so line by line, and takes it down again in the
 * opposite order when asked to, at whatever stage that happens.
 */

const ROOT = join(import.meta.dirname, '../../..');

/** In development, Vite serves the portal. */
const isWithoutPortal = process.argv.includes('--without-portal');

const signal = listenForStop();
const began = performance.now();
const resources = new AsyncDisposableStack();

try {
  await bringUp();
  await new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', resolve, { once: true });
  });
} catch (error) {
  if (!(error instanceof StopRequested)) report(error);
}
await takeDown();

async function bringUp(): Promise<void> {
  const { config, ignored } = loadServerConfig(process.env, process.cwd());
  console.log(`\n  ${config.app.title}${config.demo ? ' with the demo organisation' : ''}\n`);
  if (ignored.length > 0) console.log(`  Ignored keys of the configuration: ${ignored.join(', ')}\n`);
  await claimPlaces(config);
  await prepareClient(ROOT, signal);
  if (config.role !== 'worker' && !isWithoutPortal) await preparePortal(ROOT, signal);
  const log = createLogger({ level: config.log.level, isPretty: process.stdout.isTTY });
  // Only now: these modules need the generated client.
  const { bringUpDatabase } = await import('./startup/database.ts');
  const database = await bringUpDatabase({ config, root: ROOT, log, signal, resources });
  const demoLocations = await loadDemoFor(config, log);
  signal.throwIfAborted();
  const { serveRole } = await import('./startup/serve.ts');
  const url = await serveRole({ config, database, log, root: ROOT, demoLocations, resources });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`\n  Ready after ${seconds} s${url === undefined ? '' : `: ${url}`}\n`);
}

/** What would make the rest pointless comes first, while nothing slow has happened yet. */
async function claimPlaces(config: Config): Promise<void> {
  await makeHome(config.home);
  if (config.database.url === undefined) {
    const lock = lockHome(config.home, urlOf(config.server));
    resources.defer(() => lock.release());
  }
  if (config.role === 'worker') return;
  const problem = await explainIfTaken(config.server);
  if (problem !== undefined) throw new StartError(problem.message, problem.hint);
}

async function loadDemoFor(config: Config, log: ReturnType<typeof createLogger>) {
  if (!config.demo || config.role === 'api') return [];
  const { loadDemo } = await import('./startup/demo.ts');
  return loadDemo(config.home, log, signal);
}

function report(error: unknown): void {
  process.exitCode = 1;
  if (error instanceof ConfigError) printProblem({ message: error.message });
  else if (hasHint(error)) printProblem(error);
  else console.error(error);
}

async function takeDown(): Promise<void> {
  try {
    await resources.disposeAsync();
    if (signal.aborted) console.log('  Stopped.\n');
  } catch (error) {
    report(error);
  }
  // What a library left open must not keep the process: all that matters is closed.
  process.exit();
}
