import { join } from 'node:path';
import { listenForStop } from '../apps/api/src/startup/stop-signal.ts';
import { ROOT } from './launch.mjs';
import { startGroup } from './process-group.mjs';

/**
 * The API under Node's watch mode, which restarts it when one of its files changes, and the portal's
 * development server, which hands requests for the API on.
 */

/** The API stops its database first. */
const STOP_MS = 30_000;

const signal = listenForStop();
const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], env: process.env };
const vite = join(ROOT, 'node_modules/vite/bin/vite.js');
const groups = [
  startGroup(
    process.execPath,
    ['--watch', '--watch-preserve-output', 'apps/api/src/main.ts', '--without-portal'],
    options,
  ),
  startGroup(process.execPath, [vite, 'apps/portal', '--clearScreen', 'false'], options),
];

const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
const first = await Promise.race([stopped, ...groups.map(({ ended }) => ended)]);
// One without the other is of no use.
await Promise.all(groups.map((group) => group.stop('SIGTERM', STOP_MS)));
process.exit(signal.aborted ? 0 : (first?.code ?? 1));
