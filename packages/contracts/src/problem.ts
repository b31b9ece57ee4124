import { z } from 'zod';

/**
 * An error answer: RFC 9457 problem details with a `code` from the table of problem codes. On the
 * paths of Backstage's protocol `error`, `request` and `response` are there as well, because its
 * clients read those.
 */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  requestId: z.string(),
  /** What is wrong with each part of the request, with its path. */
  issues: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  /** The issues in the shape in which Backstage's client reads the verdict of `validate-entity`. */
  errors: z.array(z.object({ name: z.string(), message: z.string() })).optional(),
  error: z.object({ name: z.string(), message: z.string() }).optional(),
  response: z.object({ statusCode: z.int() }).optional(),
});

/** Body of an error answer, media type `application/problem+json`. */
export type Problem = z.output<typeof problemSchema>;
