import { asyncApi } from '../api-definitions/asyncapi.ts';
import type { AsyncApiInput } from '../api-definitions/asyncapi.ts';
import { grpc } from '../api-definitions/grpc.ts';
import type { GrpcInput } from '../api-definitions/grpc.ts';
import { openApi } from '../api-definitions/openapi.ts';
import type { OpenApiInput } from '../api-definitions/openapi.ts';
import type { Api, Lifecycle } from './model.ts';

interface WithLifecycle {
  lifecycle?: Lifecycle;
}

interface WithFormerVersion {
  /** What was different before the last change, and the commit that changed it. */
  formerly?: Partial<OpenApiInput> & { message: string; weeksAgo: number };
}

/** An API over HTTP. */
export function httpApi(name: string, input: OpenApiInput & WithLifecycle & WithFormerVersion): Api {
  const { lifecycle = 'production', description, formerly } = input;
  const api: Api = { name, description, lifecycle, definition: openApi(input) };
  if (formerly === undefined) return api;
  const { message, weeksAgo, ...different } = formerly;
  return { ...api, formerDefinition: { definition: openApi({ ...input, ...different }), message, weeksAgo } };
}

/** A stream of events. */
export function eventStream(name: string, input: AsyncApiInput & WithLifecycle): Api {
  const { lifecycle = 'production', description } = input;
  return { name, description, lifecycle, definition: asyncApi(input) };
}

/** A gRPC service. */
export function grpcApi(name: string, input: GrpcInput & WithLifecycle): Api {
  const { lifecycle = 'production', description } = input;
  return { name, description, lifecycle, definition: grpc(input) };
}

/** A GraphQL schema, written out. */
export function graphqlApi(
  name: string,
  input: { description: string; schema: string } & WithLifecycle,
): Api {
  const { lifecycle = 'production', description } = input;
  return { name, description, lifecycle, definition: { type: 'graphql', text: `${input.schema.trim()}\n` } };
}
