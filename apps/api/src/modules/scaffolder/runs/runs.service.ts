import { createHash } from 'node:crypto';
import type {
  createTask,
  EndpointReply,
  EndpointRequest,
  listRuns,
  listTasks,
  noteVisit,
  Run,
  ScaffolderTask,
  TaskEvent,
  TaskStatus,
} from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { ContentPlace } from '../../sources/index.ts';
import type { ScaffolderAction } from '../actions/action.ts';
import type { JsonObject } from '../engine/json.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { demandValues } from '../templates/demand-values.ts';
import type { TemplateCatalog } from '../templates/template-catalog.ts';
import { demandUsable } from '../templates/usable-template.ts';
import { MAX_EVENTS_AT_ONCE } from './run-record.ts';
import { authorOf, specOf } from './run-spec.ts';
import { runOf } from './run-view.ts';
import type { RunsRepository } from './runs.repository.ts';
import type { SecretBox } from './secret-box.ts';

export interface RunsServiceOptions {
  templates: TemplateCatalog;
  placeOf: (entityRef: string) => Promise<ContentPlace | undefined>;
  runs: RunsRepository;
  engine: TemplateEngine;
  actions: ReadonlyMap<string, ScaffolderAction>;
  secretBox: Pick<SecretBox, 'encrypt'>;
  newTaskId: () => string;
  /** Runs of one person that may wait or run at the same time. */
  maxWaitingPerPerson: number;
}

/** Runs of templates: how they are asked for, looked at, and ended. */
export interface RunsService {
  start(
    caller: Caller,
    input: EndpointRequest<typeof createTask>['body'],
    idempotencyKey: string | undefined,
  ): Promise<{ id: string }>;
  listTasks(
    caller: Caller,
    query: EndpointRequest<typeof listTasks>['query'],
  ): Promise<EndpointReply<typeof listTasks>>;
  task(caller: Caller, taskId: string): Promise<ScaffolderTask>;
  listRuns(
    caller: Caller,
    query: EndpointRequest<typeof listRuns>['query'],
  ): Promise<EndpointReply<typeof listRuns>>;
  run(caller: Caller, taskId: string): Promise<Run>;
  events(caller: Caller, taskId: string, after: number): Promise<TaskEvent[]>;
  cancel(caller: Caller, taskId: string): Promise<{ status: TaskStatus }>;
  retry(caller: Caller, taskId: string, secrets: Record<string, string> | undefined): Promise<{ id: string }>;
  undo(caller: Caller, taskId: string): Promise<Run>;
  noteVisit(caller: Caller, visitId: string, visit: EndpointRequest<typeof noteVisit>['body']): Promise<void>;
}

export function createRunsService(options: RunsServiceOptions): RunsService {
  const { runs, engine, actions } = options;
  // The engine has deadlines of its own, and what people wait for is short.
  const { signal } = new AbortController();

  async function demandRun(taskId: string) {
    const details = await runs.find(taskId);
    if (details) return details;
    throw noRun(taskId);
  }

  const shown = async (_caller: Caller, taskId: string): Promise<Run> =>
    runOf(await demandRun(taskId), actions);

  return {
    async start(caller, { templateRef, values, secrets = {}, visitId }, idempotencyKey) {
      const { template, ref } = await demandUsable(templateRef, options, signal);
      await demandValues(template, { values, secrets }, engine, signal);
      const place = await options.placeOf(ref);
      if (!place)
        throw new AppError('scaffolder.template-not-found', `The template ${ref} has just left the catalog.`);
      const spec = specOf(template, ref, values, await authorOf(caller, options.templates));
      const started = await runs.create(
        {
          taskId: options.newTaskId(),
          templateRef: ref,
          templateTitle: template.title,
          ...{ spec, place, visitId },
          secrets: options.secretBox.encrypt(secrets),
          idempotency:
            idempotencyKey === undefined
              ? undefined
              : { key: idempotencyKey, digest: digestOf(ref, values, secrets) },
        },
        caller,
        options.maxWaitingPerPerson,
      );
      if (started.outcome === 'created' || started.outcome === 'known') return { id: started.taskId };
      if (started.outcome === 'full') {
        throw new AppError(
          'scaffolder.too-many-runs',
          `${options.maxWaitingPerPerson} of your runs are waiting already. Start another one when some of them have ended.`,
        );
      }
      throw new AppError(
        'scaffolder.key-reused',
        'This idempotency key came with another request before. Use a new key for a new request.',
      );
    },

    async listTasks(_caller, { createdBy, status, limit = 20, offset }) {
      const { tasks, total } = await runs.listTasks({ createdBy, statuses: status, limit, offset });
      return { tasks, totalTasks: total };
    },

    async task(_caller, taskId) {
      const { summary, spec, heartbeatAt } = await demandRun(taskId);
      const { id, status, createdAt, createdBy } = summary;
      return {
        ...{ id, status, createdAt, createdBy, spec: { ...spec } },
        ...(heartbeatAt === undefined ? {} : { lastHeartbeatAt: heartbeatAt }),
      };
    },

    async listRuns(caller, { scope, status, templateRef, limit, cursor }) {
      const found = await runs.list({
        createdBy: scope === 'mine' ? [caller.actor.ref] : undefined,
        statuses: status && [status],
        ...{ templateRef, limit: limit + 1 },
        beforeId: readCursor(cursor),
      });
      const page = found.slice(0, limit);
      const last = page.at(-1)?.rowId;
      return {
        runs: page.map(({ run }) => run),
        ...(found.length > limit && last !== undefined ? { nextCursor: last } : {}),
      };
    },

    run: shown,

    async events(_caller, taskId, after) {
      const events = await runs.events(taskId, after, MAX_EVENTS_AT_ONCE);
      // Followers ask often: only where nothing comes is it worth asking whether there is such a run.
      if (events.length === 0 && !(await runs.exists(taskId))) throw noRun(taskId);
      return events;
    },

    async cancel(caller, taskId) {
      const status = await runs.requestCancel(taskId, caller);
      if (status) return { status };
      const { summary } = await demandRun(taskId);
      throw notPossible(`The run has ended already: it is ${summary.status}.`);
    },

    async retry(caller, taskId, secrets) {
      const box = secrets && options.secretBox.encrypt(secrets);
      if (await runs.retry(taskId, box, caller)) return { id: taskId };
      const { summary } = await demandRun(taskId);
      throw notPossible(
        summary.undo?.state === 'running'
          ? 'The run is being undone. Wait for that, then retry it.'
          : `Only a run that has failed or was cancelled can be retried, and this one is ${summary.status}.`,
      );
    },

    async undo(caller, taskId) {
      if (!(await runs.requestUndo(taskId, caller))) {
        const { summary } = await demandRun(taskId);
        throw notPossible(`A run can be undone when it has ended, and this one is ${summary.status}.`);
      }
      return shown(caller, taskId);
    },

    async noteVisit(caller, visitId, { templateRef, pageCount, page }) {
      await runs.noteVisit({ id: visitId, visitor: caller.actor.ref, templateRef, pageCount, page });
    },
  };
}

function readCursor(cursor: string | undefined): string | undefined {
  if (cursor === undefined || /^\d{1,18}$/.test(cursor)) return cursor;
  throw new AppError('catalog.bad-cursor', 'The cursor is not one of this list. Begin again without it.');
}

function notPossible(detail: string): AppError {
  return new AppError('scaffolder.run-not-possible', detail);
}

/** Of the secrets only the names: a digest of a short one could be turned back. */
function digestOf(ref: string, values: JsonObject, secrets: Readonly<Record<string, string>>): string {
  return createHash('sha256')
    .update(JSON.stringify([ref, values, Object.keys(secrets)]))
    .digest('hex');
}

function noRun(taskId: string): AppError {
  return new AppError('scaffolder.run-not-found', `There is no run ${taskId}.`);
}
