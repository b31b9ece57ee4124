import { existsSync } from 'node:fs';
import { isIPv4 } from 'node:net';
import { dirname, isAbsolute, resolve } from 'node:path';
import { ConfigError, flag, loadConfig, oneOf, text, wholeNumber } from '@waymark/config';
import { z } from 'zod';
import { BACKSTAGE_KEYS } from './backstage-keys.ts';
import { hostName, hostPaths } from './host-config.ts';
import { ingestSchema, providersSchema } from './provider-config.ts';
import { scaffolderSchema } from './scaffolder-config.ts';

const MEBIBYTE = 1024 * 1024;
const GIBIBYTE = 1024 * MEBIBYTE;
const DEFAULT_FILE = 'waymark.yaml';

/** As in Backstage: `allow: [Component, API]`, or with a type: `{ kind: Component, spec.type: service }`. */
const rule = z.looseObject({
  allow: z.array(
    z.union([text(), z.looseObject({ kind: text(), 'spec.type': text().optional() })], {
      error: 'expected a kind, or { kind: … }',
    }),
  ),
  /** Which locations it speaks of; without them, all. */
  locations: z
    .array(z.looseObject({ type: text(), exact: text().optional(), pattern: text().optional() }))
    .optional(),
});

const location = z.strictObject({
  type: oneOf(['file', 'git', 'url']),
  target: text('expected a path, a glob or a URL'),
  branch: text().optional(),
  path: text('expected a path or glob inside the repository').optional(),
  rules: z.array(rule).optional(),
  /** Backstage's, accepted without effect: a location that cannot be read is never a reason to stop. */
  presence: oneOf(['required', 'optional']).optional(),
});

const customKind = z.strictObject({
  apiVersion: text('expected a group and version, for example acme.example/v1'),
  kind: text('expected the name of a kind, for example Product'),
  schema: z.record(z.string(), z.unknown(), { error: 'expected a JSON Schema' }).optional(),
});

/** The members that Backstage documents; what Waymark has no use for passes through unread. */
const integration = z.looseObject({
  host: hostName.optional(),
  apiBaseUrl: z.url({ protocol: /^https?$/, error: 'expected the URL of an API' }).optional(),
  token: text('expected a token').optional(),
});

/** A host that files may be read from by URL, as in Backstage. */
const readableHost = z.looseObject({ host: hostName, paths: hostPaths });

const maximum = wholeNumber({ from: 1, to: Number.MAX_SAFE_INTEGER });

const limits = z.strictObject({
  /** Of one source. */
  maxFiles: maximum.default(100_000),
  maxFileBytes: maximum.default(10 * MEBIBYTE),
  maxDocumentBytes: maximum.default(MEBIBYTE),
});

const catalog = z.strictObject({
  locations: z.array(location).default([]),
  rules: z.array(rule).optional(),
  kinds: z.array(customKind).default([]),
  refreshSeconds: wholeNumber({ from: 1, to: 86_400 }).default(120),
  limits: limits.prefault({}),
  providers: providersSchema.prefault({}),
});

/** Git repositories that this server keeps. */
const repositories = z.strictObject({
  /** Of the pack of one push. */
  maxPushBytes: maximum.default(GIBIBYTE),
  /** Of everything that one repository stores. */
  maxRepositoryBytes: maximum.default(10 * GIBIBYTE),
});

/** Every key of a configuration file. `env` names the variable that wins over the key. */
const configSchema = z.strictObject({
  server: z
    .strictObject({
      port: wholeNumber({ from: 0, to: 65_535 }).default(7100).meta({ env: 'PORT' }),
      host: text('expected an address or host name').default('127.0.0.1').meta({ env: 'HOST' }),
    })
    .prefault({}),
  database: z
    .strictObject({
      url: text()
        .regex(/^postgres(ql)?:\/\//, { error: 'expected a URL that begins with postgresql://' })
        .optional()
        .meta({ env: 'DATABASE_URL' }),
    })
    .prefault({}),
  home: text('expected a folder').optional().meta({ env: 'WAYMARK_HOME' }),
  demo: flag().optional().meta({ env: 'WAYMARK_DEMO' }),
  role: oneOf(['all', 'api', 'worker']).default('all').meta({ env: 'WAYMARK_ROLE' }),
  log: z
    .strictObject({
      level: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])
        .default('info')
        .meta({ env: 'LOG_LEVEL' }),
    })
    .prefault({}),
  app: z
    .strictObject({
      title: text().default('Waymark'),
      baseUrl: z
        .url({ protocol: /^https?$/, error: 'expected a URL, for example https://portal.example.com' })
        .optional(),
    })
    .prefault({}),
  organization: z.strictObject({ name: text().optional() }).prefault({}),
  catalog: catalog.prefault({}),
  auth: z.strictObject({ guest: flag().optional() }).prefault({}),
  integrations: z
    .strictObject({
      github: z.array(integration).default([]),
      gitlab: z.array(integration).default([]),
    })
    .prefault({}),
  ingest: ingestSchema.prefault({}),
  scaffolder: scaffolderSchema.prefault({}),
  repositories: repositories.prefault({}),
  /** Of Backstage's `backend` only what says where files may be read from. */
  backend: z
    .strictObject({
      reading: z.strictObject({ allow: z.array(readableHost).default([]) }).prefault({}),
    })
    .prefault({}),
});

type WrittenConfig = z.output<typeof configSchema>;

/** The configuration of one process, complete and checked. */
export interface Config extends Omit<WrittenConfig, 'home' | 'demo' | 'app' | 'auth'> {
  /** Absolute: database, repositories, workspaces, logs. */
  home: string;
  /** Whether the demo organisation is loaded. */
  demo: boolean;
  app: { title: string; baseUrl: string };
  /** Whether a request without credentials is `user:default/guest`, who may do everything. */
  auth: { guest: boolean };
}

export interface ServerConfig {
  config: Config;
  /** The file it was read from. */
  file: string | undefined;
  /** Keys of a Backstage configuration that have no effect here. */
  ignored: string[];
}

/**
 * Reads the file that WAYMARK_CONFIG names (`waymark.yaml` if that exists) and the environment.
 *
 * @param directory relative paths of the environment begin here; those of the file begin beside it
 * @throws ConfigError that names every bad key
 */
export function loadServerConfig(
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): ServerConfig {
  const named = env['WAYMARK_CONFIG'] || undefined;
  const usual = resolve(directory, DEFAULT_FILE);
  const file = named !== undefined ? resolve(directory, named) : existsSync(usual) ? usual : undefined;
  const { config, ignored } = loadConfig(configSchema, { file, env, ignoredKeys: BACKSTAGE_KEYS });
  return { config: complete(config, { env, file, directory }), file, ignored };
}

function complete(
  config: WrittenConfig,
  {
    env,
    file,
    directory,
  }: { env: Readonly<Record<string, string | undefined>>; file: string | undefined; directory: string },
): Config {
  const base = file === undefined ? directory : dirname(file);
  const homeBase = env['WAYMARK_HOME'] || config.home === undefined ? directory : base;
  const locations = config.catalog.locations.map((entry) =>
    isRelativePath(entry) ? { ...entry, target: resolve(base, entry.target) } : entry,
  );
  return {
    ...config,
    home: resolve(homeBase, config.home ?? '.waymark'),
    demo: config.demo ?? file === undefined,
    app: { ...config.app, baseUrl: config.app.baseUrl ?? urlOf(config.server) },
    catalog: { ...config.catalog, locations },
    auth: { guest: decideGuest(config, env, file) },
  };
}

/** A relative Git target is written `./…` or `../…`: anything else may be `host:path`. */
function isRelativePath({ type, target }: { type: string; target: string }): boolean {
  return (type === 'file' && !isAbsolute(target)) || (type === 'git' && /^\.\.?\//.test(target));
}

/**
 * Guest mode makes everybody who can connect an administrator. So nobody from elsewhere may be able to: not
 * directly, and not through a proxy behind which the portal has a public address.
 */
function decideGuest(
  config: WrittenConfig,
  env: Readonly<Record<string, string | undefined>>,
  file: string | undefined,
): boolean {
  const publicHost = config.app.baseUrl === undefined ? undefined : new URL(config.app.baseUrl).hostname;
  const isPossible =
    env['NODE_ENV'] !== 'production' &&
    isLoopback(config.server.host) &&
    (publicHost === undefined || isLoopback(publicHost));
  if (config.auth.guest === true && !isPossible) {
    const expected =
      'expected false: guest mode is possible only with a loopback address in server.host and app.baseUrl, ' +
      'and NODE_ENV other than production';
    throw new ConfigError([{ key: 'auth.guest', expected }], file);
  }
  return config.auth.guest ?? isPossible;
}

const MAX_DOCUMENT_DEPTH = 100;
const MAX_ALIAS_COUNT = 20;

/** Bounds on what is parsed at all, the configured ones and those that no descriptor needs to exceed. */
export function descriptorLimits({ catalog: { limits: configured } }: Pick<Config, 'catalog'>) {
  return { ...configured, maxDepth: MAX_DOCUMENT_DEPTH, maxAliasCount: MAX_ALIAS_COUNT };
}

/** Whether only this machine can reach the host. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  return name === 'localhost' || name === '::1' || (isIPv4(name) && name.startsWith('127.'));
}

/** Where a browser on this machine finds the server. */
export function urlOf({ host, port }: { host: string; port: number }): string {
  const reachable =
    host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${reachable}:${port}`;
}
