import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { asOfParameter, commaList } from './query-parameters.ts';

/** Bounds of a neighbourhood: beyond them it is summarised, never cut silently. */
export const graphLimits = { defaultDepth: 1, maxDepth: 6, defaultNodes: 200, maxNodes: 500 } as const;

const refParameter = z.string().min(1).max(400);

/** What a list or a picture shows of an entity. `isMissing`: others refer to it, the catalog does not have it. */
export const graphNodeSchema = z.object({
  ref: z.string(),
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
  title: z.string().optional(),
  type: z.string().optional(),
  lifecycle: z.string().optional(),
  ownerRef: z.string().optional(),
  systemRef: z.string().optional(),
  domainRef: z.string().optional(),
  /** Steps from the nearest root. */
  depth: z.int(),
  isMissing: z.boolean(),
});
export type GraphNode = z.output<typeof graphNodeSchema>;

/**
 * One relation, told once: of each pair (`dependsOn`/`dependencyOf`) the forward direction. `source`
 * and `target` are refs.
 */
export const graphEdgeSchema = z.object({ source: z.string(), target: z.string(), type: z.string() });
export type GraphEdge = z.output<typeof graphEdgeSchema>;

/** `GET graph`: the neighbourhood of some entities. */
export const getGraph = defineEndpoint({
  name: 'getGraph',
  method: 'GET',
  path: '/api/catalog/graph',
  summary: 'Entities around given ones, with the relations between them',
  tag: 'graph',
  permission: 'catalog.entity.read',
  query: z.object({
    root: z
      .union([refParameter, z.array(refParameter).min(1).max(20)])
      .transform((value) => (Array.isArray(value) ? value : [value])),
    depth: z.coerce.number().int().min(0).max(graphLimits.maxDepth).default(graphLimits.defaultDepth),
    kinds: commaList(1000).describe('Kinds to show; without it, all'),
    relations: commaList(1000).describe('Forward relation types to follow, e.g. dependsOn; without it, all'),
    direction: z
      .enum(['both', 'forward', 'backward'])
      .default('both')
      .describe('`forward` follows relations from their source, `backward` from their target'),
    limit: z.coerce.number().int().min(1).max(graphLimits.maxNodes).default(graphLimits.defaultNodes),
    asOf: asOfParameter,
  }),
  reply: z.object({
    rootRefs: z.array(z.string()),
    nodes: z.array(graphNodeSchema),
    edges: z.array(graphEdgeSchema),
    /** Nodes that the neighbourhood has; more than `nodes` holds when it is larger than the limit. */
    totalNodes: z.int(),
    /** What was left out, by kind. Empty when nothing was. */
    omitted: z.array(z.object({ kind: z.string(), count: z.int() })),
    /** Set when counting ended early in a very large neighbourhood: `totalNodes` and `omitted` are lower bounds. */
    isCountLimited: z.literal(true).optional(),
  }),
});

/** `GET impact`: who is affected when an entity is down. */
export const getImpact = defineEndpoint({
  name: 'getImpact',
  method: 'GET',
  path: '/api/catalog/impact',
  summary: 'What an outage of an entity reaches, and whom to tell',
  tag: 'graph',
  permission: 'catalog.entity.read',
  query: z.object({
    entityRef: refParameter,
    depth: z.coerce.number().int().min(1).max(20).default(10),
    limit: z.coerce.number().int().min(1).max(2000).default(500),
  }),
  reply: z.object({
    ref: z.string(),
    /** Nearest first. `via` is the affected entity that leads here, or the one that is down. */
    affected: z.array(graphNodeSchema.extend({ via: z.string(), viaRelation: z.string() })),
    totalAffected: z.int(),
    /** Set when counting ended early: `totalAffected` and the counts of owners are lower bounds. */
    isCountLimited: z.literal(true).optional(),
    /** Owners of what is affected, with the most affected first; `ref` is absent for what nobody owns. */
    owners: z.array(
      z.object({
        ref: z.string().optional(),
        title: z.string().optional(),
        email: z.string().optional(),
        affectedCount: z.int(),
        nearestDepth: z.int(),
      }),
    ),
    /** How many owners there are, where `owners` holds at most as many as `limit`. */
    totalOwners: z.int().optional(),
  }),
});
