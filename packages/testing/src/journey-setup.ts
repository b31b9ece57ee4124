import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** Global setup of the browser journeys. Playwright calls what it returns at the end. */
async function startServerForJourneys(): Promise<() => Promise<void>> {
  const url = process.env['WAYMARK_E2E_URL'];
  const home = process.env['WAYMARK_E2E_HOME'];
  if (url === undefined || home === undefined) {
    throw new Error('The Playwright configuration chooses WAYMARK_E2E_URL and WAYMARK_E2E_HOME.');
  }
  const keeper = fork(join(import.meta.dirname, 'journey-keeper.ts'), [url, home], {
    // Not in our process group: Ctrl+C must leave it alive to clean up.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = once(keeper, 'exit');
  await Promise.race([
    once(keeper, 'message'),
    exited.then(() =>
      Promise.reject(new Error('The server for the journeys did not start; the reason is above.')),
    ),
  ]);
  return async () => {
    if (keeper.connected) keeper.disconnect();
    await exited;
  };
}

// eslint-disable-next-line no-restricted-exports -- Playwright takes a global setup as a default export only
export default startServerForJourneys;
