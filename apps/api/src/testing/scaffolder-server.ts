import { ScaffolderClient } from '@backstage/plugin-scaffolder-common';
import { createApiClient, type ApiClient } from '@waymark/api-client';
import { getEntityByName } from '@waymark/contracts';
import { openDatabase, type Database } from '@waymark/db';
import { useTestDatabase } from '@waymark/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, vi } from 'vitest';
import { buildApp } from '../app.ts';
import type { Config } from '../platform/config.ts';
import { startWorker } from '../worker.ts';
import { findFreePort } from './server-process.ts';
import { makeSourceFolder, type SourceFolder } from './source-folder.ts';
import { testConfig } from './test-config.ts';

/** A whole server on a port of its own, with its workers, whose catalog reads one folder. */
export interface ScaffolderServer {
  readonly url: string;
  readonly api: ApiClient;
  /** Backstage's own. */
  readonly client: ScaffolderClient;
  readonly database: Database;
  readonly config: Config;
  readonly folder: SourceFolder;
  /** Everything that the server and its workers logged so far. */
  logText(): string;
  /** Writes files, and waits until the catalog has the template. */
  addTemplate(name: string, files: Readonly<Record<string, string>>): Promise<string>;
}

export interface ScaffolderServerOptions {
  config?: Partial<Config>;
  /** Folders of templates beside the one that tests write. */
  templateFolders?: readonly string[];
  /** Which files of those are read. */
  templatePattern?: string;
}

/** How long a test waits for what happens in the background. */
const PATIENCE_MS = 60_000;

/** What Backstage's reader of event streams asks of a browser: whether its page is looked at. */
const visiblePage = { hidden: false, addEventListener: () => {}, removeEventListener: () => {} };

/** Starts a server for the tests of a file. */
export function useScaffolderServer(options: ScaffolderServerOptions = {}): ScaffolderServer {
  const testDatabase = useTestDatabase();
  const resources = new AsyncDisposableStack();
  const server: { current?: ScaffolderServer } = {};
  beforeAll(async () => {
    vi.stubGlobal('document', visiblePage);
    vi.stubGlobal('window', globalThis);
    const folder = resources.use(await makeSourceFolder());
    await folder.write('catalog-info.yaml', '');
    const home = resources.use(await makeSourceFolder());
    const port = await findFreePort();
    const url = `http://127.0.0.1:${port}`;
    const settings = testConfig({ home: home.directory, ...options.config });
    const config: Config = {
      ...settings,
      server: { host: '127.0.0.1', port },
      app: { ...settings.app, baseUrl: url },
      catalog: {
        ...settings.catalog,
        refreshSeconds: 1,
        rules: [
          { allow: ['Component', 'API', 'Location', 'Template', 'User', 'Group', 'System', 'Resource'] },
        ],
        locations: [folder.directory, ...(options.templateFolders ?? [])].map((target) => ({
          ...{
            type: 'file' as const,
            target,
            path: options.templatePattern ?? '**/{template,catalog-info}.yaml',
          },
        })),
      },
    };
    let logText = '';
    const shownLevel = process.env['TEST_LOG'];
    const log = pino(
      { level: shownLevel ?? 'debug' },
      {
        write(line: string) {
          logText += line;
          if (shownLevel !== undefined) process.stdout.write(line);
        },
      },
    );
    const database = openDatabase({
      url: testDatabase().url,
      applicationName: 'waymark-test',
      maxConnections: 10,
      onIdleError: () => {}, // the test's database may be dropped under an idle connection
    });
    resources.defer(() => database.close());
    const worker = await startWorker({ config, database, log, demoLocations: [] });
    resources.defer(() => worker.stop());
    const app = await buildApp({ config, database, log });
    resources.defer(() => app.close());
    await app.listen({ host: '127.0.0.1', port });
    const api = createApiClient({ baseUrl: url, fetch });
    server.current = {
      ...{ url, api, database, config, folder, logText: () => logText },
      client: new ScaffolderClient({
        discoveryApi: { getBaseUrl: async () => `${url}/api/scaffolder` },
        fetchApi: { fetch },
        identityApi: {
          getBackstageIdentity: async () => ({
            type: 'user',
            userEntityRef: 'user:default/guest',
            ownershipEntityRefs: ['user:default/guest'],
          }),
        },
        // Only getIntegrationsList asks it, which asks nothing of the server.
        scmIntegrationsApi: {} as ConstructorParameters<typeof ScaffolderClient>[0]['scmIntegrationsApi'],
      }),
      async addTemplate(name, files) {
        for (const [file, text] of Object.entries(files)) await folder.write(`${name}/${file}`, text);
        await eventually(async () => {
          await api.call(getEntityByName, {
            params: { kind: 'template', namespace: 'default', name },
            query: {},
          });
        });
        return `template:default/${name}`;
      },
    };
  }, PATIENCE_MS);
  afterAll(() => resources.disposeAsync(), PATIENCE_MS);
  // Tests read it when it has started.
  return new Proxy({} as ScaffolderServer, {
    get: (_, name) => Reflect.get(server.current ?? {}, name),
  });
}

/** Tries again until it does not throw, for as long as tests are patient. */
export function eventually<Result>(attempt: () => Promise<Result>): Promise<Result> {
  return vi.waitFor(attempt, { timeout: PATIENCE_MS, interval: 50 });
}
