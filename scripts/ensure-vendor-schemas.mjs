import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * Brings GitHub's description of its API for the tests that hold our stand-ins against it. It is no dependency:
 * unpacked it takes 400 MB, which nobody who only runs Waymark should have to load.
 */

const PACKAGE = '@octokit/openapi';
const VERSION = '23.0.2';
const CACHE = fileURLToPath(new URL('../node_modules/.cache/vendor-schemas', import.meta.url));
const INSTALL_LIMIT_MS = 300_000;

const run = promisify(execFile);

/**
 * @param {(line: string) => void} log told when something is loaded
 * @returns {Promise<string>} what there is now, for people
 */
export async function ensureVendorSchemas(log) {
  const folder = join(CACHE, VERSION);
  if (existsSync(folder)) return `${PACKAGE} ${VERSION}`;
  log(`loading ${PACKAGE}, once`);
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await npm(
      ['install', '--prefix', unfinished, '--ignore-scripts', '--no-audit', '--no-fund'].concat(
        `${PACKAGE}@${VERSION}`,
      ),
    );
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return `${PACKAGE} ${VERSION}`;
}

/** The npm that runs us, or the one beside the running Node.js. */
function npm(args) {
  const cli = process.env.npm_execpath;
  const options = { timeout: INSTALL_LIMIT_MS, cwd: dirname(CACHE) };
  return cli === undefined
    ? run('npm', args, { ...options, shell: process.platform === 'win32' })
    : run(process.execPath, [cli, ...args], options);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(await ensureVendorSchemas((line) => console.log(line)));
}
