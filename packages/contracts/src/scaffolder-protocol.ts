import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { repeatable } from './query-parameters.ts';

/*
 * Backstage's scaffolder protocol: what its `ScaffolderClient` speaks. A run of a template is called a task here.
 */

/** State of a run, and of a step of it; only a step is `skipped`. */
export const taskStatuses = ['open', 'processing', 'completed', 'failed', 'cancelled', 'skipped'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Most bytes of an idempotency key. */
const MAX_KEY_LENGTH = 200;
const MAX_PAGE = 100;

/** Answers to the forms of a template, by name. */
const valuesSchema = z.record(z.string().max(200), z.json());
/** What templates may use and nobody sees again. */
const secretsSchema = z.record(z.string().max(200), z.string().max(20_000));

/** The id of a run in a path. */
export const taskParams = z.object({ taskId: z.uuid() });
/** The parts of the reference of a template in a path. */
export const templateNameParams = z.object({
  namespace: z.string().max(100),
  kind: z.string().max(100),
  name: z.string().max(200),
});

/** A task as Backstage shows it: its `spec` holds the steps and answers as they were at the start. */
export const taskSchema = z.object({
  id: z.uuid(),
  spec: z.record(z.string(), z.unknown()),
  status: z.enum(taskStatuses),
  createdAt: z.string(),
  lastHeartbeatAt: z.string().optional(),
  createdBy: z.string(),
});
export type ScaffolderTask = z.output<typeof taskSchema>;

/** An entry of the log of a run. */
export const taskEventSchema = z.object({
  id: z.int(),
  taskId: z.uuid(),
  type: z.enum(['log', 'completion', 'cancelled', 'recovered']),
  createdAt: z.string(),
  body: z.looseObject({
    message: z.string(),
    stepId: z.string().optional(),
    status: z.enum(taskStatuses).optional(),
    /** Of an entry that is no plain message: how it is shown. */
    level: z.enum(['info', 'warn', 'error']).optional(),
    output: z.unknown().optional(),
    error: z.object({ name: z.string(), message: z.string(), hint: z.string().optional() }).optional(),
  }),
});
export type TaskEvent = z.output<typeof taskEventSchema>;

/** Run a template. With the header Idempotency-Key the same request starts one run, however often it is sent. */
export const createTask = defineEndpoint({
  name: 'createTask',
  method: 'POST',
  path: '/api/scaffolder/v2/tasks',
  summary:
    'Run a template. With the header Idempotency-Key the same request starts one run, however often it is sent',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  body: z.object({
    templateRef: z.string().max(500),
    values: valuesSchema,
    secrets: secretsSchema.optional(),
    /** The opening of the form that these answers come from; see `noteVisit`. */
    visitId: z.uuid().optional(),
  }),
  status: 201,
  reply: z.object({ id: z.uuid() }),
});

/** The header that makes starting a run safe to repeat. */
export const idempotencyHeader = { name: 'idempotency-key', maxLength: MAX_KEY_LENGTH } as const;

/** Runs of templates, the newest first. */
export const listTasks = defineEndpoint({
  name: 'listTasks',
  method: 'GET',
  path: '/api/scaffolder/v2/tasks',
  summary: 'Runs of templates, the newest first',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  query: z.object({
    createdBy: repeatable(20, 500),
    status: repeatable(10, 20),
    limit: z.coerce.number().int().min(0).max(MAX_PAGE).optional(),
    offset: z.coerce.number().int().min(0).max(100_000).optional(),
  }),
  reply: z.object({ tasks: z.array(taskSchema), totalTasks: z.int() }),
});

/** One run of a template. */
export const getTask = defineEndpoint({
  name: 'getTask',
  method: 'GET',
  path: '/api/scaffolder/v2/tasks/:taskId',
  summary: 'One run of a template',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  params: taskParams,
  reply: taskSchema,
});

/** Stop a run. A step that has begun ends first where it cannot be broken off. */
export const cancelTask = defineEndpoint({
  name: 'cancelTask',
  method: 'POST',
  path: '/api/scaffolder/v2/tasks/:taskId/cancel',
  summary: 'Stop a run. A step that has begun ends first where it cannot be broken off',
  tag: 'scaffolder',
  permission: 'scaffolder.task.cancel',
  params: taskParams,
  reply: z.object({ status: z.enum(taskStatuses) }),
});

/** Go on with a failed run at the step that failed. */
export const retryTask = defineEndpoint({
  name: 'retryTask',
  method: 'POST',
  path: '/api/scaffolder/v2/tasks/:taskId/retry',
  summary: 'Go on with a failed run at the step that failed',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  params: taskParams,
  body: z.object({ secrets: secretsSchema.optional() }).nullish(),
  status: 201,
  reply: z.object({ id: z.uuid() }),
});

const afterQuery = z.object({
  /** Only entries with a greater id. */
  after: z.coerce.number().int().min(0).optional(),
});

/** The log of a run; waits for news when there is none. */
export const listTaskEvents = defineEndpoint({
  name: 'listTaskEvents',
  method: 'GET',
  path: '/api/scaffolder/v2/tasks/:taskId/events',
  summary: 'The log of a run; waits for news when there is none',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  params: taskParams,
  query: afterQuery,
  reply: z.array(taskEventSchema),
});

/** The log of a run as it grows, as server-sent events named log, completion, cancelled and recovered. */
export const streamTaskEvents = defineEndpoint({
  name: 'streamTaskEvents',
  method: 'GET',
  path: '/api/scaffolder/v2/tasks/:taskId/eventstream',
  summary:
    'The log of a run as it grows, as server-sent events named log, completion, cancelled and recovered',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  params: taskParams,
  query: afterQuery,
  reply: z.string().describe('text/event-stream'),
});

/** What a step may do, with the schema of what it takes and gives. */
export const actionSchema = z.object({
  id: z.string(),
  description: z.string(),
  schema: z.object({
    input: z.record(z.string(), z.unknown()),
    output: z.record(z.string(), z.unknown()),
  }),
  examples: z.array(z.object({ description: z.string(), example: z.string() })),
  /** What a dry run does with it: carries it out, or makes up its output by the schema. */
  dryRun: z.enum(['runs', 'skips']).optional(),
  /** Whether what it makes outside can be taken back by Waymark. */
  canUndo: z.boolean().optional(),
});
export type ScaffolderActionDescription = z.output<typeof actionSchema>;

/** What steps of a template may do. */
export const listActions = defineEndpoint({
  name: 'listActions',
  method: 'GET',
  path: '/api/scaffolder/v2/actions',
  summary: 'What steps of a template may do',
  tag: 'scaffolder',
  permission: 'scaffolder.action.read',
  reply: z.array(actionSchema),
});

/** Filters and functions that templates have beside those of Nunjucks. */
export const listTemplatingExtensions = defineEndpoint({
  name: 'listTemplatingExtensions',
  method: 'GET',
  path: '/api/scaffolder/v2/templating-extensions',
  summary: 'Filters and functions that templates have beside those of Nunjucks',
  tag: 'scaffolder',
  permission: 'scaffolder.action.read',
  reply: z.object({
    filters: z.record(z.string(), z.object({ description: z.string() })),
    globals: z.object({
      functions: z.record(z.string(), z.object({ description: z.string() })),
      values: z.record(z.string(), z.object({ value: z.json() })),
    }),
  }),
});

/** The forms of a template. */
export const getTemplateParameterSchema = defineEndpoint({
  name: 'getTemplateParameterSchema',
  method: 'GET',
  path: '/api/scaffolder/v2/templates/:namespace/:kind/:name/parameter-schema',
  summary: 'The forms of a template',
  tag: 'scaffolder',
  permission: 'scaffolder.template.parameter.read',
  params: templateNameParams,
  reply: z.object({
    title: z.string(),
    description: z.string().optional(),
    presentation: z.record(z.string(), z.unknown()).optional(),
    steps: z.array(
      z.object({
        title: z.string(),
        description: z.string().optional(),
        when: z.union([z.string(), z.boolean()]).optional(),
        schema: z.record(z.string(), z.unknown()),
      }),
    ),
    formDecorators: z.array(z.record(z.string(), z.unknown())).optional(),
    EXPERIMENTAL_formDecorators: z.array(z.record(z.string(), z.unknown())).optional(),
  }),
});
export type TemplateParameterSchema = z.output<typeof getTemplateParameterSchema.reply>;

/** As much of a Template entity as every one has. What its `spec` holds is judged by the server. */
export const templateDraftSchema = z.looseObject({
  apiVersion: z.string().max(200),
  kind: z.literal('Template'),
  metadata: z.looseObject({
    name: z.string().min(1).max(200),
    title: z.string().optional(),
    description: z.string().optional(),
    tags: z.array(z.string()).optional(),
  }),
  spec: z.record(z.string(), z.json()),
});

const contentSchema = z.object({ path: z.string().max(1000), base64Content: z.string() });
/** A template comes with its files: 6 MiB of them, a third more in base64. */
const MAX_DRY_RUN_BYTES = 8 * 1024 * 1024;

/** Run a template that need not be registered, without any effect outside. */
export const dryRunTemplate = defineEndpoint({
  name: 'dryRunTemplate',
  method: 'POST',
  path: '/api/scaffolder/v2/dry-run',
  summary: 'Run a template that need not be registered, without any effect outside',
  tag: 'scaffolder',
  permission: 'scaffolder.template.dry-run',
  maxBodyBytes: MAX_DRY_RUN_BYTES,
  body: z.object({
    template: templateDraftSchema,
    values: valuesSchema,
    secrets: secretsSchema.optional(),
    directoryContents: z.array(contentSchema).max(5_000),
  }),
  reply: z.object({
    directoryContents: z.array(contentSchema.extend({ executable: z.boolean().optional() })),
    log: z.array(taskEventSchema.pick({ body: true })),
    steps: z.array(z.record(z.string(), z.unknown())),
    output: z.record(z.string(), z.unknown()),
  }),
});
