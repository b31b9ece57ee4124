import Fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import { greetings } from './greetings.ts';
import { addHealth, type ReadinessChecks } from './health.ts';
import { addMetrics } from './metrics.ts';
import { nameSpans } from './telemetry.ts';

export interface AppOptions {
  logger?: FastifyServerOptions['logger'];
  readinessChecks?: ReadinessChecks;
}

/** The whole service but its port, so that tests call it without a network. */
export function buildApp(options: AppOptions = {}): FastifyInstance {
  const { logger = false, readinessChecks = {} } = options;
  const app = Fastify({ logger });
  nameSpans(app);
  addMetrics(app);
  addHealth(app, readinessChecks);
  app.register(greetings, { prefix: '/v1' });
  return app;
}
