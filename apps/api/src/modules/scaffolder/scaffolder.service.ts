import { createHash } from 'node:crypto';
import type {
  createTask,
  dryRunTemplate,
  EndpointReply,
  EndpointRequest,
  Entity,
  getTemplateDetails,
  listActions,
  listRuns,
  listTasks,
  listTemplatingExtensions,
  noteVisit,
  planRun,
  RepositoryHost,
  Run,
  ScaffolderTask,
  TaskEvent,
  TaskStatus,
  TemplateParameterSchema,
  TemplateSummary,
} from '@waymark/contracts';
import type { Caller } from '../../platform/auth/caller.ts';
import { AppError } from '../../platform/errors/app-error.ts';
import type { ContentPlace } from '../sources/index.ts';
import { describeAction } from './actions/action-description.ts';
import type { ScaffolderAction } from './actions/action.ts';
import type { JsonObject } from './engine/json.ts';
import type { TemplateEngine } from './engine/template-engine.ts';
import type { DryRunner } from './runs/dry-run.ts';
import { StepProblemError } from './runs/run-failure.ts';
import { planOf } from './runs/run-plan.ts';
import { specOf } from './runs/run-spec.ts';
import { runOf } from './runs/run-view.ts';
import type { RunsRepository } from './runs/runs.repository.ts';
import type { SecretBox } from './runs/secret-box.ts';
import { demandValues } from './templates/demand-values.ts';
import { parameterSchemaOf } from './templates/parameter-schema.ts';
import { checkTemplate } from './templates/template-check.ts';
import { problemsOf } from './templates/template-problems.ts';
import { demandTemplate, readTemplate, unusable } from './templates/template-definition.ts';
import { describeTemplate } from './templates/template-summary.ts';
import { templatingExtensions } from './templates/templating-extensions.ts';

interface TemplateName {
  kind: string;
  namespace: string;
  name: string;
}

/** Templates, as the catalog has them. */
export interface TemplateCatalog {
  /** @throws AppError `scaffolder.template-not-found` */
  find(ref: string): Promise<{ ref: string; entity: Entity }>;
  list(limit: number): Promise<{ entities: { ref: string; entity: Entity }[]; isTruncated: boolean }>;
  /** Undefined for a person of whom the catalog knows nothing. */
  person(ref: string): Promise<Entity | undefined>;
}

export interface ScaffolderServiceOptions {
  templates: TemplateCatalog;
  placeOf: (entityRef: string) => Promise<ContentPlace | undefined>;
  runs: RunsRepository;
  engine: TemplateEngine;
  actions: ReadonlyMap<string, ScaffolderAction>;
  dryRunner: DryRunner;
  secretBox: Pick<SecretBox, 'encrypt'>;
  newTaskId: () => string;
  /** Where templates can publish to. */
  hosts: readonly RepositoryHost[];
  /** Runs of one person that may wait or run at the same time. */
  maxWaitingPerPerson: number;
}

/** Templates and their runs. */
export interface ScaffolderService {
  actions(caller: Caller): Promise<EndpointReply<typeof listActions>>;
  extensions(caller: Caller): Promise<EndpointReply<typeof listTemplatingExtensions>>;
  parameterSchema(caller: Caller, name: TemplateName): Promise<TemplateParameterSchema>;
  listTemplates(caller: Caller): Promise<{ templates: TemplateSummary[]; isTruncated: boolean }>;
  template(caller: Caller, name: TemplateName): Promise<EndpointReply<typeof getTemplateDetails>>;
  hosts(caller: Caller): Promise<{ hosts: RepositoryHost[] }>;
  plan(
    caller: Caller,
    input: EndpointRequest<typeof planRun>['body'],
  ): Promise<EndpointReply<typeof planRun>>;
  start(
    caller: Caller,
    input: EndpointRequest<typeof createTask>['body'],
    idempotencyKey: string | undefined,
  ): Promise<{ id: string }>;
  dryRun(
    caller: Caller,
    input: EndpointRequest<typeof dryRunTemplate>['body'],
    signal: AbortSignal,
  ): Promise<EndpointReply<typeof dryRunTemplate>>;
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

/** Templates that one answer lists. */
const MAX_TEMPLATES = 1_000;
/** Entries of a log in one answer. */
const MAX_EVENTS = 1_000;

export function createScaffolderService(options: ScaffolderServiceOptions): ScaffolderService {
  const { templates, runs, engine, actions } = options;
  const knowsAction = (id: string) => actions.has(id);
  /** The engine has deadlines of its own, and what people wait for is short. */
  const { signal } = new AbortController();

  async function usableTemplate(ref: string) {
    const found = await templates.find(ref);
    const template = demandTemplate(found.entity);
    const problems = await checkTemplate(template, { engine, knowsAction }, signal);
    if (problems.length > 0) throw unusable(problems);
    return { ...found, template };
  }

  const author = async ({ actor: { ref } }: Caller) => ({ ref, entity: await templates.person(ref) });

  async function demandRun(taskId: string) {
    const details = await runs.find(taskId);
    if (details) return details;
    throw new AppError('scaffolder.run-not-found', `There is no run ${taskId}.`);
  }

  const shown = async (caller: Caller, taskId: string): Promise<Run> =>
    runOf(await demandRun(taskId), { actions, viewer: caller.actor.ref });

  return {
    actions: async () => [...actions.values()].map(describeAction),
    extensions: async () => templatingExtensions,
    async parameterSchema(_caller, name) {
      return parameterSchemaOf(demandTemplate((await templates.find(refOf(name))).entity));
    },

    async listTemplates() {
      const [{ entities, isTruncated }, statistics] = await Promise.all([
        templates.list(MAX_TEMPLATES),
        runs.statistics(),
      ]);
      const summaries = entities.map(async ({ ref, entity }) => {
        const problems = await problemsOf(entity, { engine, knowsAction }, signal);
        return describeTemplate(ref, entity, statistics.get(ref), problems.length);
      });
      return { templates: await Promise.all(summaries), isTruncated };
    },

    async template(_caller, name) {
      const { ref, entity } = await templates.find(refOf(name));
      const [problems, statistics] = await Promise.all([
        problemsOf(entity, { engine, knowsAction }, signal),
        runs.statistics(),
      ]);
      const read = readTemplate(entity);
      const steps = 'template' in read ? read.template.steps : [];
      return {
        ...describeTemplate(ref, entity, statistics.get(ref), problems.length),
        steps: steps.map(({ id, name: title, action }) => ({ id, name: title, action })),
        problems,
      };
    },

    hosts: async () => ({ hosts: [...options.hosts] }),

    async plan(caller, { templateRef, values, secretNames }) {
      const { template, ref } = await usableTemplate(templateRef);
      const spec = specOf(template, ref, values, await author(caller));
      const given = Object.fromEntries(secretNames.map((name) => [name, '']));
      return planOf({ template, spec, secrets: given }, { engine, actions, actor: caller.actor, signal });
    },

    async start(caller, { templateRef, values, secrets = {}, visitId }, idempotencyKey) {
      const { template, ref } = await usableTemplate(templateRef);
      await demandValues(template, { values, secrets }, engine, signal);
      const place = await options.placeOf(ref);
      if (!place)
        throw new AppError('scaffolder.template-not-found', `The template ${ref} has just left the catalog.`);
      const spec = specOf(template, ref, values, await author(caller));
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

    async dryRun(caller, { template: entity, values, secrets = {}, directoryContents }, callerSignal) {
      // Everything of it that is used is checked when it is read.
      const template = demandTemplate(entity as unknown as Entity);
      await demandValues(template, { values, secrets }, engine, signal);
      const spec = specOf(template, `template:default/${template.name}`, values, await author(caller));
      try {
        return await options.dryRunner.run(
          { spec, secrets, directoryContents, actor: caller.actor },
          callerSignal,
        );
      } catch (error) {
        if (!(error instanceof StepProblemError)) throw error;
        const { at, message, hint } = error.problem;
        throw new AppError(
          'scaffolder.dry-run-failed',
          `${at === undefined ? '' : `Step "${at}": `}${message} ${hint}`,
        );
      }
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
      await demandRun(taskId);
      return runs.events(taskId, after, MAX_EVENTS);
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
      const { summary, undoState } = await demandRun(taskId);
      throw notPossible(
        undoState === 'running'
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

function refOf({ kind, namespace, name }: TemplateName): string {
  return `${kind}:${namespace}/${name}`;
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
