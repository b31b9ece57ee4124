import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { prepareClient } from '../apps/api/src/startup/prepare.ts';
import { listenForStop } from '../apps/api/src/startup/stop-signal.ts';
import { ROOT } from './launch.mjs';
import { startGroup } from './process-group.mjs';

/** A benchmark is a file of packages/bench/src that says `export const benchmark = 'what it measures'`. */

const STOP_MS = 30_000;
const folder = join(ROOT, 'packages/bench/src');

const signal = listenForStop();
const [name, ...args] = process.argv.slice(2);
const benchmarks = readdirSync(folder)
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ name: file.slice(0, -3), title: titleOf(file) }))
  .filter(({ title }) => title !== undefined);

if (name === undefined || !benchmarks.some((benchmark) => benchmark.name === name)) {
  console.log('Usage: npm run bench -- <name> [arguments]\n');
  for (const benchmark of benchmarks) console.log(`  ${benchmark.name.padEnd(20)} ${benchmark.title}`);
  process.exit(name === undefined ? 0 : 2);
}

await prepareClient(ROOT, signal);
const group = startGroup(process.execPath, [join(folder, `${name}.ts`), ...args], {
  cwd: ROOT,
  stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  env: process.env,
});
signal.addEventListener('abort', () => void group.stop('SIGTERM', STOP_MS), { once: true });
const { code } = await group.ended;
process.exit(code ?? 1);

function titleOf(file) {
  return /^export const benchmark = '([^']*)'/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1];
}
