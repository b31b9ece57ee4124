import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import { readBrowser } from '../../scripts/browser.mjs';
import { findFreePort } from '../../scripts/port.mjs';

// This file is read by every worker too: the first reader chooses, the others inherit it.
process.env['WAYMARK_E2E_HOME'] ??= join(tmpdir(), `waymark-journeys-${randomUUID()}`);
process.env['WAYMARK_E2E_URL'] ??= `http://127.0.0.1:${await findFreePort()}`;
// Where a journey may serve Git repositories: the server is told that it may read from there.
process.env['WAYMARK_E2E_GIT_HOST'] ??= `127.0.0.1:${await findFreePort()}`;

const { executablePath, env } = readBrowser();

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  globalSetup: '../../packages/testing/src/journey-setup.ts',
  fullyParallel: true,
  workers: 2,
  forbidOnly: Boolean(process.env['CI']),
  // A journey that passes at the second try is a defect.
  retries: 0,
  // Bounds for a busy machine with two processors: a journey that is fine waits for none of them.
  timeout: 120_000,
  expect: { timeout: 25_000 },
  use: {
    baseURL: process.env['WAYMARK_E2E_URL'],
    browserName: 'chromium',
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      ...(env === undefined ? {} : { env }),
    },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
  },
});
