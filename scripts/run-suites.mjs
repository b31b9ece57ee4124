import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prepareClient } from '../apps/api/src/startup/prepare.ts';
import { listenForStop } from '../apps/api/src/startup/stop-signal.ts';
import { ensureBrowser } from './ensure-browser.mjs';
import { ensureVendorSchemas } from './ensure-vendor-schemas.mjs';
import { ROOT } from './launch.mjs';
import { startGroup } from './process-group.mjs';
import { runStage } from './stages.mjs';
import { QUICK_SUITES, readResult, reportTo, SUITES } from './suites.mjs';

/**
 * Runs suites and ends with the line `N passed, N failed` over all of them.
 *
 * Arguments: names of suites; none means all. `--quick` means the inner loop, two suites at a time.
 */

/** Vitest and Playwright take down databases and servers first. */
const SUITE_STOP_MS = 20_000;
/** None needs half of it, on a slow machine either: a suite that hangs is a failure, not a wait. */
const SUITE_LIMIT_MS = 40 * 60_000;

const signal = listenForStop();
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('-'));
const isQuick = process.argv.includes('--quick');
const suites = choose(isQuick ? QUICK_SUITES : SUITES, names);
const resultFolder = mkdtempSync(join(tmpdir(), 'waymark-results-'));
const results = new Map();

try {
  await prepareClient(ROOT, signal);
  if (suites.some(({ needsBrowser }) => needsBrowser)) await runStage('Browser', findBrowser);
  if (suites.some(({ needsVendorSchemas }) => needsVendorSchemas)) {
    await runStage('Vendor schemas', ensureVendorSchemas);
  }
  const waiting = [...suites];
  const runNext = async () => {
    for (let suite = waiting.shift(); suite !== undefined && !signal.aborted; suite = waiting.shift()) {
      results.set(suite.name, await runSuite(suite));
    }
  };
  await Promise.all(isQuick ? [runNext(), runNext()] : [runNext()]);
} finally {
  rmSync(resultFolder, { recursive: true, force: true });
}
process.exit(summarise());

function choose(all, wanted) {
  const unknown = wanted.filter((name) => !all.some((suite) => suite.name === name));
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. Known: ${all.map(({ name }) => name).join(', ')}.`);
    process.exit(2);
  }
  return wanted.length === 0 ? all : all.filter(({ name }) => wanted.includes(name));
}

async function findBrowser(announce) {
  const { source, executablePath } = await ensureBrowser(announce);
  return `${executablePath ?? "Playwright's own"} (${source})`;
}

async function runSuite(suite) {
  const resultFile = join(resultFolder, `${suite.name}.json`);
  const { args, env } = reportTo(suite, resultFile);
  const [script, ...given] = suite.command;
  if (!isQuick) console.log(`\n── ${suite.name} ${'─'.repeat(70 - suite.name.length)}`);
  const began = performance.now();
  const group = startGroup(process.execPath, [join(ROOT, 'node_modules', script), ...given, ...args], {
    cwd: ROOT,
    // Two at a time would mix their lines: then each is printed when it is done.
    stdio: ['ignore', isQuick ? 'pipe' : 'inherit', isQuick ? 'pipe' : 'inherit'],
    env: { ...process.env, ...env },
  });
  let output = '';
  group.child.stdout?.on('data', (chunk) => (output += chunk));
  group.child.stderr?.on('data', (chunk) => (output += chunk));
  const stop = () => void group.stop('SIGINT', SUITE_STOP_MS);
  signal.addEventListener('abort', stop, { once: true });
  const timer = setTimeout(stop, SUITE_LIMIT_MS);
  const { code } = await group.ended;
  clearTimeout(timer);
  signal.removeEventListener('abort', stop);
  const result = readResult(suite, code, resultFile);
  // Pictures and traces of failures stay; without any, Playwright leaves an empty folder.
  if (suite.kind === 'playwright' && result.failed === 0) {
    rmSync(join(ROOT, 'apps/portal/test-results'), { recursive: true, force: true });
  }
  if (result.failed > 0) process.stdout.write(output);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  const state = result.problem ?? (result.failed > 0 ? 'failed' : 'passed');
  if (isQuick || suite.kind === 'gate')
    console.log(`  ${suite.name.padEnd(14)} ${state.padEnd(40)} ${seconds.padStart(6)} s`);
  return result;
}

function summarise() {
  console.log(`\n${'─'.repeat(74)}`);
  for (const { name } of suites) {
    const { passed, failed, skipped, problem } = results.get(name) ?? {
      passed: 0,
      failed: 0,
      skipped: 0,
      problem: 'not run',
    };
    const skippedText = skipped > 0 ? `, ${skipped} skipped` : '';
    console.log(
      `  ${name.padEnd(14)} ${passed} passed, ${failed} failed${skippedText}${problem ? ` (${problem})` : ''}`,
    );
  }
  // Once more in one place: the rest of the output is long.
  const failures = [...results].flatMap(([name, result]) =>
    result.failures.map((text) => `  ${name}: ${text}`),
  );
  if (failures.length > 0) console.log(`\nFailed:\n${failures.join('\n')}`);
  const sum = (member) => [...results.values()].reduce((total, result) => total + result[member], 0);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum);
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  if (signal.aborted) return 130;
  return failed === 0 && results.size === suites.length ? 0 : 1;
}
