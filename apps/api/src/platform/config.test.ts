import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '@waymark/config';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isLoopback, loadServerConfig } from './config.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'waymark-config-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

function load(yaml: string | undefined, env: Record<string, string> = {}, name = 'waymark.yaml') {
  if (yaml !== undefined) writeFileSync(join(directory, name), yaml);
  return loadServerConfig(env, directory);
}

/** Such as `npx @backstage/create-app` writes, shortened. */
const BACKSTAGE_FILE = `
app:
  title: Scaffolded Backstage App
  baseUrl: http://localhost:3000
  support: { url: https://example.com/support }
organization:
  name: My Company
backend:
  auth: { keys: [{ secret: "\${BACKEND_SECRET}" }] }
  baseUrl: http://localhost:7007
  database: { client: better-sqlite3, connection: ':memory:' }
integrations:
  github:
    - host: github.com
      token: \${GITHUB_TOKEN}
  azure: [{ host: dev.azure.com }]
proxy: { endpoints: {} }
techdocs: { builder: local }
auth:
  environment: development
  providers: { guest: {} }
scaffolder: {}
catalog:
  import: { entityFilename: catalog-info.yaml, pullRequestBranchName: backstage-integration }
  rules:
    - allow: [Component, System, API, Resource, Location]
  locations:
    - type: file
      target: ../../examples/entities.yaml
    - type: file
      target: ../../examples/org.yaml
      rules:
        - allow: [User, Group]
    - type: url
      target: https://example.com/acme/blob/main/all.yaml
  providers: { github: { acme: { organization: acme } } }
kubernetes: {}
permission: { enabled: true }
`;

describe('loadServerConfig', () => {
  test('gives the documented defaults', () => {
    expect(load(undefined)).toEqual({
      file: undefined,
      ignored: [],
      config: {
        server: { port: 7100, host: '127.0.0.1' },
        database: {},
        home: join(directory, '.waymark'),
        demo: true,
        role: 'all',
        log: { level: 'info' },
        app: { title: 'Waymark', baseUrl: 'http://127.0.0.1:7100' },
        organization: {},
        catalog: {
          locations: [],
          kinds: [],
          refreshSeconds: 120,
          limits: { maxFiles: 100_000, maxFileBytes: 10_485_760, maxDocumentBytes: 1_048_576 },
          providers: { github: {}, githubOrg: [], gitlab: {} },
        },
        auth: { guest: true },
        integrations: { github: [], gitlab: [] },
        ingest: { connections: [] },
        scaffolder: {
          ...{ concurrentTasksLimit: 8, concurrentTasksPerPerson: 5, waitingTasksPerPerson: 250 },
          ...{ defaultAuthor: { name: 'Waymark', email: 'waymark@localhost' }, maxWaitSeconds: 30 },
          ...{ defaultCommitMessage: 'Initial commit', defaultEnvironment: { parameters: {}, secrets: {} } },
          httpRequest: { allow: [] },
        },
        repositories: { maxPushBytes: 1_073_741_824, maxRepositoryBytes: 10_737_418_240 },
        backend: { reading: { allow: [] } },
      },
    });
  });

  test('takes the hosts that templates may ask, and refuses what is none', () => {
    const allow = (entry: string) => load(`scaffolder: { httpRequest: { allow: [${entry}] } }`);
    const { config } = allow('{ host: "*.acme.example", paths: [/api], methods: [GET, POST] }');
    expect(config.scaffolder.httpRequest).toEqual({
      allow: [{ host: '*.acme.example', paths: ['/api'], methods: ['GET', 'POST'] }],
    });
    for (const entry of [
      ...[
        '{ host: "https://acme.example" }',
        '{ host: acme.example/api }',
        '{ host: "*" }',
        '{ paths: [/a] }',
      ],
      ...['{ host: acme.example, paths: [api] }', '{ host: acme.example, methods: [get] }'],
      ...['{ host: acme.example, methods: [] }', '{ host: acme.example, path: /api }'],
    ]) {
      expect(() => allow(entry), entry).toThrow(ConfigError);
    }
  });

  test('takes from backend what may be read by URL, and ignores the rest of it', () => {
    const yaml =
      'backend: { baseUrl: x, reading: { other: 1, allow: [{ host: "*.acme.example", paths: [/a/] }] } }';
    const { config, ignored } = load(yaml);
    expect(config.backend).toEqual({ reading: { allow: [{ host: '*.acme.example', paths: ['/a/'] }] } });
    expect(ignored).toEqual(['backend.baseUrl', 'backend.reading.other']);
    expect(() => load('backend: { reading: { allow: [{ host: "https://acme.example" }] } }')).toThrow(
      ConfigError,
    );
  });

  test('has an environment variable for each documented setting', () => {
    const { config } = load(undefined, {
      PORT: '8123',
      HOST: '::1',
      DATABASE_URL: 'postgresql://somebody@db.example/waymark',
      WAYMARK_HOME: 'elsewhere',
      WAYMARK_DEMO: 'false',
      WAYMARK_ROLE: 'worker',
      LOG_LEVEL: 'debug',
    });
    expect(config).toMatchObject({
      server: { port: 8123, host: '::1' },
      database: { url: 'postgresql://somebody@db.example/waymark' },
      home: join(directory, 'elsewhere'),
      demo: false,
      role: 'worker',
      log: { level: 'debug' },
      app: { baseUrl: 'http://[::1]:8123' },
    });
  });

  test('reads waymark.yaml, or the file that WAYMARK_CONFIG names, and loads no demo then', () => {
    expect(load('server: { port: 1 }').config).toMatchObject({ server: { port: 1 }, demo: false });
    mkdirSync(join(directory, 'etc'));
    const named = load('server: { port: 2 }', { WAYMARK_CONFIG: 'etc/mine.yaml' }, 'etc/mine.yaml');
    expect(named.config.server.port).toBe(2);
    expect(named.file).toBe(join(directory, 'etc/mine.yaml'));
    expect(load(undefined, { WAYMARK_DEMO: 'true' }).config.demo).toBe(true);
    expect(() => load(undefined, { WAYMARK_CONFIG: 'no-such.yaml' })).toThrow(
      /no-such\.yaml.*\n.*cannot be read/,
    );
  });

  test('takes a Backstage app-config.yaml as it is', () => {
    const { config, ignored } = load(BACKSTAGE_FILE, { GITHUB_TOKEN: 'gh-secret' });
    expect(config).toMatchObject({
      app: { title: 'Scaffolded Backstage App', baseUrl: 'http://localhost:3000' },
      organization: { name: 'My Company' },
      integrations: { github: [{ host: 'github.com', token: 'gh-secret' }] },
      catalog: { rules: [{ allow: ['Component', 'System', 'API', 'Resource', 'Location'] }] },
    });
    expect(ignored).toEqual([
      'app.support',
      'backend.auth',
      'backend.baseUrl',
      'backend.database',
      'integrations.azure',
      'proxy',
      'techdocs',
      'auth.environment',
      'auth.providers',
      'catalog.import',
      'kubernetes',
      'permission',
    ]);
  });

  test('finds files beside the configuration that names them, and leaves URLs alone', () => {
    mkdirSync(join(directory, 'etc'));
    const yaml = `
      home: data
      catalog:
        locations:
          - { type: file, target: ./catalog/**/catalog-info.yaml }
          - { type: file, target: /srv/all.yaml }
          - { type: git, target: ../mirror.git, branch: main, path: "**/catalog-info.yaml" }
          - { type: git, target: "git@git.example:acme/all.git" }
          - { type: url, target: "https://example.com/all.yaml" }`;
    const { config } = load(yaml, { WAYMARK_CONFIG: 'etc/mine.yaml' }, 'etc/mine.yaml');
    expect(config.home).toBe(join(directory, 'etc/data'));
    expect(config.catalog.locations.map(({ target }) => target)).toEqual([
      join(directory, 'etc/catalog/**/catalog-info.yaml'),
      '/srv/all.yaml',
      join(directory, 'mirror.git'),
      'git@git.example:acme/all.git',
      'https://example.com/all.yaml',
    ]);
  });

  test('accepts custom kinds with and without a schema', () => {
    const { config } = load(
      'catalog: { kinds: [{ apiVersion: acme.example/v1, kind: Product, schema: { type: object } },' +
        ' { apiVersion: acme.example/v1, kind: Squad }] }',
    );
    expect(config.catalog.kinds.map(({ kind }) => kind)).toEqual(['Product', 'Squad']);
  });

  test.each([
    ['servr: {}', 'servr', 'did you mean server?'],
    ['catalog: { location: [] }', 'catalog.location', 'did you mean locations?'],
    [
      'catalog: { locations: [{ type: svn, target: x }] }',
      'catalog.locations[0].type',
      'one of file, git, url',
    ],
    ['catalog: { locations: [{ type: file }] }', 'catalog.locations[0].target', 'expected a path'],
    ['catalog: { refreshSeconds: 0 }', 'catalog.refreshSeconds', 'from 1 to 86400'],
    ['database: { url: "mysql://hunter2@x" }', 'database.url', 'begins with postgresql://'],
    ['app: { baseUrl: "javascript:hunter2" }', 'app.baseUrl', 'expected a URL'],
    [
      'integrations: { github: [{ token: "${NO_TOKEN}" }] }',
      'integrations.github[0].token',
      'NO_TOKEN is not set',
    ],
  ])('refuses %s by its key', (yaml, key, expected) => {
    let error: unknown;
    try {
      load(yaml);
    } catch (caught) {
      error = caught;
    }
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as ConfigError).problems).toEqual([{ key, expected: expect.stringContaining(expected) }]); // checked above
    expect(String(error)).not.toContain('hunter2');
  });
});

describe('guest mode', () => {
  const hosts = ['127.0.0.1', 'localhost', '::1', '0.0.0.0', '192.168.1.5', 'portal.example.com'];
  const environments = ['development', 'production', undefined];
  const publicUrls = [undefined, 'http://localhost:3000', 'https://portal.example.com'];
  const cases = hosts.flatMap((host) =>
    environments.flatMap((environment) => publicUrls.map((publicUrl) => ({ host, environment, publicUrl }))),
  );

  test.each(cases)('is decided for %o', ({ host, environment, publicUrl }) => {
    const isPossible =
      ['127.0.0.1', 'localhost', '::1'].includes(host) &&
      environment !== 'production' &&
      publicUrl !== 'https://portal.example.com';
    const env = { HOST: host, ...(environment === undefined ? {} : { NODE_ENV: environment }) };
    const app = publicUrl === undefined ? '' : `app: { baseUrl: "${publicUrl}" }\n`;
    expect(load(app, env).config.auth.guest).toBe(isPossible);
    expect(load(`${app}auth: { guest: false }`, env).config.auth.guest).toBe(false);
    const forced = () => load(`${app}auth: { guest: true }`, env).config.auth.guest;
    if (isPossible) expect(forced()).toBe(true);
    else expect(forced).toThrow(/auth\.guest: expected false/);
  });
});

describe('isLoopback', () => {
  test.each(['127.0.0.1', '127.9.9.9', 'LOCALHOST', '::1', '[::1]'])('knows %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each(['127.0.0.1.example.com', '127.evil', '0.0.0.0', '::', '10.0.0.1', 'localhost.example.com', ''])(
    'is not deceived by %j',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
