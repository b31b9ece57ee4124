import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { TaskStatus } from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import type { ContentPlace } from '../../sources/index.ts';
import { RUN_REQUESTS_CHANNEL, RUNS_CHANNEL, type RunSpec } from './run-record.ts';

/** `reused`: the key came with another request before. `full`: too many of this person's runs are waiting. */
export type CreatedRun = { outcome: 'created' | 'known'; taskId: string } | { outcome: 'reused' | 'full' };

/**
 * More than one person can start in one moment, with all connections of all processes: whoever has room for so many is
 * not made to wait for his other requests.
 */
const MANY_AT_ONCE = 50;

/** A run that is asked for. */
export interface NewRun {
  taskId: string;
  templateRef: string;
  templateTitle: string;
  spec: RunSpec;
  place: ContentPlace;
  secrets: Buffer | undefined;
  idempotency: { key: string; digest: string } | undefined;
  visitId: string | undefined;
}

/** Writes a run down with its steps, its audit entry and its event, unless the same request did so before. */
export async function createRun(
  database: Database,
  run: NewRun,
  caller: Caller,
  maxWaiting: number,
): Promise<CreatedRun> {
  const { ref } = caller.actor;
  return inTransaction(database, async (transaction) => {
    const isRoomy = !run.idempotency && (await insertRun(transaction, run, ref, maxWaiting - MANY_AT_ONCE));
    if (!isRoomy) {
      // One person's requests come one after the other: two at once would both find room for the last run.
      transaction.send('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`scaffolder:${ref}`]);
      const known = run.idempotency && (await findByKey(transaction, ref, run.idempotency.key));
      if (known) {
        return known.digest === run.idempotency?.digest
          ? { outcome: 'known', taskId: known.taskId }
          : { outcome: 'reused' };
      }
      if (!(await insertRun(transaction, run, ref, maxWaiting))) return { outcome: 'full' };
    }
    if (run.visitId !== undefined) {
      transaction.send(
        'UPDATE scaffolder_visit SET task_id = $2, page = page_count, changed_at = now() WHERE id = $1 AND visitor = $3',
        [run.visitId, run.taskId, ref],
      );
    }
    const target = `run:${run.taskId}`;
    const { templateRef } = run;
    recordChange(transaction, {
      audit: {
        ...{ actor: ref, action: 'run.create', target },
        ...{ requestId: caller.requestId, details: { templateRef } },
      },
      event: { type: 'run.requested', subject: target, payload: { templateRef, createdBy: ref } },
      // Nobody follows it yet.
      notify: [{ channel: RUN_REQUESTS_CHANNEL, payload: run.taskId }],
    });
    return { outcome: 'created', taskId: run.taskId };
  });
}

/** A key counts for a day; after that it may start another run. */
async function findByKey(transaction: Transaction, createdBy: string, key: string) {
  transaction.send(
    `UPDATE scaffolder_run SET idempotency_key = NULL
      WHERE created_by = $1 AND idempotency_key = $2 AND created_at < now() - interval '24 hours'`,
    [createdBy, key],
  );
  const { rows } = await transaction.query<{ task_id: string; request_digest: string }>(
    'SELECT task_id, request_digest FROM scaffolder_run WHERE created_by = $1 AND idempotency_key = $2',
    [createdBy, key],
  );
  return rows[0] && { taskId: rows[0].task_id, digest: rows[0].request_digest };
}

/** @returns false, and nothing is written, when so many of this person's runs are waiting or running */
async function insertRun(
  transaction: Transaction,
  run: NewRun,
  ref: string,
  maxWaiting: number,
): Promise<boolean> {
  const { steps } = run.spec;
  const { rowCount } = await transaction.query(
    `WITH run AS (
       INSERT INTO scaffolder_run
         (task_id, template_ref, template_title, created_by, spec, place, secrets, idempotency_key, request_digest)
       SELECT $1::uuid, $2, $3, $4::text, $5::jsonb, $6::jsonb, $7::bytea, $8, $9
        WHERE (SELECT count(*) FROM scaffolder_run WHERE created_by = $4 AND status IN ('open', 'processing')) < $13
       RETURNING id),
     steps AS (
       INSERT INTO scaffolder_step (run_id, position, step_id, name, action)
       SELECT run.id, place, step_id, step.name, action
         FROM run, unnest($10::text[], $11::text[], $12::text[]) WITH ORDINALITY AS step (step_id, name, action, place))
     SELECT id FROM run`,
    [
      ...[
        run.taskId,
        run.templateRef,
        run.templateTitle,
        ref,
        JSON.stringify(run.spec),
        JSON.stringify(run.place),
      ],
      ...[run.secrets ?? null, run.idempotency?.key ?? null, run.idempotency?.digest ?? null],
      ...[steps.map(({ id }) => id), steps.map(({ name }) => name), steps.map(({ action }) => action)],
      maxWaiting,
    ],
  );
  return rowCount === 1;
}

/** Ends a run that no worker has; asks the worker of any other to break it off. Undefined when it has ended. */
export async function cancelRun(
  database: Database,
  taskId: string,
  caller: Caller,
): Promise<TaskStatus | undefined> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ id: string; status: TaskStatus }>(
      `UPDATE scaffolder_run
          SET cancel_requested_at = CASE WHEN status = 'processing' THEN now() END,
              status = CASE WHEN status = 'open' THEN 'cancelled' ELSE status END,
              ended_at = CASE WHEN status = 'open' THEN now() END
        WHERE task_id = $1 AND status IN ('open', 'processing') RETURNING id, status`,
      [taskId],
    );
    const [row] = rows;
    if (!row) return undefined;
    if (row.status === 'cancelled') {
      transaction.send(
        `INSERT INTO scaffolder_event (run_id, type, body)
         VALUES ($1, 'cancelled', $2), ($1, 'completion', $3)`,
        [
          row.id,
          JSON.stringify({ message: 'The run was cancelled before it began' }),
          JSON.stringify({ message: 'Run completed with status: cancelled' }),
        ],
      );
    }
    recordRequest(transaction, 'run.cancel', taskId, caller);
    return row.status;
  });
}

/** Lets a run that failed or was cancelled go on. False when it did neither. */
export async function retryRun(
  database: Database,
  taskId: string,
  secrets: Buffer | undefined,
  caller: Caller,
): Promise<boolean> {
  return inTransaction(database, async (transaction) => {
    const { rows } = await transaction.query<{ id: string }>(
      `UPDATE scaffolder_run
          SET status = 'open', ended_at = NULL, error = NULL, heartbeat_at = NULL, undo_state = NULL,
              cancel_requested_at = NULL,
              secrets = coalesce($2, secrets)
        WHERE task_id = $1 AND status IN ('failed', 'cancelled') AND undo_state IS DISTINCT FROM 'running'
       RETURNING id`,
      [taskId, secrets ?? null],
    );
    const [row] = rows;
    if (!row) return false;
    transaction.send(
      `UPDATE scaffolder_step SET status = 'open', started_at = NULL, ended_at = NULL
        WHERE run_id = $1 AND (status NOT IN ('completed', 'skipped')
          -- What was undone is to be made again, by the step that made it.
          OR position IN (SELECT position FROM scaffolder_effect WHERE run_id = $1 AND state = 'undone'))`,
      [row.id],
    );
    transaction.send(`INSERT INTO scaffolder_event (run_id, type, body) VALUES ($1, 'recovered', $2)`, [
      row.id,
      JSON.stringify({ message: 'The run goes on at the step that failed', recoverStrategy: 'idempotent' }),
    ]);
    recordRequest(transaction, 'run.retry', taskId, caller);
    return true;
  });
}

/**
 * Records who asked for what of a run that is there, and tells followers that there is something new in its log, and
 * workers that there is something to do for it.
 */
export function recordRequest(
  transaction: Transaction,
  action: string,
  taskId: string,
  { actor, requestId }: Caller,
): void {
  recordChange(transaction, {
    audit: { actor: actor.ref, action, target: `run:${taskId}`, requestId },
    notify: [RUNS_CHANNEL, RUN_REQUESTS_CHANNEL].map((channel) => ({ channel, payload: taskId })),
  });
}
