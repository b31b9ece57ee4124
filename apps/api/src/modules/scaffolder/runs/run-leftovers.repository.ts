import type { Database } from '@waymark/db';

/** What runs keep after their end, so that somebody may go on with them. */
export interface RunLeftoversRepository {
  /** Takes the secrets from runs that ended longer ago. */
  forgetSecrets(keptDays: number): Promise<void>;
  /** Those of the runs that ended longer ago; ids of no run are passed over. */
  endedAmong(taskIds: readonly string[], keptDays: number): Promise<string[]>;
}

export function createRunLeftoversRepository({ pool }: Database): RunLeftoversRepository {
  return {
    async forgetSecrets(keptDays) {
      await pool.query(
        `UPDATE scaffolder_run SET secrets = NULL
          WHERE secrets IS NOT NULL AND ended_at < now() - make_interval(days => $1)`,
        [keptDays],
      );
    },
    async endedAmong(taskIds, keptDays) {
      const { rows } = await pool.query<{ task_id: string }>(
        `SELECT task_id FROM scaffolder_run
          WHERE task_id::text = ANY ($1) AND ended_at < now() - make_interval(days => $2)`,
        [taskIds, keptDays],
      );
      return rows.map((row) => row.task_id);
    },
  };
}
