import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams } from './entity.ts';

/** Formats that have a viewer of their own; everything else is shown as text. */
export const definitionFormatSchema = z.enum(['openapi', 'asyncapi', 'graphql', 'grpc', 'text']);
export type DefinitionFormat = z.output<typeof definitionFormatSchema>;

/** `GET …/definition`: the definition of an API, parsed on the server for its viewer. */
export const getApiDefinition = defineEndpoint({
  name: 'getApiDefinition',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/definition',
  summary: 'The definition of an API, parsed for its viewer',
  tag: 'api-definitions',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  reply: z.object({
    format: definitionFormatSchema,
    /** The definition as written. */
    text: z.string(),
    /**
     * What the viewer of the format shows: for `openapi` the document as an object with sanitised
     * descriptions, for `asyncapi` the string that `stringify` of its parser gives, for `graphql` and
     * `grpc` the outline of the module `api-definitions`. Absent for `text` and when it cannot be parsed.
     */
    model: z.unknown().optional(),
    problems: z.array(z.object({ message: z.string(), line: z.int().optional() })),
  }),
});

/** How a change of a definition touches those who use it. */
export const definitionChangeLevelSchema = z.enum(['breaking', 'compatible', 'unclear']);

/** `GET …/definition/changes`: what the last change of a definition means for its consumers. */
export const getApiDefinitionChanges = defineEndpoint({
  name: 'getApiDefinitionChanges',
  method: 'GET',
  path: '/api/catalog/entities/by-name/:kind/:namespace/:name/definition/changes',
  summary: 'Differences between two versions of an API definition, breaking ones marked',
  tag: 'api-definitions',
  permission: 'catalog.entity.read',
  params: entityNameParams,
  query: z.object({
    /** Version (as in the history) to compare with; without it, the last one whose definition differs. */
    from: z.string().max(100).optional(),
    to: z.string().max(100).optional(),
  }),
  reply: z.object({
    format: definitionFormatSchema,
    /** Absent when the definition has had one version only. */
    from: z
      .object({ id: z.string(), at: z.iso.datetime(), revision: z.string().optional(), text: z.string() })
      .optional(),
    to: z.object({
      id: z.string(),
      at: z.iso.datetime(),
      revision: z.string().optional(),
      text: z.string(),
    }),
    changes: z.array(z.object({ level: definitionChangeLevelSchema, path: z.string(), message: z.string() })),
  }),
});
export type DefinitionChange = z.output<typeof getApiDefinitionChanges.reply>['changes'][number];
