import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { getTemplateDetails, planRun, scaffolderProblemSchema } from './scaffolder.ts';

/**
 * Of one preview. More files are counted and left out; a larger text comes without its content, as do the last ones
 * when all texts together have more bytes. Of so many files in a place that exists already it is said what they replace.
 */
export const previewLimits = {
  maxFiles: 2_000,
  maxTextBytes: 256 * 1024,
  maxBytes: 4 * 1024 * 1024,
  maxReplaced: 100,
} as const;

/** A file as a run would leave it. */
export const previewFileSchema = z.object({
  /** In the repository, or in the workspace where nothing is published. */
  path: z.string(),
  bytes: z.int(),
  isExecutable: z.boolean(),
  /** Against what is there now; everything in a new repository is added. */
  change: z.enum(['added', 'changed', 'unchanged', 'removed']),
  /** Left out of what is no text, and of what is too large to be shown. */
  text: z.string().optional(),
  /** What is there now, of a text that is changed or removed. */
  before: z.string().optional(),
});
export type PreviewFile = z.output<typeof previewFileSchema>;

/** What one step would publish. */
export const publicationSchema = z.object({
  /** Empty for the workspace itself, where no step publishes it. */
  stepId: z.string(),
  stepName: z.string(),
  /** Where the files go, for people: `acme/shop on github.com`. */
  title: z.string(),
  /** Whether there is something already: then `change` tells what becomes of it. */
  isExisting: z.boolean(),
  files: z.array(previewFileSchema),
  /** How many there are beyond those that are listed. */
  moreFiles: z.int(),
});
export type Publication = z.output<typeof publicationSchema>;

/**
 * The files that a run with these answers would make: a dry run with the template's own files, in which nothing is made
 * outside. What depends on the output of a step that makes something is made up by the schema of its action.
 */
export const previewRun = defineEndpoint({
  name: 'previewRun',
  method: 'POST',
  path: '/api/scaffolder/preview',
  summary: 'The files that a run with these answers would make',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  body: planRun.body,
  reply: z.object({
    publications: z.array(publicationSchema),
    /** Why it goes no further than this. */
    problem: scaffolderProblemSchema.optional(),
  }),
});
export type RunPreview = z.output<typeof previewRun.reply>;

/** What a template makes, by the example of answers that its form suggests. No repository is looked into. */
export const previewTemplate = defineEndpoint({
  name: 'previewTemplate',
  method: 'GET',
  path: '/api/scaffolder/templates/:namespace/:kind/:name/preview',
  summary: 'The files that a template makes, by an example',
  tag: 'scaffolder',
  permission: 'scaffolder.task.create',
  params: getTemplateDetails.params,
  reply: previewRun.reply.extend({
    /** The answers of the example. They need not fit every rule of the form. */
    values: z.record(z.string(), z.json()),
  }),
});
export type TemplatePreview = z.output<typeof previewTemplate.reply>;
