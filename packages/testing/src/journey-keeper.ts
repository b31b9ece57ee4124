/**
 * A process of its own that holds the server of the browser journeys: the real one, with the built portal
 * and the demo organisation, on a database of its own. It takes everything away again when Playwright ends,
 * however it ends: the channel to Playwright closes even when that is killed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { listSources } from '@waymark/contracts';

/** A portal build, a first start and the first read of every source, on a busy machine. */
const READY_LIMIT_MS = 300_000;
const POLL_MS = 200;

const ROOT = join(import.meta.dirname, '../../..');
const RUN_TEMPLATES = join(ROOT, 'apps/portal/e2e/fixtures/run-templates');
const TEMPLATES = join(ROOT, 'apps/portal/e2e/fixtures/templates');
const [url, home] = process.argv.slice(2);
if (url === undefined || home === undefined) {
  throw new Error(
    'The arguments are the URL that the server shall have, and a folder for all that it keeps.',
  );
}

const released = once(process, 'disconnect');
// Ctrl+C is for Playwright, which then closes the channel.
process.on('SIGINT', () => undefined);

try {
  await mkdir(home, { recursive: true });
  // As root the database is run by another user, who has to pass this folder.
  await chmod(home, 0o711);
  const config = join(home, 'waymark.yaml');
  await writeFile(config, configuration(process.env['WAYMARK_E2E_GIT_HOST']));
  const server = fork(join(ROOT, 'apps/api/src/main.ts'), {
    execArgv: [],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    env: environment(home, config, new URL(url).port),
  });
  let output = '';
  server.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const exited = once(server, 'exit');
  const outcome = await Promise.race([
    untilCatalogIsRead(url),
    exited.then(() => 'ended'),
    released.then(() => 'released'),
  ]);
  if (outcome === 'ready') {
    process.send?.('ready');
    await Promise.race([released, exited]);
  } else if (outcome !== 'released') console.error(`The server for the journeys ${outcome}:\n${output}`);
  if (server.connected) server.disconnect();
  await exited;
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit();

/** Nothing of the machine's own Waymark settings may leak into the journeys. */
function environment(homeFolder: string, config: string, port: string): NodeJS.ProcessEnv {
  const ours = /^(DATABASE_URL|NODE_ENV|HOST|WAYMARK_.*)$/;
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)));
  return {
    ...inherited,
    PORT: port,
    WAYMARK_HOME: homeFolder,
    WAYMARK_CONFIG: config,
    WAYMARK_DEMO: 'true',
    LOG_LEVEL: 'warn',
    NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/node'),
  };
}

/** Templates to create from, and leave to read from the host at which journeys serve repositories. */
function configuration(gitHost: string | undefined): string {
  return JSON.stringify({
    catalog: {
      locations: [TEMPLATES, RUN_TEMPLATES].map((target) => ({
        ...{ type: 'file', target, path: '**/template.yaml' },
        rules: [{ allow: ['Template'] }],
      })),
    },
    ...(gitHost !== undefined && { backend: { reading: { allow: [{ host: gitHost }] } } }),
  });
}

/** Every source was read at least once, so that the pages show the whole demo organisation. */
async function untilCatalogIsRead(origin: string): Promise<'ready' | 'is not ready'> {
  const address = new URL(listSources.path, origin);
  address.searchParams.set('limit', '100');
  const deadline = Date.now() + READY_LIMIT_MS;
  while (Date.now() < deadline) {
    const answer = await fetch(address).catch(() => undefined);
    if (answer?.ok === true) {
      const { items } = listSources.reply.parse(await answer.json());
      if (items.length > 0 && items.every(({ lastReadAt }) => lastReadAt !== undefined)) return 'ready';
    }
    await delay(POLL_MS);
  }
  return 'is not ready';
}
