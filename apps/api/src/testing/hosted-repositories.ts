import { createApiClient } from '@waymark/api-client';
import { createRepository, type Repository } from '@waymark/contracts';
import { useTestDatabase } from '@waymark/testing';
import { afterAll, beforeAll } from 'vitest';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../platform/config.ts';
import { initCheckout, type Checkout } from './git-client.ts';
import { startTestServer, type TestServer } from './test-server.ts';

/** A server on a real port that keeps repositories, and a folder for checkouts of them. */
export interface HostedRepositories {
  readonly server: TestServer;
  /** Folder for whatever a test needs. */
  readonly folder: string;
  readonly home: string;
  /** Makes an empty repository with a name of its own, or the given one. */
  create(name?: string): Promise<Repository & { url: string; directory: string }>;
  /** An empty repository and a checkout of it. */
  createWithCheckout(): Promise<{
    repository: Repository & { url: string; directory: string };
    checkout: Checkout;
  }>;
  /** A path in the folder that nothing has yet. */
  newPath(): string;
}

/** Starts the server for the tests of a file. */
export function useHostedRepositories(
  config: () => Partial<Config> = () => ({}),
  extend: (app: FastifyInstance) => void = () => {},
): HostedRepositories {
  const database = useTestDatabase();
  let server: TestServer;
  let folder = '';
  let home = '';
  let count = 0;
  beforeAll(async () => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'waymark-hosting-')));
    home = path.join(folder, 'home');
    server = await startTestServer({ databaseUrl: database().url, config: { home, ...config() }, extend });
  });
  afterAll(async () => {
    await server[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const create = async (name = `repository-${(count += 1)}`) => {
    const api = createApiClient({ baseUrl: server.url, fetch });
    const repository = await api.call(createRepository, { body: { owner: 'Acme', name } });
    const url = `${server.url}/git/Acme/${name}.git`;
    const directory = path.join(home, 'repositories/hosted/acme', `${name.toLowerCase()}.git`);
    return { ...repository, url, directory };
  };
  const newPath = () => path.join(folder, `path-${(count += 1)}`);
  return {
    get server() {
      return server;
    },
    get folder() {
      return folder;
    },
    get home() {
      return home;
    },
    create,
    newPath,
    async createWithCheckout() {
      const repository = await create();
      return { repository, checkout: await initCheckout(newPath(), repository.url) };
    },
  };
}
