import { pino } from 'pino';
import { readConfiguration } from './configuration.ts';
import { overdueInvoices } from './invoices.ts';
import { run } from './run.ts';
import { stopTelemetry, traceFields } from './telemetry.ts';

const { logLevel, concurrency } = readConfiguration(process.env);
const log = pino({ level: logLevel, mixin: traceFields });
const stop = new AbortController();
for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    log.info({ signal }, 'stopping');
    stop.abort();
  });
}

try {
  const outcome = await run(overdueInvoices, { log, signal: stop.signal, concurrency });
  // The cluster tries again, and later alerts, when a run says that it was not all.
  if (outcome.failed > 0 || outcome.isAborted) process.exitCode = 1;
} catch (error) {
  log.fatal({ err: error }, 'run failed');
  process.exitCode = 1;
} finally {
  await stopTelemetry();
}
