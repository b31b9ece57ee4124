import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where `ensure-browser.mjs` leaves what it found. */
export const BROWSER_FILE = fileURLToPath(new URL('../node_modules/.cache/browser.json', import.meta.url));

/**
 * The Chromium that `scripts/ensure-browser.mjs` found on this machine. Without one, both members are
 * undefined and Playwright looks for its own.
 *
 * @returns {{ executablePath: string | undefined, env: Record<string, string> | undefined }}
 */
export function readBrowser() {
  try {
    const { executablePath, env } = JSON.parse(readFileSync(BROWSER_FILE, 'utf8'));
    return { executablePath, env: env === undefined ? undefined : { ...process.env, ...env } };
  } catch (error) {
    if (error.code === 'ENOENT') return { executablePath: undefined, env: undefined };
    throw error;
  }
}
