import { problemSchema } from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';

/** What came back: the parsed body with its status. */
export interface JsonAnswer {
  status: number;
  /** Code of the problem, where the answer is one. */
  code: string | undefined;
  /** As it was sent. */
  text: string;
  body: unknown;
}

/** One request into the application, with a body as text so that no serializer tidies it up. */
export async function sendJson(
  app: FastifyInstance,
  method: 'GET' | 'POST' | 'PUT',
  url: string,
  body?: string,
): Promise<JsonAnswer> {
  const answer = await app.inject({
    ...{ method, url },
    headers: { host: 'localhost', ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { payload: body }),
  });
  const isProblem = String(answer.headers['content-type']).startsWith('application/problem+json');
  const parsed: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  return {
    status: answer.statusCode,
    code: isProblem ? problemSchema.parse(parsed).code : undefined,
    text: answer.body,
    body: parsed,
  };
}
