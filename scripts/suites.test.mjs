import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ROOT } from './launch.mjs';
import { QUICK_SUITES, readResult, SUITES } from './suites.mjs';

const suiteNamed = (name) => SUITES.find((suite) => suite.name === name);
const vitestReport = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };
const playwrightReport = { stats: { expected: 4, unexpected: 0, flaky: 0, skipped: 2 } };

let folder;
let file;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waymark-suites-'));
  file = join(folder, 'result.json');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(name, exitCode, report) {
  if (report !== undefined) writeFileSync(file, JSON.stringify(report));
  return readResult(suiteNamed(name), exitCode, file);
}

describe('readResult', () => {
  test('counts a gate as one test', () => {
    expect(read('lint', 0)).toEqual({ passed: 1, failed: 0, skipped: 0, failures: [] });
    expect(read('lint', 1)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] });
    expect(read('lint', null)).toEqual({ passed: 0, failed: 1, skipped: 0, failures: [] });
  });

  test('counts the tests of Vitest and of Playwright', () => {
    expect(read('unit', 0, vitestReport)).toEqual({ passed: 3, failed: 0, skipped: 2, failures: [] });
    expect(read('unit', 1, { ...vitestReport, numFailedTests: 2 })).toEqual({
      passed: 3,
      failed: 2,
      skipped: 2,
      failures: [],
    });
    expect(read('e2e', 0, playwrightReport)).toEqual({ passed: 4, failed: 0, skipped: 2, failures: [] });
    const failing = { stats: { ...playwrightReport.stats, unexpected: 1, flaky: 1 } };
    expect(read('e2e', 1, failing)).toEqual({ passed: 5, failed: 1, skipped: 2, failures: [] });
  });

  test('names what failed, and why', () => {
    const testResults = [
      {
        name: join(ROOT, 'apps/a.test.ts'),
        status: 'failed',
        message: '',
        assertionResults: [
          { status: 'passed', fullName: 'a works', failureMessages: [] },
          {
            status: 'failed',
            fullName: 'a fails',
            failureMessages: ['\u001b[31mexpected 1\u001b[39m\nat line 3'],
          },
        ],
      },
      {
        name: join(ROOT, 'apps/b.test.ts'),
        status: 'failed',
        message: 'No such module',
        assertionResults: [],
      },
      { name: join(ROOT, 'apps/c.test.ts'), status: 'passed', message: '', assertionResults: [] },
    ];
    expect(read('unit', 1, { ...vitestReport, numFailedTests: 1, testResults }).failures).toEqual([
      'apps/a.test.ts › a fails: expected 1',
      'apps/b.test.ts: No such module',
    ]);
    const specs = [
      { ok: true, title: 'opens', line: 3 },
      { ok: false, title: 'closes', line: 9 },
    ];
    const suites = [{ file: 'door.spec.ts', specs: [], suites: [{ file: 'door.spec.ts', specs }] }];
    expect(read('e2e', 1, { stats: { ...playwrightReport.stats, unexpected: 1 }, suites }).failures).toEqual([
      'door.spec.ts:9 › closes',
    ]);
  });

  test('takes a suite that ran nothing, or only skipped, for a failure', () => {
    const empty = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 5, numTodoTests: 0 };
    expect(read('unit', 0, empty)).toMatchObject({ failed: 1, problem: 'ran no test' });
    const nothing = { stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0 } };
    expect(read('e2e', 0, nothing)).toMatchObject({ failed: 1, problem: 'ran no test' });
  });

  test('takes an error outside of any test for a failure', () => {
    expect(read('unit', 1, vitestReport)).toMatchObject({ passed: 3, failed: 1 });
    expect(read('unit', null, vitestReport)).toMatchObject({ failed: 1 });
  });

  test.each([undefined, 'no object', {}])('takes a report of %j for a failure', (report) => {
    expect(read('e2e', 0, report)).toMatchObject({ passed: 0, failed: 1 });
  });
});

describe('QUICK_SUITES', () => {
  test('needs neither database nor browser', () => {
    expect(QUICK_SUITES.map(({ name }) => name)).toEqual([
      ...['format', 'lint', 'dependencies', 'types', 'types-portal', 'unit'],
    ]);
  });
});
