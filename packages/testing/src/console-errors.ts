import { afterEach, beforeEach } from 'vitest';

/** Setup file of every project: a test that writes to `console.error` fails. Runs in Node and in browsers. */

const original = console.error;
let written: unknown[][] = [];

beforeEach(() => {
  written = [];
  console.error = (...values: unknown[]) => {
    written.push(values);
  };
});

afterEach(() => {
  console.error = original;
  if (written.length === 0) return;
  const lines = written.map((values) => values.map(String).join(' ')).join('\n');
  throw new Error(`console.error was called:\n${lines}`);
});

/** What was written so far in this test, for a test that expects it: these do not fail the test any more. */
export function takeConsoleErrors(): unknown[][] {
  const taken = written;
  written = [];
  return taken;
}
