import { buildApp } from './app.ts';
import { readConfiguration } from './configuration.ts';
{%- if values.database %}
import { openDatabase } from './database.ts';
{%- endif %}
import { stopTelemetry, traceFields } from './telemetry.ts';

const configuration = readConfiguration(process.env);
{%- if values.database %}
const database = openDatabase(configuration.databaseUrl);
{%- endif %}
const app = buildApp({
  logger: { level: configuration.logLevel, mixin: traceFields },
{%- if values.database %}
  readinessChecks: { database: () => database.query('SELECT 1') },
{%- endif %}
});
{%- if values.database %}
// A connection that breaks while nobody uses it is no reason to stop: the pool opens another one.
database.on('error', (error) => app.log.error(error, 'a database connection was lost'));
app.addHook('onClose', () => database.end());
{%- endif %}

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, async () => {
    app.log.info({ signal }, 'stopping');
    // Requests under way are answered; the orchestrator ends the process if that takes too long.
    await app.close();
    await stopTelemetry();
  });
}

await app.listen({ host: configuration.host, port: configuration.port });
