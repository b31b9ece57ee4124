import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { CatalogClient } from '@backstage/catalog-client';
import { demoFolderLocations, seedDemoFolders } from '@waymark/demo-organisation';
import { startCatalogHarness, type CatalogHarness } from '../../../testing/catalog-harness.ts';
import { locationYaml } from '../../../testing/location-yaml.ts';
import { componentYaml, makeSourceFolder } from '../../../testing/source-folder.ts';
import type { SourceDeclaration } from '../../sources/index.ts';

/** Backstage's own client, over real HTTP, and the catalog that it talks to. */
export interface ClientCatalog extends AsyncDisposable {
  readonly client: CatalogClient;
  readonly harness: CatalogHarness;
  /** The source of `own-service` and `own-deep`, with the locations that lead there. */
  readonly ownSource: string;
}

/** A kind that the configuration adds. */
const runbook = {
  apiVersion: 'example.com/v1',
  kind: 'Runbook',
  schema: {
    type: 'object',
    properties: { spec: { type: 'object', required: ['steps'] } },
    required: ['spec'],
  },
};

/** Hundreds of files are written, parsed and stored first, perhaps on a machine that is busy. */
export const startTimeoutMs = 300_000;

/** Starts a server on a free port and reads a few files of a test's own into it, the demo organisation's if wanted. */
export async function startClientCatalog(
  databaseUrl: string,
  { hasDemo = false } = {},
): Promise<ClientCatalog> {
  const folder = await makeSourceFolder();
  const harness = await startCatalogHarness({ databaseUrl, home: folder.directory, kinds: [runbook] });
  await folder.write('own/catalog-info.yaml', locationYaml('own-root', ['./services/*.yaml']));
  await folder.write(
    'own/services/all.yaml',
    [locationYaml('own-inner', ['../deep/one.yaml']), componentYaml('own-service')].join('---\n'),
  );
  await folder.write('own/deep/one.yaml', componentYaml('own-deep', ['dependsOn: [component:own-service]']));
  const ids = await harness.declare([
    ...(hasDemo ? [await writeDemo(folder.directory)] : []),
    { type: 'file', target: path.join(folder.directory, 'own'), path: 'catalog-info.yaml', origin: 'config' },
  ]);
  for (const id of ids) await harness.read(id);
  await harness.app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = harness.app.server.address() as AddressInfo; // a TCP port was asked for
  const client = new CatalogClient({
    discoveryApi: { getBaseUrl: async (plugin) => `http://127.0.0.1:${port}/api/${plugin}` },
    fetchApi: { fetch },
  });
  return {
    client,
    harness,
    ownSource: ids.at(-1) ?? '',
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The demo organisation as one source instead of one for each of its folders: the same entities, and one read. */
async function writeDemo(home: string): Promise<SourceDeclaration> {
  await seedDemoFolders({ home });
  const [anyFolder] = demoFolderLocations({ home });
  return {
    type: 'file',
    target: path.dirname(anyFolder?.target ?? ''),
    path: '**/catalog-info.yaml',
    origin: 'demo',
  };
}
