/** What the environment decides. It is read once, at the start. */
export interface Configuration {
  host: string;
  port: number;
  logLevel: string;
{%- if values.database %}
  databaseUrl: string;
{%- endif %}
}

/** @throws Error that names the variable at fault */
export function readConfiguration(env: NodeJS.ProcessEnv): Configuration {
  return {
    host: env.HOST ?? '0.0.0.0',
    port: portFrom(env.PORT ?? '${{ values.ports[0].port }}'),
    logLevel: env.LOG_LEVEL ?? 'info',
{%- if values.database %}
    databaseUrl: required(env, 'DATABASE_URL'),
{%- endif %}
  };
}

function portFrom(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`PORT must be a port number, not ${JSON.stringify(text)}`);
  }
  return port;
}
{%- if values.database %}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`${name} must be set`);
  return value;
}
{%- endif %}
