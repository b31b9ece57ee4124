import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { entityNameParams } from './entity.ts';

/** Formats that have a viewer of their own; everything else is shown as text. */
export const definitionFormatSchema = z.enum(['openapi', 'asyncapi', 'graphql', 'grpc', 'text']);
export type DefinitionFormat = z.output<typeof definitionFormatSchema>;

/** A field, an argument or an input field of a GraphQL schema; types are written as in SDL: `[Order!]!`. */
const graphqlInputSchema = z.object({
  name: z.string(),
  type: z.string(),
  default: z.string().optional(),
  description: z.string().optional(),
  /** Why it should not be used any more. */
  deprecated: z.string().optional(),
});

/** The model of a `graphql` definition: its types in the order of the text. */
export const graphqlOutlineSchema = z.object({
  types: z.array(
    z.object({
      kind: z.enum(['object', 'interface', 'input', 'enum', 'union', 'scalar']),
      name: z.string(),
      /** Set for the types at which operations begin. */
      role: z.enum(['query', 'mutation', 'subscription']).optional(),
      description: z.string().optional(),
      interfaces: z.array(z.string()),
      /** Members of a union. */
      members: z.array(z.string()),
      fields: z.array(graphqlInputSchema.extend({ arguments: z.array(graphqlInputSchema) })),
      values: z.array(graphqlInputSchema.pick({ name: true, description: true, deprecated: true })),
    }),
  ),
  directives: z.array(
    z.object({
      name: z.string(),
      description: z.string().optional(),
      arguments: z.array(graphqlInputSchema),
      locations: z.array(z.string()),
    }),
  ),
});
export type GraphqlOutline = z.output<typeof graphqlOutlineSchema>;

const grpcFieldSchema = z.object({
  name: z.string(),
  number: z.int(),
  /** As written: a scalar, or the name of a message or an enumeration; of a map its values' type. */
  type: z.string(),
  label: z.enum(['single', 'optional', 'required', 'repeated', 'map']),
  /** Type of a map's keys. */
  keyType: z.string().optional(),
  oneof: z.string().optional(),
  comment: z.string().optional(),
  isDeprecated: z.boolean(),
});

/** The model of a `grpc` definition. Names of nested messages are dotted: `Order.Line`. */
export const grpcOutlineSchema = z.object({
  package: z.string(),
  imports: z.array(z.string()),
  services: z.array(
    z.object({
      name: z.string(),
      comment: z.string().optional(),
      procedures: z.array(
        z.object({
          name: z.string(),
          request: z.string(),
          reply: z.string(),
          streamsRequests: z.boolean(),
          streamsReplies: z.boolean(),
          comment: z.string().optional(),
          isDeprecated: z.boolean(),
        }),
      ),
    }),
  ),
  messages: z.array(
    z.object({
      name: z.string(),
      comment: z.string().optional(),
      fields: z.array(grpcFieldSchema),
      /** Numbers as ranges, both ends included, and names. */
      reservedNumbers: z.array(z.tuple([z.int(), z.int()])),
      reservedNames: z.array(z.string()),
    }),
  ),
  enumerations: z.array(
    z.object({
      name: z.string(),
      comment: z.string().optional(),
      values: z.array(z.object({ name: z.string(), number: z.int(), comment: z.string().optional() })),
    }),
  ),
});
export type GrpcOutline = z.output<typeof grpcOutlineSchema>;

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
     * `grpc` the outlines above. Absent for `text` and when it cannot be parsed.
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
