import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { hashInputs } from './input-hash.ts';
import { runTool, type ToolOptions } from './run-tool.ts';

const PORTAL = 'apps/portal';
const STAMP = '.inputs';
const INPUTS = [PORTAL, 'packages/ui', 'packages/contracts', 'packages/api-client', 'package-lock.json'];
/** Neither tests nor what tools leave behind changes what is built. */
const NO_INPUT =
  /(^|\/)(node_modules|dist|dist\.[^/]*|e2e|test-results|playwright-report|\.vite)\/|\.test\.tsx?$/;

const COMPRESSIBLE = /\.(js|css|svg|json|map|txt|webmanifest)$/;
/** Smaller files gain nothing: they fit one packet anyway. */
const MIN_COMPRESSED_BYTES = 1_024;
/** The last two steps save a twelfth and take several times as long: too long for the few huge chunks of viewers. */
const brotliQuality = (bytes: number) => (bytes < 1_048_576 ? 11 : 9);

/** Folder of the built portal. */
export function portalDirectory(root: string): string {
  return join(root, PORTAL, 'dist');
}

/** Whether the built portal is that of the present sources; `digest` is the stamp that says so. */
export async function inspectPortal(root: string): Promise<{ isFresh: boolean; digest: string }> {
  const digest = await hashInputs(root, { paths: INPUTS, isInput: (path) => !NO_INPUT.test(path) });
  const stamp = await readFile(join(portalDirectory(root), STAMP), 'utf8').catch(() => '');
  return { isFresh: stamp === digest, digest };
}

/** Builds the portal beside its place and puts it there by a rename: a build cut short leaves the old one. */
export async function buildPortal(options: ToolOptions, digest: string): Promise<void> {
  const place = portalDirectory(options.root);
  await removeUnfinished(join(options.root, PORTAL));
  const unfinished = `${place}.new-${process.pid}`;
  const previous = `${place}.old-${process.pid}`;
  try {
    const args = ['build', PORTAL, '--outDir', unfinished, '--emptyOutDir', '--logLevel', 'warn'];
    await runTool('vite/bin/vite.js', args, { ...options, env: { NODE_ENV: 'production' } });
    await compressFiles(unfinished, options.signal);
    await writeFile(join(unfinished, STAMP), digest);
    await rename(place, previous).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    await rename(unfinished, place);
  } finally {
    await Promise.all([unfinished, previous].map((path) => rm(path, { recursive: true, force: true })));
  }
}

/** Only one process builds at a time, so whatever is there was left by one that was killed. */
async function removeUnfinished(directory: string): Promise<void> {
  const names = await readdir(directory);
  const left = names.filter((name) => /^dist\.(new|old)-\d+$/.test(name));
  await Promise.all(left.map((name) => rm(join(directory, name), { recursive: true, force: true })));
}

/** Each file is compressed once here instead of once a request. */
async function compressFiles(directory: string, signal: AbortSignal): Promise<void> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && COMPRESSIBLE.test(entry.name));
  for (const entry of files) {
    signal.throwIfAborted();
    const path = join(entry.parentPath, entry.name);
    if ((await stat(path)).size < MIN_COMPRESSED_BYTES) continue;
    const content = await readFile(path);
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: brotliQuality(content.length),
      [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
    };
    const [brotli, gzipped] = await Promise.all([
      promisify(brotliCompress)(content, { params }),
      promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
    ]);
    await Promise.all([writeFile(`${path}.br`, brotli), writeFile(`${path}.gz`, gzipped)]);
  }
}
