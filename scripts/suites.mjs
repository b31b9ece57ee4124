import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { ROOT } from './launch.mjs';

/**
 * Everything that `npm test` checks, in its order. A gate counts as one test.
 *
 * @typedef {object} Suite
 * @property {string} name as in `npm test -- name`
 * @property {'gate' | 'vitest' | 'playwright'} kind
 * @property {string[]} command script below `node_modules` and its arguments
 * @property {boolean} [needsBrowser]
 * @property {boolean} [needsVendorSchemas]
 */

/** @type {Suite[]} */
export const SUITES = [
  {
    name: 'format',
    kind: 'gate',
    command: ['prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  },
  { name: 'lint', kind: 'gate', command: ['eslint/bin/eslint.js', '.', '--max-warnings', '0'] },
  {
    name: 'dependencies',
    kind: 'gate',
    command: [
      'dependency-cruiser/bin/dependency-cruiser.mjs',
      ...[
        '--config',
        'packages/tooling/dependency-cruiser.cjs',
        'apps',
        'packages',
        'prisma',
        'golden-paths/src',
      ],
    ],
  },
  { name: 'types', kind: 'gate', command: ['typescript/bin/tsc', '-p', 'tsconfig.json'] },
  { name: 'types-portal', kind: 'gate', command: ['typescript/bin/tsc', '-p', 'apps/portal/tsconfig.json'] },
  {
    name: 'unit',
    kind: 'vitest',
    command: ['vitest/vitest.mjs', 'run', '--project', 'unit'],
    needsVendorSchemas: true,
  },
  { name: 'database', kind: 'vitest', command: ['vitest/vitest.mjs', 'run', '--project', 'database'] },
  {
    name: 'component',
    kind: 'vitest',
    command: ['vitest/vitest.mjs', 'run', '--project', 'component'],
    needsBrowser: true,
  },
  {
    name: 'e2e',
    kind: 'playwright',
    command: ['playwright/cli.js', 'test', '--config', 'apps/portal/playwright.config.ts'],
    needsBrowser: true,
  },
];

/** The inner loop: what needs neither database nor browser. */
export const QUICK_SUITES = SUITES.filter(({ name, kind }) => kind === 'gate' || name === 'unit');

/**
 * What a suite needs to leave its results in a file.
 *
 * @param {Suite} suite
 * @param {string} resultFile
 * @returns {{ args: string[], env: Record<string, string> }}
 */
export function reportTo(suite, resultFile) {
  if (suite.kind === 'vitest') {
    return { args: ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`], env: {} };
  }
  if (suite.kind === 'playwright') {
    return { args: ['--reporter=list,json'], env: { PLAYWRIGHT_JSON_OUTPUT_FILE: resultFile } };
  }
  return { args: [], env: {} };
}

/**
 * @typedef {object} Result
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} failures what failed, by file and name
 * @property {string} [problem] what went wrong with the suite as a whole
 *
 * @param {Suite} suite
 * @param {number | null} exitCode null when a signal ended it
 * @param {string} resultFile
 * @returns {Result} with at least one failure when anything at all went wrong, and when nothing was run
 */
export function readResult(suite, exitCode, resultFile) {
  const isOk = exitCode === 0;
  if (suite.kind === 'gate') return { passed: isOk ? 1 : 0, failed: isOk ? 0 : 1, skipped: 0, failures: [] };
  let counted;
  try {
    counted = countIn(suite, JSON.parse(readFileSync(resultFile, 'utf8')));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [], problem: 'ended without results' };
  }
  if (counted.passed + counted.failed === 0) return { ...counted, failed: 1, problem: 'ran no test' };
  // For example a file that could not be loaded, or an error outside of any test.
  if (!isOk && counted.failed === 0) return { ...counted, failed: 1, problem: `ended with code ${exitCode}` };
  return counted;
}

function countIn(suite, report) {
  if (suite.kind === 'playwright') {
    const { expected, unexpected, flaky, skipped } = report.stats;
    return {
      passed: expected + flaky,
      failed: unexpected,
      skipped,
      failures: failedSpecs(report.suites ?? []),
    };
  }
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: report.numPendingTests + report.numTodoTests,
    failures: (report.testResults ?? []).flatMap(failedTests),
  };
}

/** Vitest: a file that could not be loaded fails without a test. */
function failedTests({ name, status, message, assertionResults }) {
  const file = relative(ROOT, name);
  const failed = assertionResults.filter((test) => test.status === 'failed');
  if (failed.length === 0 && status === 'failed') return [`${file}: ${message}`];
  return failed.map(
    ({ fullName, failureMessages }) => `${file} › ${fullName}: ${firstLine(failureMessages[0])}`,
  );
}

/** Playwright: files hold groups, groups hold groups and specs. */
function failedSpecs(suites) {
  return suites.flatMap(({ file, specs = [], suites: inner = [] }) => [
    ...specs.filter(({ ok }) => !ok).map(({ title, line }) => `${file}:${line} › ${title}`),
    ...failedSpecs(inner),
  ]);
}

const firstLine = (text = '') => stripVTControlCharacters(text).split('\n', 1)[0];
