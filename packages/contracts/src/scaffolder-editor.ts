import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { scaffolderProblemSchema } from './scaffolder.ts';
import {
  getTemplateParameterSchema,
  templateDraftSchema,
  templateNameParams,
} from './scaffolder-protocol.ts';

/*
 * What the template editor needs: the files of a template, and what is wrong with one that is registered nowhere.
 */

/** Beyond these the files of a template are not given: nobody edits so much in a browser. Bytes are of all together. */
export const templateFileLimits = { maxFiles: 500, maxBytes: 4 * 1024 * 1024 } as const;

/** A file that lies in the folder of a template. */
export const templateFileSchema = z.object({
  /** Relative to the folder of the template, with `/`. */
  path: z.string(),
  base64Content: z.string(),
  executable: z.boolean(),
});
export type TemplateFile = z.output<typeof templateFileSchema>;

/** The files in the folder of a template, as they were at the revision that the catalog has read. */
export const getTemplateFiles = defineEndpoint({
  name: 'getTemplateFiles',
  method: 'GET',
  path: '/api/scaffolder/templates/:namespace/:kind/:name/files',
  summary: 'The files in the folder of a template, at the revision that the catalog has read',
  tag: 'scaffolder',
  permission: 'scaffolder.template.parameter.read',
  params: templateNameParams,
  reply: z.object({
    /** Commit, or a digest where there is none: equal means equal files. */
    revision: z.string(),
    /** Which of the files describes the template. */
    templatePath: z.string(),
    files: z.array(templateFileSchema),
  }),
});
export type TemplateFiles = z.output<typeof getTemplateFiles.reply>;

/** The forms of a template that need not be registered, and everything that stands against it. */
export const checkTemplateDraft = defineEndpoint({
  name: 'checkTemplateDraft',
  method: 'POST',
  path: '/api/scaffolder/check',
  summary: 'The forms of a template that need not be registered, and what stands against it',
  tag: 'scaffolder',
  permission: 'scaffolder.template.dry-run',
  body: z.object({ template: templateDraftSchema }),
  reply: z.object({
    /** Absent when the template has not the shape of one: then `problems` say why. */
    form: getTemplateParameterSchema.reply.optional(),
    /** In the order in which they are to be put right first. */
    problems: z.array(scaffolderProblemSchema),
    /** In their order; empty when the template has not the shape of one. */
    steps: z.array(z.object({ id: z.string(), name: z.string(), action: z.string() })),
  }),
});
export type TemplateCheck = z.output<typeof checkTemplateDraft.reply>;
