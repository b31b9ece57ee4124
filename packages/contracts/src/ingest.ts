import { z } from 'zod';
import { defineEndpoint } from './endpoint.ts';

/**
 * `POST /api/ingest/:source/:connection`: a webhook. Who sends it proves itself by a signature over the
 * raw body (GitHub) or by a shared token (GitLab), not by a session, so it is open to everybody else.
 */
export const ingestWebhook = defineEndpoint({
  name: 'ingestWebhook',
  method: 'POST',
  path: '/api/ingest/:source/:connection',
  summary: 'Deliver a webhook',
  tag: 'ingest',
  permission: 'public',
  params: z.object({
    source: z.enum(['github', 'gitlab']),
    connection: z
      .string()
      .max(100)
      .regex(/^[A-Za-z0-9._-]+$/, 'a connection is named by letters, digits, dots and dashes'),
  }),
  status: 202,
  /** What the delivery did: `accepted` with the sources that are read again, or why it was passed over. */
  reply: z.object({
    outcome: z.enum(['accepted', 'ignored', 'duplicate']),
    reason: z.string(),
    sourceIds: z.array(z.string()),
  }),
});
