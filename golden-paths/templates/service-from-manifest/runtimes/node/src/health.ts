import type { FastifyInstance } from 'fastify';

/** What must work before this instance gets traffic, by name; a check that rejects has failed. */
export type ReadinessChecks = Record<string, () => Promise<unknown>>;

/** `/livez`: the process works. `/readyz`: it can serve. Neither is logged when all is well. */
export function addHealth(app: FastifyInstance, checks: ReadinessChecks): void {
  const options = { logLevel: 'warn' } as const;

  app.get('/livez', options, async () => ({ status: 'ok' }));

  app.get('/readyz', options, async (request, reply) => {
    const outcomes = await Promise.allSettled(Object.values(checks).map((check) => check()));
    const failed = Object.keys(checks).filter((_, index) => outcomes[index]?.status === 'rejected');
    if (failed.length === 0) return { status: 'ok' };
    request.log.warn({ failed }, 'not ready');
    return reply.code(503).send({ status: 'unavailable', failed });
  });
}
