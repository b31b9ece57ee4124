import { livez, readyz, type Readiness } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';

/** One dependency of the process: resolves to a reason why it is not ready, or to undefined. */
export type ReadinessCheck = () => Promise<string | undefined>;

const CHECK_TIMEOUT_MS = 2_000;

/** Mounts `/livez` and `/readyz`. The latter is 503 with the reasons while any check has one. */
export function serveHealth(app: FastifyInstance, checks: Record<string, ReadinessCheck>): void {
  app.get(
    livez.path,
    {
      config: { permission: 'public' },
      schema: {
        operationId: livez.name,
        tags: [livez.tag],
        summary: livez.summary,
        response: { 200: livez.reply },
      },
    },
    async () => ({ status: 'ok' as const }),
  );
  app.get(
    readyz.path,
    {
      config: { permission: 'public' },
      schema: {
        operationId: readyz.name,
        tags: [readyz.tag],
        summary: readyz.summary,
        response: { 200: readyz.reply, 503: readyz.reply },
      },
    },
    async (_, reply) => {
      const readiness = await checkAll(checks);
      return reply.code(readiness.status === 'ready' ? 200 : 503).send(readiness);
    },
  );
}

async function checkAll(checks: Record<string, ReadinessCheck>): Promise<Readiness> {
  const results = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => {
      const reason = await withTimeout(check);
      return [name, reason === undefined ? { ready: true } : { ready: false, reason }] as const;
    }),
  );
  const isReady = results.every(([, result]) => result.ready);
  return { status: isReady ? 'ready' : 'not-ready', checks: Object.fromEntries(results) };
}

async function withTimeout(check: ReadinessCheck): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${CHECK_TIMEOUT_MS} ms`), CHECK_TIMEOUT_MS);
  });
  try {
    return await Promise.race([check(), timeout]);
  } catch {
    return 'cannot be reached'; // the reason is in the log of whoever failed, not in a public answer
  } finally {
    clearTimeout(timer);
  }
}
