import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';
import { graphNodeSchema } from './graph.ts';

/**
 * What can be wrong with ownership. `unowned`: a kind that should have an owner and names none;
 * `owner-unknown`: names one that the catalog does not have; `owner-without-members`: a group that
 * owns something and that nobody belongs to; `orphan`: its source no longer provides it, or nothing
 * does; `stale`: its source has not been read within its freshness target; `conflict`: a ref that several documents claim.
 */
export const ownershipCheckSchema = z.enum([
  'unowned',
  'owner-unknown',
  'owner-without-members',
  'orphan',
  'stale',
  'conflict',
]);
export type OwnershipCheck = z.output<typeof ownershipCheckSchema>;

/** `GET ownership`: how many entities fail each check. */
export const getOwnershipSummary = defineEndpoint({
  name: 'getOwnershipSummary',
  method: 'GET',
  path: '/api/catalog/ownership',
  summary: 'What is wrong with ownership, counted',
  tag: 'ownership',
  permission: 'catalog.entity.read',
  reply: z.object({
    totalEntities: z.int(),
    checks: z.array(z.object({ check: ownershipCheckSchema, count: z.int() })),
  }),
});

/** `GET ownership/:check`: the entities that fail one check, by ref, each with its fix. */
export const listOwnershipFindings = defineEndpoint({
  name: 'listOwnershipFindings',
  method: 'GET',
  path: '/api/catalog/ownership/:check',
  summary: 'Entities that fail an ownership check, each with its fix',
  tag: 'ownership',
  permission: 'catalog.entity.read',
  params: z.object({ check: ownershipCheckSchema }),
  query: z.object({
    limit: z.coerce.number().int().min(1).max(500).default(100),
    cursor: z.string().max(500).optional(),
  }),
  reply: z.object({
    items: z.array(
      z.object({
        entity: graphNodeSchema.omit({ depth: true }),
        /** What is wrong with this one, in a sentence. */
        detail: z.string(),
        /** What to do about it. */
        fix: z.string(),
        /** Where to do it, when the file can be edited in a browser. */
        editUrl: z.string().optional(),
        sourceId: z.string().optional(),
      }),
    ),
    nextCursor: z.string().optional(),
    total: z.int(),
  }),
});
export type OwnershipFinding = z.output<typeof listOwnershipFindings.reply>['items'][number];
