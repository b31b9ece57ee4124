import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** What the portal must know before it draws its first page. */
export const portalInfoSchema = z.object({
  title: z.string(),
  organizationName: z.string(),
  version: z.string(),
  /** The catalog holds the demo organisation. */
  isDemo: z.boolean(),
  /** Everybody is the guest user: only possible on a loopback address. */
  isGuestMode: z.boolean(),
  actor: z.object({ ref: z.string() }),
});
export type PortalInfo = z.output<typeof portalInfoSchema>;

/** Title, organisation, and who the caller is. */
export const getPortalInfo = defineEndpoint({
  name: 'getPortalInfo',
  method: 'GET',
  path: '/api/portal',
  summary: 'Title, organisation and caller',
  tag: 'portal',
  permission: 'portal.read',
  reply: portalInfoSchema,
});
