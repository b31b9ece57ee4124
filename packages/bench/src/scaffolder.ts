/**
 * `npm run bench -- scaffolder`: how fast templates are rendered and run. Starts the real server on an empty
 * database, prints a table and writes everything to `results/`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { listTemplates } from '@waymark/contracts';
import { findFreePort } from '../../../scripts/port.mjs';
import { measureLogLine } from './scaffolder/log-line.ts';
import { measureAtOnce, measureInSequence, measureQueue } from './scaffolder/measure-runs.ts';
import { measureRendering } from './scaffolder/rendering.ts';
import { formatScaffolder, type ScaffolderResult } from './scaffolder/report.ts';
import { createRunClient } from './scaffolder/run-client.ts';
import { measureShowing } from './scaffolder/showing.ts';
import { TEMPLATES, writeTemplates } from './scaffolder/bench-templates.ts';
import { makeDatabase } from './support/bench-database.ts';
import { announceFirst, makeHome } from './support/bench-server.ts';
import { describeMachine } from './support/machine.ts';
import { createServerClient } from './support/server-client.ts';
import { startServer } from './support/server-process.ts';
import { listenForStop, StopRequested } from './support/stop-signal.ts';

/** Read by `npm run bench`, which lists the benchmarks. */
export const benchmark = 'rendering, runs and logs of templates';

const RESULTS = join(import.meta.dirname, '../results');
const RUNS = 50;
const PUBLISHED_RUNS = 20;
const QUEUED_RUNS = 200;

const signal = listenForStop();
try {
  await runBench();
} catch (error) {
  const isStopped = error instanceof StopRequested || signal.aborted;
  console.error(isStopped ? '\n  Stopped; nothing is left behind.\n' : error);
  process.exitCode = isStopped ? 130 : 1;
}
// The channel to the starting script would keep the process.
if (process.connected) process.disconnect();

async function runBench(): Promise<void> {
  const machine = describeMachine(new Date());
  const announce = (text: string) => process.stderr.write(`  ${text} …\n`);
  announce('rendering');
  const rendering = measureRendering();
  const result = { machine, rendering, ...(await measureServer(announce)) };
  console.log(`\n${formatScaffolder(result)}`);
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, `scaffolder-${machine.date.replaceAll(/[:.]/g, '-')}.json`);
  await writeFile(file, `${JSON.stringify({ bench: 'scaffolder', ...result }, undefined, 2)}\n`);
  console.log(`\n${file}\n`);
}

async function measureServer(
  announce: (text: string) => void,
): Promise<Omit<ScaffolderResult, 'machine' | 'rendering'>> {
  await using resources = new AsyncDisposableStack();
  const home = await makeHome(resources);
  const source = join(home, 'source');
  await writeTemplates(source);
  announce('starting database and server');
  const serverUrl = process.env['DATABASE_URL'] || undefined;
  const database = await makeDatabase({ home, serverUrl, signal, resources });
  const port = await findFreePort();
  const { url } = await startServer({
    ...{ databaseUrl: database.url, home, profileDirectory: undefined, signal, resources },
    config: configOf(source, `http://127.0.0.1:${port}`),
    port,
    onLogLine: announceFirst(announce),
  });
  const client = createServerClient(url, signal);
  const runs = createRunClient(url, signal);
  await client.pollUntil(listTemplates, {}, ({ templates }) => templates.length === TEMPLATES.length);
  let made = 0;
  const valuesOf = (): Record<string, string> => {
    made += 1;
    const name = `made-${made}`;
    return { name, owner: 'team-a', repoUrl: `${new URL(url).host}?owner=team-a&repo=${name}` };
  };
  announce('runs of 20 files, in sequence');
  const local = await measureInSequence(runs, 'local', RUNS, valuesOf);
  announce('the same with publishing and registration, in sequence');
  const published = await measureInSequence(runs, 'published', PUBLISHED_RUNS, valuesOf);
  announce('the same, all at once');
  const atOnce = await measureAtOnce(runs, 'published', PUBLISHED_RUNS, valuesOf);
  const again = await measureAtOnce(runs, 'published', PUBLISHED_RUNS, valuesOf, ', again');
  announce('the same, until the catalog shows them');
  const showing = await measureShowing(client, runs, valuesOf);
  announce('a queue');
  const queue = await measureQueue(runs, 'local', QUEUED_RUNS, valuesOf);
  announce('a log in a browser');
  const logLine = await measureLogLine({ url, client, runs, resources });
  const { postgresVersion } = database;
  return { postgresVersion, runs: [local, published, atOnce, again], showing, queue, logLine };
}

function configOf(source: string, baseUrl: string): object {
  return {
    app: { baseUrl },
    catalog: {
      rules: [{ allow: ['Component', 'Template'] }],
      refreshSeconds: 86_400,
      locations: [{ type: 'file', target: source, path: '**/template.yaml' }],
    },
  };
}
