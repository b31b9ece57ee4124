import { playwright } from '@vitest/browser-playwright';
import { configDefaults, defineConfig } from 'vitest/config';
import { readBrowser } from './scripts/browser.mjs';

// Tests that need a database: by their role suffix, and all of packages/db.
const onDatabase = ['**/*.{repository,routes,db}.test.ts', 'packages/db/src/**/*.test.ts'];
const setupFiles = ['packages/testing/src/console-errors.ts'];
const exclude = [...configDefaults.exclude, '**/e2e/**', '**/fixtures/**', 'packages/db/src/generated/**'];
const browser = readBrowser();

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: [
            '{apps,packages,prisma}/**/*.test.ts',
            'golden-paths/src/**/*.test.ts',
            'scripts/**/*.test.mjs',
          ],
          exclude: [...exclude, ...onDatabase],
          setupFiles,
          // Generous: what a test takes is no guarantee, and machines are shared.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'database',
          include: onDatabase,
          exclude,
          setupFiles,
          globalSetup: ['packages/testing/src/global-setup.ts'],
          testTimeout: 90_000,
          hookTimeout: 90_000,
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic' } },
        resolve: {
          // As in the portal's own configuration.
          alias: {
            '@rjsf/validator-ajv8': `${import.meta.dirname}/apps/portal/src/features/scaffolder/wizard/schema/ajv-validator.stand-in.ts`,
          },
        },
        // Named here, because a dependency found in the middle of a run reloads the page under the tests.
        optimizeDeps: {
          include: ['react', 'react-dom/client', 'react/jsx-dev-runtime', 'vitest-browser-react'],
        },
        test: {
          name: 'component',
          include: ['{apps/portal,packages/ui}/**/*.test.tsx'],
          exclude,
          setupFiles,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: browser.executablePath, env: browser.env },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
