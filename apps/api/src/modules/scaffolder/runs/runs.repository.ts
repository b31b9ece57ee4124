import { inTransaction, type Database } from '@waymark/db';
import type { Run, RunSummary, ScaffolderTask, TaskEvent, TaskStatus } from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import type { JsonObject } from '../engine/json.ts';
import { effectOf, type EffectRow } from './effect-row.ts';
import type { EffectRecord, RunError, RunSpec } from './run-record.ts';
import {
  cancelRun,
  createRun,
  recordRequest,
  retryRun,
  type CreatedRun,
  type NewRun,
} from './run-requests.repository.ts';
import {
  statisticsOf,
  stepOf,
  summaryOf,
  taskOf,
  type DetailsRow,
  type EventRow,
  type StatisticsRow,
  type StepRow,
  type SummaryRow,
  type TaskRow,
  type TemplateStatistics,
} from './run-row.ts';
import {
  COUNT_TASKS,
  EFFECTS_OF_RUN,
  EVENTS_AFTER,
  FIND_RUN,
  LIST_RUNS,
  LIST_TASKS,
  TEMPLATE_STATISTICS,
} from './runs.sql.ts';

/** Completed runs of a template, the newest, of which the median duration is taken. */
const RUNS_OF_MEDIAN = 100;

export type { NewRun } from './run-requests.repository.ts';
export type { TemplateStatistics } from './run-row.ts';

/** Which runs a list shows. */
export interface RunListRequest {
  createdBy?: readonly string[] | undefined;
  statuses?: readonly string[] | undefined;
  templateRef?: string | undefined;
  limit: number;
  /** Only runs that were asked for before the one with this id. */
  beforeId?: string | undefined;
  offset?: number | undefined;
}

/** A run with everything that is known of it, but for its secrets and its log. */
export interface RunDetails {
  summary: RunSummary;
  id: string;
  spec: RunSpec;
  templateVersion: string | undefined;
  heartbeatAt: string | undefined;
  steps: Run['steps'];
  effects: EffectRecord[];
  output: JsonObject | undefined;
  error: RunError | undefined;
  isCancelRequested: boolean;
  queuePosition: number | undefined;
}

/** Runs as people ask for them and look at them. */
export interface RunsRepository {
  /** `reused`: the key was used by this person for another request. `full`: too many of theirs are waiting. */
  create(run: NewRun, caller: Caller, maxWaiting: number): Promise<CreatedRun>;
  list(request: RunListRequest): Promise<{ run: RunSummary; rowId: string }[]>;
  listTasks(request: RunListRequest): Promise<{ tasks: ScaffolderTask[]; total: number }>;
  find(taskId: string): Promise<RunDetails | undefined>;
  exists(taskId: string): Promise<boolean>;
  events(taskId: string, after: number, limit: number): Promise<TaskEvent[]>;
  /** Undefined when the run has ended. */
  requestCancel(taskId: string, caller: Caller): Promise<TaskStatus | undefined>;
  /** False when it has not failed. */
  retry(taskId: string, secrets: Buffer | undefined, caller: Caller): Promise<boolean>;
  /** False when it has not ended, or is being undone. */
  requestUndo(taskId: string, caller: Caller): Promise<boolean>;
  statistics(templateRefs: readonly string[]): Promise<Map<string, TemplateStatistics>>;
  noteVisit(visit: {
    id: string;
    templateRef: string;
    visitor: string;
    pageCount: number;
    page: number;
  }): Promise<void>;
}

export function createRunsRepository(database: Database): RunsRepository {
  const { pool } = database;
  return {
    create: (run, caller, maxWaiting) => createRun(database, run, caller, maxWaiting),

    async list(request) {
      const { rows } = await pool.query<SummaryRow>(LIST_RUNS, listValues(request));
      return rows.map((row) => ({ run: summaryOf(row), rowId: row.id }));
    },

    async listTasks(request) {
      const [tasks, total] = await Promise.all([
        pool.query<TaskRow>(LIST_TASKS, listValues(request)),
        pool.query<{ count: number }>(COUNT_TASKS, listValues(request).slice(0, 4)),
      ]);
      return { tasks: tasks.rows.map(taskOf), total: total.rows[0]?.count ?? 0 };
    },

    find: (taskId) => findRun(database, taskId),

    async exists(taskId) {
      const { rowCount } = await pool.query('SELECT 1 FROM scaffolder_run WHERE task_id = $1', [taskId]);
      return rowCount === 1;
    },

    async events(taskId, after, limit) {
      const { rows } = await pool.query<EventRow>(EVENTS_AFTER, [taskId, after, limit]);
      return rows.map(({ id, type, body, created_at }) => ({
        ...{ id: Number(id), taskId, type, body, createdAt: created_at.toISOString() },
      }));
    },

    requestCancel: (taskId, caller) => cancelRun(database, taskId, caller),
    retry: (taskId, secrets, caller) => retryRun(database, taskId, secrets, caller),

    requestUndo: (taskId, caller) =>
      inTransaction(database, async (transaction) => {
        const { rowCount } = await transaction.query(
          `UPDATE scaffolder_run SET undo_state = 'running', heartbeat_at = NULL
            WHERE task_id = $1 AND status IN ('failed', 'cancelled', 'completed')
              AND undo_state IS DISTINCT FROM 'running'`,
          [taskId],
        );
        if (rowCount !== 1) return false;
        recordRequest(transaction, 'run.undo', taskId, caller);
        return true;
      }),

    async statistics(templateRefs) {
      const { rows } = await pool.query<StatisticsRow>(TEMPLATE_STATISTICS, [templateRefs, RUNS_OF_MEDIAN]);
      return new Map(rows.map((row) => [row.template_ref, statisticsOf(row)]));
    },

    async noteVisit({ id, templateRef, visitor, pageCount, page }) {
      await pool.query(
        `INSERT INTO scaffolder_visit (id, template_ref, visitor, page_count, page) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE
           SET page = greatest(scaffolder_visit.page, excluded.page), page_count = excluded.page_count, changed_at = now()
         WHERE scaffolder_visit.visitor = excluded.visitor`,
        [id, templateRef, visitor, pageCount, page],
      );
    },
  };
}

async function findRun({ pool }: Database, taskId: string): Promise<RunDetails | undefined> {
  const { rows } = await pool.query<DetailsRow>(FIND_RUN, [taskId]);
  const [row] = rows;
  if (!row) return undefined;
  const [steps, effects] = await Promise.all([
    pool.query<StepRow>(
      `SELECT step_id, name, action, status, started_at, ended_at FROM scaffolder_step
        WHERE run_id = $1 ORDER BY position`,
      [row.id],
    ),
    pool.query<EffectRow>(EFFECTS_OF_RUN, [row.id]),
  ]);
  return {
    summary: summaryOf(row),
    id: row.id,
    spec: row.spec,
    templateVersion: row.template_version ?? undefined,
    heartbeatAt: row.heartbeat_at?.toISOString(),
    steps: steps.rows.map(stepOf),
    effects: effects.rows.map(effectOf),
    output: row.output ?? undefined,
    error: row.error ?? undefined,
    isCancelRequested: row.is_cancel_requested,
    queuePosition: row.queue_position ?? undefined,
  };
}

function listValues({
  createdBy,
  statuses,
  templateRef,
  beforeId,
  limit,
  offset,
}: RunListRequest): unknown[] {
  return [createdBy ?? null, statuses ?? null, templateRef ?? null, beforeId ?? null, limit, offset ?? 0];
}
