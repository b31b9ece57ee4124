import { trace } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';

/*
 * Loaded before everything else (`node --import ./src/telemetry.ts`), so that it can wrap the modules of HTTP.
 * OTEL_* variables decide the rest; without an endpoint, nothing is sent. Metrics are pushed with the traces: a job
 * has ended before anybody comes to collect them.
 */
const sdk = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? startTelemetry() : undefined;

function startTelemetry(): NodeSDK {
  process.env.OTEL_METRICS_EXPORTER ??= 'otlp';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  const telemetry = new NodeSDK({
    instrumentations: [new HttpInstrumentation(), new UndiciInstrumentation()],
  });
  telemetry.start();
  return telemetry;
}

/** Sends what is still waiting to be exported. */
export async function stopTelemetry(): Promise<void> {
  await sdk?.shutdown();
}

/** Ids that lead from a line of the log to its trace. */
export function traceFields(): Record<string, string> {
  const context = trace.getActiveSpan()?.spanContext();
  return context ? { trace_id: context.traceId, span_id: context.spanId } : {};
}
