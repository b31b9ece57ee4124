import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Problem } from '@waymark/contracts';
import { makeProblem, toProblem } from '../errors/to-problem.ts';
import type { PageHandler } from './portal-files.ts';

/** Media type of every error answer. */
export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';
const RETRY_AFTER_SECONDS = 2;

/** Whatever a route throws leads through here, to one shape of answer. Must be set before the routes. */
export function addErrorHandler(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error, request.id);
    if (problem.code === 'server.overloaded') {
      // One line a second in a flood says as much as all of them, and costs less when time is short.
      logOverload(request);
    } else if (problem.status >= 500) {
      request.log.error(
        { err: error, method: request.method, url: request.url, code: problem.code },
        'request failed',
      );
    } else {
      request.log.debug({ method: request.method, url: request.url, code: problem.code }, 'request refused');
    }
    return sendProblem(reply, problem);
  });
}

const OVERLOAD_LOG_INTERVAL_MS = 1_000;
let lastOverloadLogAt = -Infinity;

function logOverload(request: FastifyRequest): void {
  const now = performance.now();
  if (now - lastOverloadLogAt < OVERLOAD_LOG_INTERVAL_MS) return;
  lastOverloadLogAt = now;
  request.log.warn('the server is overloaded: requests are told to come back');
}

/** A path that no route has is a page of the portal, or a problem like any other. */
export function addNotFoundHandler(app: FastifyInstance, servePage: PageHandler | undefined): void {
  app.setNotFoundHandler(async (request, reply) => {
    if (servePage && (await servePage(request, reply))) return reply;
    const [pathname = ''] = request.url.split('?');
    return sendProblem(
      reply,
      makeProblem(
        'route.not-found',
        request.id,
        `${request.method} ${pathname} is no path of this API. See /api/docs for what there is.`,
      ),
    );
  });
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 503) reply.header('retry-after', String(RETRY_AFTER_SECONDS));
  // A serializer of its own: the route's reply schema is for success only.
  return reply.code(problem.status).type(PROBLEM_TYPE).serializer(JSON.stringify).send(problem);
}
