import { trace } from '@opentelemetry/api';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { UndiciInstrumentation } from '@opentelemetry/instrumentation-undici';
import { NodeSDK } from '@opentelemetry/sdk-node';
import type { FastifyInstance } from 'fastify';

/*
 * Loaded before everything else (`node --import ./src/telemetry.ts`), so that it can wrap the modules of HTTP.
 * OTEL_* variables decide the rest; without an endpoint, nothing is traced.
 */
const { OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT } = process.env;
const sdk =
  OTEL_EXPORTER_OTLP_ENDPOINT || OTEL_EXPORTER_OTLP_TRACES_ENDPOINT ? startTracing() : undefined;

function startTracing(): NodeSDK {
  // Prometheus collects the metrics, and the platform reads the logs from standard output.
  process.env.OTEL_METRICS_EXPORTER ??= 'none';
  process.env.OTEL_LOGS_EXPORTER ??= 'none';
  const unobserved = new Set(['/livez', '/readyz', '/metrics']);
  const tracing = new NodeSDK({
    instrumentations: [
      new HttpInstrumentation({ ignoreIncomingRequestHook: ({ url = '' }) => unobserved.has(url) }),
      new UndiciInstrumentation(),
    ],
  });
  tracing.start();
  return tracing;
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

/** Calls the span of a request by its route: the HTTP instrumentation knows the method only. */
export function nameSpans(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ method, routeOptions }) => {
    const span = trace.getActiveSpan();
    if (!span || !routeOptions.url) return;
    span.updateName(`${method} ${routeOptions.url}`).setAttribute('http.route', routeOptions.url);
  });
}
