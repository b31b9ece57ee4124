import { mkdtemp, rm } from 'node:fs/promises';
import { lookup } from 'node:dns/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { registerSource } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startCatalogHarness, type CatalogHarness } from '../../testing/catalog-harness.ts';
import { startGitHttpServer, type GitHttpServer } from '../../testing/git-http-server.ts';
import { createGitRepository } from '../../testing/git-repository.ts';
import { startListeningHost, type ListeningHost } from '../../testing/listening-host.ts';
import { componentYaml } from '../../testing/source-folder.ts';

/** A Git repository that a person registered: git itself is held to the server that was checked. */

vi.mock('node:dns/promises', async (original) => ({ ...(await original<object>()), lookup: vi.fn() }));
// Each reading starts several processes of git, which take their time on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

const database = useTestDatabase();
let home: string;
let git: GitHttpServer;
let inside: ListeningHost;
let harness: CatalogHarness;
let port: string;
let redirect: string | undefined;

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'waymark-home-'));
  inside = await startListeningHost();
  git = await startGitHttpServer({
    root: path.join(home, 'repositories'),
    intercept(_request, response) {
      if (redirect !== undefined) response.writeHead(302, { location: redirect }).end();
      return redirect !== undefined;
    },
  });
  ({ port } = new URL(git.urlOf('')));
  harness = await startCatalogHarness({
    ...{ databaseUrl: database().url, home },
    config: { backend: { reading: { allow: [{ host: `git.example:${port}` }] } } },
  });
  createGitRepository(path.join(home, 'repositories/org.git')).commit({
    'catalog-info.yaml': componentYaml('from-git'),
  });
});
afterAll(async () => {
  await harness[Symbol.asyncDispose]();
  await git.close();
  await inside[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

it('connects to the address that was checked, which no other resolver knows, and follows nobody elsewhere', async () => {
  const answers: unknown = [{ address: '127.0.0.1', family: 4 }];
  // The form that the guard asks for: all addresses.
  vi.mocked(lookup as () => Promise<unknown>).mockResolvedValue(answers);
  const target = `http://git.example:${port}/org.git`;
  const { id } = await harness.api.call(registerSource, { body: { target, type: 'git' } });
  expect(await harness.read(id)).toMatchObject({ state: 'ready', counts: { entities: 1 } });
  expect(vi.mocked(lookup)).toHaveBeenCalledWith('git.example', expect.anything());

  redirect = `http://${inside.host}/org.git/info/refs?service=git-upload-pack`;
  expect(await harness.read(id)).toMatchObject({ state: 'failed', counts: { entities: 1 } });
  expect(inside.requests).toEqual([]);
  expect(await harness.entity('component', 'from-git')).toBeDefined();
});
