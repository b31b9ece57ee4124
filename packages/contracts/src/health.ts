import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/** The process answers. */
export const livez = defineEndpoint({
  name: 'livez',
  method: 'GET',
  path: '/livez',
  summary: 'Is the process alive',
  tag: 'health',
  permission: 'public',
  reply: z.object({ status: z.literal('ok') }),
});

/** State of everything that a request needs; the answer is 503 with the same body when one is not ready. */
export const readinessSchema = z.object({
  status: z.enum(['ready', 'not-ready']),
  checks: z.record(z.string(), z.object({ ready: z.boolean(), reason: z.string().optional() })),
});
export type Readiness = z.output<typeof readinessSchema>;

/** Can this process serve requests, and if not, which dependency is missing and why. */
export const readyz = defineEndpoint({
  name: 'readyz',
  method: 'GET',
  path: '/readyz',
  summary: 'Can the process serve requests',
  tag: 'health',
  permission: 'public',
  reply: readinessSchema,
});
