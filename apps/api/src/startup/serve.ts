import type { Database } from '@waymark/db';
import type { DemoFolder, DemoLocation } from '@waymark/demo-organisation';
import type { Logger } from 'pino';
import { runStage } from '../../../../scripts/stages.mjs';
import { buildApp } from '../app.ts';
import { urlOf, type Config } from '../platform/config.ts';
import { startWorker } from '../worker.ts';
import { portalDirectory } from './portal-build.ts';
import { codeOf, StartError } from './start-error.ts';

export interface ServeStage {
  config: Config;
  database: Database;
  log: Logger;
  root: string;
  demoLocations: readonly (DemoLocation | DemoFolder)[];
  /** Receives what has to be closed, in the order of opening. */
  resources: AsyncDisposableStack;
}

/** Starts what the role asks for: the HTTP server, the background worker, or both. Gives the URL, if any. */
export async function serveRole({ config, database, log, root, demoLocations, resources }: ServeStage) {
  let url: string | undefined;
  await runStage('Server', async () => {
    if (config.role !== 'api') {
      const worker = await startWorker({ config, database, log, demoLocations });
      resources.defer(() => worker.stop());
    }
    if (config.role === 'worker') return 'worker started';
    const app = await buildApp({ config, database, log, portalDirectory: portalDirectory(root) });
    resources.defer(() => app.close());
    try {
      await app.listen(config.server);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE') throw error;
      const { host, port } = config.server;
      throw new StartError(
        `Port ${port} on ${host} was taken while Waymark started.`,
        `Choose another one: PORT=${port + 1} npm start.`,
        { cause: error },
      );
    }
    const address = app.server.address();
    const port = typeof address === 'object' && address !== null ? address.port : config.server.port;
    url = urlOf({ ...config.server, port });
    return config.role === 'api' ? 'listening' : 'listening, worker started';
  });
  return url;
}
