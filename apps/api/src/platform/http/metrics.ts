import { serverPaths } from '@waymark/contracts';
import promClient from '@prometheus-io/client';
import type { FastifyInstance } from 'fastify';
import type { FastifyPluginCallback } from 'fastify';
import metricsModule, { type IMetricsPluginOptions } from 'fastify-metrics';

// A CommonJS module: what Node imports as its default is the module, and the plug-in is `default` of that.
const metricsPlugin = (
  metricsModule as unknown as { default: FastifyPluginCallback<Partial<IMetricsPluginOptions>> }
).default;

/** Prometheus text at `/metrics`: process figures and a histogram of requests by route template. */
export async function serveMetrics(app: FastifyInstance): Promise<void> {
  await app.register(metricsPlugin, {
    // Mounted below, so that the route declares its permission like any other.
    endpoint: null,
    // The registry is global to the process; a second server in it (tests) begins anew.
    clearRegisterOnInit: true,
    routeMetrics: { enabled: { histogram: true, summary: false } },
  });
  app.get(
    serverPaths.metrics,
    { config: { permission: 'public' }, schema: { hide: true } },
    async (_, reply) => reply.type(promClient.register.contentType).send(await promClient.register.metrics()),
  );
}
