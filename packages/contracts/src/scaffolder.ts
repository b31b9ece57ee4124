import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { taskParams, taskStatuses, templateNameParams } from './scaffolder-protocol.ts';

/** A sentence about what is wrong with a template or a run of it, and what to do. */
export const scaffolderProblemSchema = z.object({
  code: z.string(),
  message: z.string(),
  hint: z.string(),
  /** The step or field that it is about. */
  at: z.string().optional(),
  /** The name that is not known, of an action, a field, a filter or a function. */
  subject: z.string().optional(),
  /** Only in an error of rendering. */
  file: z.string().optional(),
  line: z.int().optional(),
});
export type ScaffolderProblem = z.output<typeof scaffolderProblemSchema>;

/** A template of the gallery, with how it fared so far. */
export const templateSummarySchema = z.object({
  ref: z.string(),
  title: z.string(),
  description: z.string().optional(),
  type: z.string(),
  owner: z.string().optional(),
  tags: z.array(z.string()),
  /** Runs that have ended, the share that completed (0 to 1), and the median duration of the newest 100 that did. */
  runCount: z.int(),
  successRate: z.number().optional(),
  medianDurationMs: z.int().optional(),
  lastRunAt: z.string().optional(),
  /** What this server lacks to run it. */
  problemCount: z.int(),
});
export type TemplateSummary = z.output<typeof templateSummarySchema>;

/** Templates of the catalog with how they fared. */
export const listTemplates = defineEndpoint({
  name: 'listTemplates',
  method: 'GET',
  path: '/api/scaffolder/templates',
  summary: 'Templates of the catalog with how they fared',
  tag: 'scaffolder',
  permission: 'scaffolder.template.parameter.read',
  reply: z.object({ templates: z.array(templateSummarySchema), isTruncated: z.boolean() }),
});

/** A template: how it fared, what this server lacks to run it, its steps. */
export const getTemplateDetails = defineEndpoint({
  name: 'getTemplateDetails',
  method: 'GET',
  path: '/api/scaffolder/templates/:namespace/:kind/:name',
  summary: 'A template: how it fared, what this server lacks to run it, its steps',
  tag: 'scaffolder',
  permission: 'scaffolder.template.parameter.read',
  params: templateNameParams,
  reply: templateSummarySchema.extend({
    steps: z.array(z.object({ id: z.string(), name: z.string(), action: z.string() })),
    problems: z.array(scaffolderProblemSchema),
  }),
});

/** A host of Git repositories that this server knows, for fields that ask for a repository. */
export const repositoryHostSchema = z.object({
  /** With the port if it has one. */
  host: z.string(),
  /** `waymark`: the hosting of this server itself. */
  type: z.enum(['github', 'gitlab', 'waymark']),
  title: z.string(),
});
export type RepositoryHost = z.output<typeof repositoryHostSchema>;

/** Where repositories can be made. */
export const listRepositoryHosts = defineEndpoint({
  name: 'listRepositoryHosts',
  method: 'GET',
  path: '/api/scaffolder/hosts',
  summary: 'Hosts of Git repositories that templates can publish to',
  tag: 'scaffolder',
  permission: 'scaffolder.template.parameter.read',
  reply: z.object({ hosts: z.array(repositoryHostSchema) }),
});

/** Something that a run made outside Waymark's own tables, or will make. */
export const runEffectSchema = z.object({
  id: z.string(),
  stepId: z.string(),
  kind: z.enum(['repository', 'branch', 'pull-request', 'webhook', 'registration', 'notification', 'other']),
  title: z.string(),
  url: z.string().optional(),
  /** `intended`: begun, and nobody knows yet whether it is there. */
  state: z.enum(['intended', 'done', 'undone', 'undo-failed']),
  /** Whether Waymark can take it back. */
  canUndo: z.boolean(),
  problem: z.string().optional(),
});
export type RunEffect = z.output<typeof runEffectSchema>;

/** A run as the portal lists it. */
export const runSummarySchema = z.object({
  id: z.uuid(),
  templateRef: z.string(),
  templateTitle: z.string(),
  status: z.enum(taskStatuses),
  createdBy: z.string(),
  createdAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  /** The step that runs or at which it ended. */
  stepName: z.string().optional(),
  stepCount: z.int(),
  completedStepCount: z.int(),
  /** The first entity that it registered. */
  entityRef: z.string().optional(),
  /** Whether somebody has asked to take back what it made, and what came of it. */
  undo: z.object({ state: z.enum(['running', 'done', 'failed']) }).optional(),
});
export type RunSummary = z.output<typeof runSummarySchema>;

const runStepSchema = z.object({
  id: z.string(),
  name: z.string(),
  action: z.string(),
  status: z.enum(taskStatuses),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
});

const outputEntrySchema = z.object({
  title: z.string().optional(),
  icon: z.string().optional(),
});

/** A run with everything that its page shows. */
export const runSchema = runSummarySchema.extend({
  /** Commit or digest of the template's files that it ran with. */
  templateVersion: z.string().optional(),
  values: z.record(z.string(), z.unknown()),
  steps: z.array(runStepSchema),
  effects: z.array(runEffectSchema),
  links: z.array(outputEntrySchema.extend({ url: z.string().optional(), entityRef: z.string().optional() })),
  texts: z.array(outputEntrySchema.extend({ content: z.string() })),
  error: scaffolderProblemSchema.extend({ stepId: z.string().optional() }).optional(),
  /** Runs before it in the queue, while it waits. */
  queuePosition: z.int().optional(),
  /** Of what the person who asks may do with it now. */
  can: z.object({ cancel: z.boolean(), retry: z.boolean(), undo: z.boolean(), repeat: z.boolean() }),
});
export type Run = z.output<typeof runSchema>;

/** Runs of templates, the newest first. */
export const listRuns = defineEndpoint({
  name: 'listRuns',
  method: 'GET',
  path: '/api/scaffolder/runs',
  summary: 'Runs of templates, the newest first',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  query: z.object({
    scope: z.enum(['mine', 'all']).default('mine'),
    status: z.enum(taskStatuses).optional(),
    templateRef: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: z.string().max(200).optional(),
  }),
  reply: z.object({ runs: z.array(runSummarySchema), nextCursor: z.string().optional() }),
});

/** A run with its steps, what it made outside, and what can be done with it. */
export const getRun = defineEndpoint({
  name: 'getRun',
  method: 'GET',
  path: '/api/scaffolder/runs/:taskId',
  summary: 'A run with its steps, what it made outside, and what can be done with it',
  tag: 'scaffolder',
  permission: 'scaffolder.task.read',
  params: taskParams,
  reply: runSchema,
});

/** Take back what a run made outside, the newest first. */
export const undoRun = defineEndpoint({
  name: 'undoRun',
  method: 'POST',
  path: '/api/scaffolder/runs/:taskId/undo',
  summary: 'Take back what a run made outside, the newest first',
  tag: 'scaffolder',
  permission: 'scaffolder.task.cancel',
  params: taskParams,
  reply: runSchema,
});

/** A sentence of what a run will do outside. */
export const plannedEffectSchema = z.object({
  stepId: z.string(),
  stepName: z.string(),
  sentence: z.string(),
  /** Whether it depends on what only the run itself will know. */
  isConditional: z.boolean(),
});

/** What a run with these answers would do, and what would stop it. */
export const planRun = defineEndpoint({
  name: 'planRun',
  method: 'POST',
  path: '/api/scaffolder/plan',
  summary: 'What a run with these answers would do, and what would stop it',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  body: z.object({
    templateRef: z.string().max(500),
    values: z.record(z.string().max(200), z.json()),
    /** Names of the secrets that will be given. */
    secretNames: z.array(z.string().max(200)).max(100).default([]),
  }),
  reply: z.object({
    effects: z.array(plannedEffectSchema),
    problems: z.array(scaffolderProblemSchema),
  }),
});
export type RunPlan = z.output<typeof planRun.reply>;

/** Notes how far a person has come in the form of a template, so that it is known where forms are given up. */
export const noteVisit = defineEndpoint({
  name: 'noteVisit',
  method: 'PUT',
  path: '/api/scaffolder/visits/:visitId',
  summary: 'Note how far somebody has come in the forms of a template',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  params: z.object({ visitId: z.uuid() }),
  body: z.object({
    templateRef: z.string().max(500),
    pageCount: z.int().min(0).max(100),
    /** From 0; equal to `pageCount` for the review. */
    page: z.int().min(0).max(100),
  }),
  status: 204,
  reply: z.null(),
});
