import type { Database } from '@waymark/db';
import type { AnswerMemory, HostState, RateLimit } from './hosts/hosted-git.ts';

/** Pauses of hosts, and answers for conditional requests: shared by all workers, and there after a restart. */
export interface HostStateRepository extends HostState {
  answersOf(sourceId: string): AnswerMemory;
  /** Notes the budget of calls with the discovery that a source belongs to, or with the source itself. */
  recordRateLimit(sourceId: string, rateLimit: RateLimit): Promise<void>;
}

export function createHostStateRepository({ pool, prisma }: Database): HostStateRepository {
  return {
    async pausedUntil(host) {
      const pause = await prisma.gitHostPause.findUnique({ where: { host } });
      return pause ? { until: pause.until, reason: pause.reason } : undefined;
    },

    async pause(host, until, reason) {
      await pool.query(
        `INSERT INTO git_host_pause (host, until, reason) VALUES ($1, $2, $3)
         ON CONFLICT (host) DO UPDATE SET until = excluded.until, reason = excluded.reason
          WHERE git_host_pause.until < excluded.until`,
        [host, until, reason],
      );
    },

    answersOf: (sourceId) => ({
      async find(request) {
        const answer = await prisma.catalogSourceAnswer.findUnique({
          where: { sourceId_request: { sourceId: BigInt(sourceId), request } },
        });
        return answer ? { etag: answer.etag, items: answer.items } : undefined;
      },
      async save(request, etag, items) {
        // The source may have been removed while it was read.
        await pool.query(
          `INSERT INTO catalog_source_answer (source_id, request, etag, items)
           SELECT id, $2, $3, $4 FROM catalog_source WHERE id = $1
           ON CONFLICT (source_id, request) DO UPDATE SET etag = excluded.etag, items = excluded.items`,
          [sourceId, request, etag, JSON.stringify(items)],
        );
      },
    }),

    async recordRateLimit(sourceId, rateLimit) {
      await pool.query(
        `UPDATE catalog_source SET rate_limit = $2
          WHERE id = (SELECT coalesce(parent_id, id) FROM catalog_source WHERE id = $1)`,
        [sourceId, JSON.stringify(rateLimit)],
      );
    },
  };
}
