import type { AnyEndpoint, EndpointReply, EndpointRequest } from '@waymark/contracts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Actor } from '../auth/actor.ts';
import { AppError } from '../errors/app-error.ts';
import { unchangedReply } from './conditional-reply.ts';
import { SerializedReply } from './serialized-reply.ts';
import { StreamedReply } from './streamed-reply.ts';

const JSON_TYPE = 'application/json; charset=utf-8';

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
) => Promise<Answer<E>>;

type Answer<E extends AnyEndpoint> =
  EndpointReply<E> | SerializedReply | StreamedReply | typeof unchangedReply;

/** Answers an endpoint that needs no actor: who calls proves itself by what it sends. */
export type PublicHandler<E extends AnyEndpoint> = (
  input: EndpointRequest<E>,
  context: { request: FastifyRequest },
) => Promise<EndpointReply<E>>;

/**
 * Mounts an endpoint: its schemas validate the request, its reply schema checks the answer (a
 * malformed one is a 500, not a wrong body), its permission goes into the route's configuration.
 */
export function serve<E extends AnyEndpoint>(app: FastifyInstance, endpoint: E, handler: Handler<E>): void {
  app.route({
    ...routeOf(endpoint),
    config: { permission: endpoint.permission },
    handler: async (request, reply) => {
      const answer = await handler(requestParts(request), {
        actor: actorOf(request),
        requestId: request.id,
        reply,
      });
      return send(reply, endpoint, answer);
    },
  });
}

/** Mounts an endpoint whose answer is no JSON: the handler sends it by itself, or throws before it has begun. */
export function serveRaw<E extends AnyEndpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: (input: EndpointRequest<E>, context: CallContext) => Promise<void>,
): void {
  app.route({
    ...routeOf(endpoint),
    config: { permission: endpoint.permission },
    // The reply is the handler's: nothing is to be serialized.
    serializerCompiler: () => (data) => String(data),
    handler: async (request, reply) => {
      await handler(requestParts(request), { actor: actorOf(request), requestId: request.id, reply });
      return reply;
    },
  });
}

function send<E extends AnyEndpoint>(reply: FastifyReply, { status }: E, answer: Answer<E>): FastifyReply {
  if (answer === unchangedReply) return reply.code(304).send();
  reply.code(status);
  if (answer instanceof SerializedReply) {
    // Fastify sends a string under a JSON content type as it is.
    return reply.type(JSON_TYPE).headers(answer.headers).send(answer.text);
  }
  if (answer instanceof StreamedReply) return reply.type(JSON_TYPE).headers(answer.headers).send(answer.body);
  return reply.send(answer);
}

/**
 * Mounts a public endpoint for callers that are no browsers and have no account.
 *
 * @param options `provesItself`: every call carries a proof of its own, such as a signature, which no web page
 *   can have. It may then come under any host name and from any site.
 */
export function servePublic<E extends AnyEndpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: PublicHandler<E>,
  { provesItself }: { provesItself: boolean },
): void {
  if (endpoint.permission !== 'public') throw new Error(`${endpoint.name} needs an actor: serve it.`);
  app.route({
    ...routeOf(endpoint),
    config: { permission: endpoint.permission, provesItself },
    handler: async (request, reply) => {
      const answer = await handler(requestParts(request), { request });
      return reply.code(endpoint.status).send(answer);
    },
  });
}

function routeOf(endpoint: AnyEndpoint) {
  return {
    method: endpoint.method,
    url: endpoint.path,
    ...(endpoint.maxBodyBytes === undefined ? {} : { bodyLimit: endpoint.maxBodyBytes }),
    schema: {
      operationId: endpoint.name,
      summary: endpoint.summary,
      tags: [endpoint.tag],
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      response: { [endpoint.status]: endpoint.reply },
    },
  };
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
