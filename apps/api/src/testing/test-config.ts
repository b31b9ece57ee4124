import { loadServerConfig, type Config } from '../platform/config.ts';

/** The configuration of a server with nothing configured, on a loopback address, without the demo. */
export function testConfig(overrides: Partial<Config> = {}): Config {
  const { config } = loadServerConfig(
    { WAYMARK_DEMO: 'false', WAYMARK_HOME: '/nonexistent' },
    '/nonexistent',
  );
  return { ...config, ...overrides };
}
