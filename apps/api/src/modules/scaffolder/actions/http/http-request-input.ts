import { z } from 'zod';
import { REQUEST_METHODS } from '../../../../platform/scaffolder-config.ts';

/** Headers that are the connection's own. */
const OWN_HEADERS = new Set([
  ...['connection', 'content-length', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding'],
  ...['upgrade', 'proxy-authorization', 'proxy-connection', 'via'],
]);
const MAX_HEADERS = 50;
const status = z.int().min(100).max(599);

const headers = z
  .record(
    z.string().max(200),
    // A line break would begin another header. The message repeats no value: it may be a secret.
    z
      .string()
      .max(8_000)
      .regex(/^[\t\x20-\x7e\x80-\xff]*$/, { error: 'holds characters that a header cannot have' }),
  )
  .superRefine((all, context) => {
    const names = Object.keys(all);
    const refuse = (message: string) => context.addIssue({ code: 'custom', message });
    if (names.length > MAX_HEADERS) refuse(`at most ${MAX_HEADERS} headers`);
    for (const name of names) {
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name))
        refuse(`${JSON.stringify(name)} is no name of a header`);
      if (OWN_HEADERS.has(name.toLowerCase())) refuse(`${name} is set by the server`);
    }
  });

/** What `http:request` takes. */
export const httpRequestInput = z
  .object({
    method: z.enum(REQUEST_METHODS),
    url: z.string().min(1).max(2_000),
    headers: headers.default({}).describe('The only place where secrets may be'),
    body: z.json().optional().describe('A text, or data that are sent as JSON'),
    expectedStatus: z
      .union([status, z.array(status).min(1).max(50)])
      .optional()
      .describe('Without it, every status from 200 to 299'),
  })
  .refine(({ method, body }) => body === undefined || (method !== 'GET' && method !== 'HEAD'), {
    error: 'GET and HEAD have no body',
    path: ['body'],
  });

export type HttpRequestInput = z.output<typeof httpRequestInput>;
