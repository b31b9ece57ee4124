import { recordChange, type Database, type Transaction } from '@waymark/db';
import type { TaskStatus } from '@waymark/contracts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import { APPEND_EVENTS, END_RUN, END_STEP, START_STEP } from './run-changes.sql.ts';
import { changeWhileHeld, RunLostError, whileHeld, type RunHold } from './run-hold.repository.ts';
import { RUNS_CHANNEL } from './run-record.ts';
import type { RunError, RunEvent, RunToExecute, StepRecord } from './run-record.ts';

/** How a step ended. */
export interface StepEnd {
  status: TaskStatus;
  output?: JsonValue;
  /** Its own position, when it changed the workspace. */
  workspaceStep?: number;
  failure?: RunError;
  /** The version of the template, once its files were read. */
  templateVersion?: string | undefined;
  /** What the run has made. */
  entityRef?: string | undefined;
}

/** A run's way through its steps, as its worker writes it down. */
export interface RunProgressRepository {
  /**
   * Runs that no worker has, with who asked for them: everybody's oldest first, then everybody's second, so that nobody
   * waits for the hundreds of somebody else.
   */
  waiting(
    staleAfterMs: number,
    limits: { perPerson: number; inAll: number },
  ): Promise<{ taskId: string; createdBy: string }[]>;
  /** Takes a run up; undefined when there is nothing to do for it. */
  take(taskId: string): Promise<RunToExecute | undefined>;
  beat(hold: RunHold): Promise<{ isCancelRequested: boolean }>;
  startStep(hold: RunHold, position: number): Promise<void>;
  /** Ends a step; what a completed one gives, the folder it leaves, and what it tells of the run are recorded together. */
  endStep(hold: RunHold, position: number, end: StepEnd): Promise<void>;
  /** All steps begin anew: their workspace is gone. */
  restartSteps(hold: RunHold): Promise<void>;
  appendEvents(hold: RunHold, events: readonly RunEvent[]): Promise<void>;
  end(
    hold: RunHold,
    end: { status: TaskStatus; output?: JsonObject; error?: RunError; events: readonly RunEvent[] },
  ): Promise<void>;
  /** Takes up the undoing of a run. */
  takeUndo(taskId: string): Promise<(RunHold & { createdBy: string }) | undefined>;
  endUndo(hold: RunHold, state: 'done' | 'failed'): Promise<void>;
}

export function createRunProgressRepository(database: Database): RunProgressRepository {
  const { pool } = database;
  const held = <Result>(hold: RunHold, work: (transaction: Transaction) => Promise<Result>) =>
    whileHeld(database, hold, work);
  const change = async (hold: RunHold, statement: string, values: readonly unknown[]) => {
    await changeWhileHeld(database, hold, statement, values);
  };

  return {
    async waiting(staleAfterMs, { perPerson, inAll }) {
      const { rows } = await pool.query<{ task_id: string; created_by: string }>(
        `SELECT task_id, created_by
           FROM (SELECT id, task_id, created_by, row_number() OVER (PARTITION BY created_by ORDER BY id) AS place
                   FROM scaffolder_run
                  WHERE (status = 'open' OR ((status = 'processing' OR undo_state = 'running')
                         AND coalesce(heartbeat_at, 'epoch') < now() - make_interval(secs => $1 / 1000.0)))) AS waiting
          WHERE place <= $2 ORDER BY place, id LIMIT $3`,
        [staleAfterMs, perPerson, inAll],
      );
      return rows.map((row) => ({ taskId: row.task_id, createdBy: row.created_by }));
    },

    take: (taskId) => takeRun(database, taskId),

    async beat(hold) {
      const { rows } = await pool.query<{ is_cancelled: boolean }>(
        `UPDATE scaffolder_run SET heartbeat_at = now() WHERE id = $1 AND attempt = $2
         RETURNING cancel_requested_at IS NOT NULL AS is_cancelled`,
        [hold.id, hold.attempt],
      );
      if (!rows[0]) throw new RunLostError('Another worker has taken this run up.');
      return { isCancelRequested: rows[0].is_cancelled };
    },

    startStep: (hold, position) => change(hold, START_STEP, [position]),
    endStep: (hold, position, { status, output, workspaceStep, failure, templateVersion, entityRef }) =>
      change(hold, END_STEP, [
        ...[position, status, jsonOf(output), workspaceStep ?? null, jsonOf(failure)],
        ...[templateVersion ?? null, entityRef ?? null],
      ]),

    restartSteps: (hold) =>
      held(hold, async (transaction) => {
        await transaction.query(
          `UPDATE scaffolder_step SET status = 'open', output = NULL, started_at = NULL, ended_at = NULL
            WHERE run_id = $1`,
          [hold.id],
        );
        await transaction.query('UPDATE scaffolder_run SET workspace_step = 0 WHERE id = $1', [hold.id]);
      }),

    appendEvents: (hold, events) =>
      change(hold, APPEND_EVENTS, [...columnsOf(events), RUNS_CHANNEL, hold.taskId]),

    end: (hold, { status, output, error, events }) =>
      change(hold, END_RUN, [
        ...[...columnsOf(events), RUNS_CHANNEL, hold.taskId],
        ...[status, jsonOf(output), jsonOf(error), error?.stepId ?? null],
      ]),

    async takeUndo(taskId) {
      const { rows } = await pool.query<{ id: string; attempt: number; created_by: string }>(
        `UPDATE scaffolder_run SET attempt = attempt + 1, heartbeat_at = now()
          WHERE task_id = $1 AND undo_state = 'running' RETURNING id, attempt, created_by`,
        [taskId],
      );
      const [row] = rows;
      return row && { id: row.id, taskId, attempt: row.attempt, createdBy: row.created_by };
    },

    endUndo: (hold, state) =>
      held(hold, async (transaction) => {
        await transaction.query('UPDATE scaffolder_run SET undo_state = $2 WHERE id = $1', [hold.id, state]);
        recordChange(transaction, {
          event: { type: `run.undo-${state}`, subject: `run:${hold.taskId}`, payload: {} },
        });
      }),
  };
}

/** Types and bodies, as the statements take entries of the log. */
function columnsOf(events: readonly RunEvent[]): [string[], string[]] {
  return [events.map(({ type }) => type), events.map(({ body }) => JSON.stringify(body))];
}

function jsonOf(value: unknown): string | null {
  return value === undefined ? null : JSON.stringify(value);
}

const TAKE_RUN = `
  WITH taken AS (
    UPDATE scaffolder_run
       SET attempt = attempt + 1, status = 'processing', started_at = coalesce(started_at, now()), heartbeat_at = now()
     WHERE task_id = $1 AND status IN ('open', 'processing')
    RETURNING id, attempt, spec, place, template_version, secrets, created_by, created_at, workspace_step, error)
  SELECT taken.*, (SELECT coalesce(jsonb_agg(jsonb_build_object(
                            'position', position, 'step_id', step_id, 'status', status, 'output', output)
                          ORDER BY position), '[]')
                     FROM scaffolder_step WHERE run_id = taken.id) AS steps
    FROM taken`;

async function takeRun(database: Database, taskId: string): Promise<RunToExecute | undefined> {
  const { rows } = await database.pool.query<RunRow>(TAKE_RUN, [taskId]);
  const [row] = rows;
  if (!row) return undefined;
  return {
    ...{ id: row.id, taskId, attempt: row.attempt, spec: row.spec, place: row.place },
    templateVersion: row.template_version ?? undefined,
    secrets: row.secrets ?? undefined,
    createdBy: row.created_by,
    createdAt: row.created_at,
    workspaceStep: row.workspace_step,
    failure: row.error ?? undefined,
    steps: row.steps.map(stepOf),
  };
}

interface RunRow {
  id: string;
  attempt: number;
  spec: RunToExecute['spec'];
  place: RunToExecute['place'];
  template_version: string | null;
  secrets: Buffer | null;
  created_by: string;
  created_at: Date;
  workspace_step: number;
  error: RunError | null;
  steps: StepRow[];
}

interface StepRow {
  position: number;
  step_id: string;
  status: TaskStatus;
  output: JsonValue | null;
}

function stepOf({ position, step_id, status, output }: StepRow): StepRecord {
  return { position, stepId: step_id, status, output: output ?? undefined };
}
