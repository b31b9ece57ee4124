import { execFile, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliDecompressSync } from 'node:zlib';
import { chromium } from 'playwright';
import { BROWSER_FILE, readBrowser } from './browser.mjs';

/**
 * Finds a Chromium for the browser tests, or brings one. A candidate counts only after it was launched and
 * has shown a page. Runs under the Node.js of the installation.
 */

/**
 * @typedef {{ source: string, executablePath?: string, env?: Record<string, string> }} Browser
 *   Without a path, Playwright finds its own.
 */

const run = promisify(execFile);
const LAUNCH_LIMIT_MS = 30_000;
const DOWNLOAD_LIMIT_MS = 180_000;
const APT_LIMIT_MS = 300_000;

const SYSTEM_PATHS = {
  linux: [
    ...[
      '/usr/bin/google-chrome',
      '/usr/bin/google-chrome-stable',
      '/usr/bin/chromium',
      '/usr/bin/chromium-browser',
    ],
    '/usr/bin/microsoft-edge',
  ],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA].flatMap(
    (folder) =>
      folder === undefined
        ? []
        : [
            join(folder, 'Google/Chrome/Application/chrome.exe'),
            join(folder, 'Microsoft/Edge/Application/msedge.exe'),
          ],
  ),
};

/**
 * @param {(line: string) => void} log told of each candidate that was refused, and why
 * @returns {Promise<Browser>}
 */
export async function ensureBrowser(log) {
  const refused = [];
  for (const [source, candidates] of orderedSources()) {
    let found;
    try {
      found = await candidates(log);
    } catch (error) {
      refused.push(`${source}: ${firstLine(error)}`);
      continue;
    }
    for (const candidate of found) {
      const browser = { source, ...candidate };
      const reason = await whyNot(browser);
      if (reason === undefined) {
        await remember(browser);
        return browser;
      }
      refused.push(`${source} ${candidate.executablePath ?? ''}: ${reason}`);
    }
  }
  throw new Error(
    `No Chromium could be found or brought:\n  ${refused.join('\n  ')}\n` +
      'Install Chrome or Chromium, or set CHROME_PATH to its program.',
  );
}

/** On a build machine a fresh browser comes before whatever the machine has. */
function orderedSources() {
  const given = [
    'CHROME_PATH',
    async () => (process.env.CHROME_PATH ? [{ executablePath: process.env.CHROME_PATH }] : []),
  ];
  const cached = ['found before', async () => cachedBrowser()];
  const own = ["Playwright's", async () => (existsSync(chromium.executablePath()) ? [{}] : [])];
  const system = [
    'system',
    async () =>
      (SYSTEM_PATHS[process.platform] ?? []).filter(existsSync).map((executablePath) => ({ executablePath })),
  ];
  const npm = ['@sparticuz/chromium', unpackFromNpm];
  const download = ['playwright install', downloadWithPlaywright];
  const apt = ['apt-get install chromium', installWithApt];
  return process.env.CI
    ? [given, cached, own, download, system, npm, apt]
    : [given, cached, own, system, npm, download, apt];
}

function cachedBrowser() {
  if (!existsSync(BROWSER_FILE)) return [];
  const { executablePath, env } = JSON.parse(readFileSync(BROWSER_FILE, 'utf8'));
  return [{ executablePath, env }];
}

/** @param {Browser} candidate */
async function whyNot({ executablePath, env }) {
  let browser;
  try {
    browser = await chromium.launch({
      executablePath,
      env: env === undefined ? undefined : { ...process.env, ...env },
      timeout: LAUNCH_LIMIT_MS,
    });
    const page = await browser.newPage();
    await page.goto('data:text/html,<title>it works</title><p style="font-family:sans-serif">text</p>');
    const width = await page
      .locator('p')
      .evaluate((paragraph) => paragraph.firstChild.parentElement.scrollWidth);
    return (await page.title()) === 'it works' && width > 0 ? undefined : 'shows no page';
  } catch (error) {
    return firstLine(error);
  } finally {
    await browser?.close();
  }
}

async function remember({ source, executablePath, env }) {
  await mkdir(dirname(BROWSER_FILE), { recursive: true });
  const unfinished = `${BROWSER_FILE}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify({ source, executablePath, env }, undefined, 2)}\n`);
  await rename(unfinished, BROWSER_FILE);
}

/** A Chromium that comes as an npm package, with the libraries and the font that a bare Linux lacks. */
async function unpackFromNpm(log) {
  if (process.platform !== 'linux') return [];
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const root = entry.slice(0, entry.lastIndexOf('/build/'));
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const archives = [join(root, 'bin', process.arch), join(root, 'bin')].find((folder) =>
    existsSync(join(folder, 'chromium.br')),
  );
  if (archives === undefined) throw new Error(`the package has no Chromium for ${process.arch}`);
  const place = join(dirname(BROWSER_FILE), `chromium-${version}`);
  if (!existsSync(place)) {
    log('unpacking the Chromium of @sparticuz/chromium');
    await unpack(archives, place);
  }
  const executablePath = join(place, 'chromium');
  const fonts = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: join(place, 'fonts') };
  // With its own libraries only where the machine lacks them.
  return [
    { executablePath, ...(existsSync('/etc/fonts') ? {} : { env: fonts }) },
    { executablePath, env: { LD_LIBRARY_PATH: join(place, 'lib'), ...fonts } },
  ];
}

async function unpack(archives, place) {
  const unfinished = `${place}.new-${process.pid}`;
  try {
    await mkdir(unfinished, { recursive: true });
    const program = join(unfinished, 'chromium');
    await writeFile(program, brotliDecompressSync(readFileSync(join(archives, 'chromium.br'))));
    await chmod(program, 0o755);
    for (const name of ['al2023.tar.br', 'swiftshader.tar.br', 'fonts.tar.br']) {
      const folder = name.startsWith('fonts') ? join(unfinished, 'fonts') : unfinished;
      await mkdir(folder, { recursive: true });
      await untar(brotliDecompressSync(readFileSync(join(archives, name))), folder);
    }
    await rename(unfinished, place);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function untar(archive, folder) {
  const tar = spawn('tar', ['-x', '--no-same-owner', '-C', folder], { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = new Promise((resolve, reject) => {
    tar.once('error', reject);
    tar.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`tar ended with ${code}`))));
  });
  await Promise.all([ended, pipeline(Readable.from([archive]), tar.stdin)]);
}

async function downloadWithPlaywright(log) {
  log('downloading a Chromium with playwright install');
  const cli = createRequire(import.meta.url)
    .resolve('playwright/package.json')
    .replace('package.json', 'cli.js');
  const withLibraries = process.getuid?.() === 0 ? ['--with-deps'] : [];
  await run(process.execPath, [cli, 'install', '--only-shell', ...withLibraries, 'chromium'], {
    timeout: DOWNLOAD_LIMIT_MS,
  });
  return [{}];
}

/** On Ubuntu the package is a stub that needs snap: there this fails at the launch. */
async function installWithApt(log) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error('needs root on Debian');
  log('installing chromium with apt-get');
  const options = { timeout: APT_LIMIT_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  await run('apt-get', ['update'], options);
  await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], options);
  return [{ executablePath: '/usr/bin/chromium' }];
}

function firstLine(error) {
  return String(error?.message ?? error).split('\n')[0];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { source } = await ensureBrowser((line) => console.log(line));
  console.log(`${source}: ${readBrowser().executablePath ?? chromium.executablePath()}`);
}
