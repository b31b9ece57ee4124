import type { FastifyInstance } from 'fastify';
import { AppError } from '../errors/app-error.ts';
import { AmbiguousJsonError, demandUnambiguousJson } from '../json-text.ts';

/**
 * Reads JSON bodies as Fastify does, with two differences. What would be read as something else than was written is
 * refused: keys that reach a prototype or stand twice, numbers that lose digits. And a request for which no body
 * is expected may say that its empty body is JSON, as Backstage's clients do.
 */
export function readJsonBodies(app: FastifyInstance): void {
  // Keys that reach a prototype are looked for below, more of them than Fastify knows.
  const parse = app.getDefaultJsonParser('ignore', 'ignore');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '' && request.routeOptions.schema?.body === undefined) return done(null, undefined);
    void parse(request, body, (error, value) => {
      const refusal = error ?? ambiguityOf(body);
      if (refusal) done(refusal);
      else done(null, value);
    });
  });
}

function ambiguityOf(body: string): AppError | undefined {
  try {
    demandUnambiguousJson(body);
  } catch (error) {
    if (!(error instanceof AmbiguousJsonError)) throw error;
    const { message } = error;
    return new AppError('request.not-json', message, { issues: [{ path: 'body', message }], cause: error });
  }
  return undefined;
}
