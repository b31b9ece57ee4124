import type { Run, RunSummary, ScaffolderTask, TaskEvent, TaskStatus } from '@waymark/contracts';
import type { JsonObject } from '../engine/json.ts';
import type { RunError, RunSpec } from './run-record.ts';

/** How the runs of a template fared. */
export interface TemplateStatistics {
  runCount: number;
  completedCount: number;
  medianDurationMs: number | undefined;
  lastRunAt: string | undefined;
}

/** A run as lists have it. */
export interface SummaryRow {
  id: string;
  task_id: string;
  template_ref: string;
  template_title: string;
  status: TaskStatus;
  created_by: string;
  created_at: Date;
  started_at: Date | null;
  ended_at: Date | null;
  entity_ref: string | null;
  undo_state: 'running' | 'done' | 'failed' | null;
  step_count: number;
  completed_count: number;
  step_name: string | null;
}

/** A run with everything but its steps and effects. */
export interface DetailsRow extends SummaryRow {
  spec: RunSpec;
  template_version: string | null;
  heartbeat_at: Date | null;
  output: JsonObject | null;
  error: RunError | null;
  is_cancel_requested: boolean;
  queue_position: number | null;
}

/** A step of a run. */
export interface StepRow {
  step_id: string;
  name: string;
  action: string;
  status: TaskStatus;
  started_at: Date | null;
  ended_at: Date | null;
}

/** A run as Backstage's protocol has it. */
export interface TaskRow {
  task_id: string;
  spec: RunSpec;
  status: TaskStatus;
  created_at: Date;
  heartbeat_at: Date | null;
  created_by: string;
}

/** An entry of the log. */
export interface EventRow {
  id: string;
  type: TaskEvent['type'];
  body: TaskEvent['body'];
  created_at: Date;
}

/** Sums over the runs of a template. */
export interface StatisticsRow {
  template_ref: string;
  runs: number;
  completed: number;
  median_ms: number | null;
  last_run_at: Date | null;
}

/** The same in the shape of the contract. */
export function summaryOf(row: SummaryRow): RunSummary {
  return {
    id: row.task_id,
    templateRef: row.template_ref,
    templateTitle: row.template_title,
    status: row.status,
    createdBy: row.created_by,
    createdAt: row.created_at.toISOString(),
    ...(row.started_at && { startedAt: row.started_at.toISOString() }),
    ...(row.ended_at && { endedAt: row.ended_at.toISOString() }),
    ...(row.step_name !== null && { stepName: row.step_name }),
    ...(row.entity_ref !== null && { entityRef: row.entity_ref }),
    ...(row.undo_state && { undo: { state: row.undo_state } }),
    stepCount: row.step_count,
    completedStepCount: row.completed_count,
  };
}

/** The same in the shape of the contract. */
export function stepOf({
  step_id,
  name,
  action,
  status,
  started_at,
  ended_at,
}: StepRow): Run['steps'][number] {
  return {
    ...{ id: step_id, name, action, status },
    ...(started_at && { startedAt: started_at.toISOString() }),
    ...(ended_at && { endedAt: ended_at.toISOString() }),
  };
}

/** The same in the shape of the protocol. */
export function taskOf(row: TaskRow): ScaffolderTask {
  return {
    id: row.task_id,
    spec: { ...row.spec },
    status: row.status,
    createdAt: row.created_at.toISOString(),
    createdBy: row.created_by,
    ...(row.heartbeat_at && { lastHeartbeatAt: row.heartbeat_at.toISOString() }),
  };
}

/** The same, with what is not known left open. */
export function statisticsOf({ runs, completed, median_ms, last_run_at }: StatisticsRow): TemplateStatistics {
  return {
    runCount: runs,
    completedCount: completed,
    medianDurationMs: median_ms === null ? undefined : Math.round(median_ms),
    lastRunAt: last_run_at?.toISOString(),
  };
}
