import type { ScaffolderProblem, TaskStatus } from '@waymark/contracts';
import type { ContentPlace } from '../../sources/index.ts';
import type { JsonObject, JsonValue } from '../engine/json.ts';
import type { TemplateStep } from '../templates/template-definition.ts';

/** What a run is made of, in the shape in which Backstage's protocol shows it. */
export interface RunSpec {
  apiVersion: string;
  steps: TemplateStep[];
  parameters: JsonObject;
  output: JsonObject;
  user: { ref: string; entity?: JsonObject };
  templateInfo: { entityRef: string; baseUrl?: string; entity: { metadata: JsonObject } };
}

/** A step as a worker finds it. */
export interface StepRecord {
  position: number;
  stepId: string;
  status: TaskStatus;
  output: JsonValue | undefined;
}

/** A run that a worker has taken up. */
export interface RunToExecute {
  id: string;
  taskId: string;
  /** Of this worker; see {@link RunProgressRepository}. */
  attempt: number;
  spec: RunSpec;
  place: ContentPlace;
  templateVersion: string | undefined;
  secrets: Buffer | undefined;
  createdBy: string;
  createdAt: Date;
  workspaceStep: number;
  /** Of a step that failed before this worker took the run up; what looks at the outcome is still to be done. */
  failure: RunError | undefined;
  steps: StepRecord[];
}

/** Why a run failed, and where. */
export interface RunError extends ScaffolderProblem {
  stepId?: string;
}

/** An effect as it is stored. */
export interface EffectRecord {
  id: string;
  position: number;
  stepId: string;
  key: string;
  kind: string;
  action: string;
  title: string;
  url: string | undefined;
  state: 'intended' | 'done' | 'undone' | 'undo-failed';
  details: JsonObject;
  problem: string | undefined;
}

/** An entry for the log of a run. */
export interface RunEvent {
  type: 'log' | 'completion' | 'cancelled' | 'recovered';
  body: JsonObject & { message: string };
}

/** Entries of a log in one answer. */
export const MAX_EVENTS_AT_ONCE = 1_000;

/** NOTIFY channel on which new entries of a log are announced, with the task id of the run. */
export const RUNS_CHANNEL = 'waymark_scaffolder';
/** The same for what a worker has to act on: a run that is asked for, cancelled, tried again or undone. */
export const RUN_REQUESTS_CHANNEL = 'waymark_scaffolder_requests';
