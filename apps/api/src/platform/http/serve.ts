import type { AnyEndpoint, EndpointReply, EndpointRequest } from '@waymark/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../auth/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { SerializedReply } from './serialized-reply.ts';

/** What a handler knows about a call besides its input. */
export interface CallContext {
  actor: Actor;
  requestId: string;
  reply: FastifyReply;
}

/** Answers one endpoint of the contract. */
export type Handler<E extends AnyEndpoint> = (
  input: EndpointRequest<E>,
  context: CallContext,
) => Promise<EndpointReply<E> | SerializedReply>;

/**
 * Mounts an endpoint: its schemas validate the request, its reply schema checks the answer (a
 * malformed one is a 500, not a wrong body), its permission goes into the route's configuration.
 */
export function serve<E extends AnyEndpoint>(app: FastifyInstance, endpoint: E, handler: Handler<E>): void {
  app.route({
    method: endpoint.method,
    url: endpoint.path,
    config: { permission: endpoint.permission },
    schema: {
      operationId: endpoint.name,
      summary: endpoint.summary,
      tags: [endpoint.tag],
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      response: { [endpoint.status]: endpoint.reply },
    },
    handler: async (request, reply) => {
      const answer = await handler(requestParts(request), {
        actor: actorOf(request),
        requestId: request.id,
        reply,
      });
      reply.code(endpoint.status);
      if (answer instanceof SerializedReply) {
        // Fastify sends a string under a JSON content type as it is.
        return reply.type('application/json; charset=utf-8').send(answer.json);
      }
      return reply.send(answer);
    },
  });
}

function requestParts<E extends AnyEndpoint>(request: FastifyRequest): EndpointRequest<E> {
  // The validator compiler has put the parsed values of the endpoint's schemas in place.
  return { params: request.params, query: request.query, body: request.body } as EndpointRequest<E>;
}

/** The actor that the request guard let through. */
function actorOf(request: FastifyRequest): Actor {
  if (request.actor === null) throw new AppError('actor.unauthenticated', 'Sign in to use this.');
  return request.actor;
}
