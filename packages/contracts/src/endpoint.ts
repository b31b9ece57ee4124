import type { z } from 'zod';

/** What the caller of an endpoint must be allowed to do. `public` endpoints need no actor. */
export type Permission =
  | 'public'
  | 'catalog.entity.read'
  | 'catalog.entity.refresh'
  | 'catalog.entity.delete'
  | 'catalog.entity.validate'
  | 'catalog.location.read'
  | 'catalog.location.create'
  | 'catalog.location.delete'
  | 'catalog.location.analyze'
  | 'catalog.source.read'
  | 'catalog.source.refresh'
  | 'notifications.own.read'
  | 'notifications.own.update'
  | 'portal.read'
  | 'scaffolder.action.read'
  | 'scaffolder.task.read'
  | 'scaffolder.task.create'
  | 'scaffolder.task.cancel'
  | 'scaffolder.template.parameter.read'
  | 'scaffolder.template.dry-run'
  | 'repositories.repository.read'
  | 'repositories.repository.write';

/** HTTP methods that endpoints use. */
export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/**
 * One endpoint as a value: the server mounts it, the client calls it, tests parse with it and the
 * OpenAPI document is made of it. No URL of the API is written anywhere else.
 */
export interface Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
> {
  /** Name in the OpenAPI document (`operationId`), unique. */
  readonly name: string;
  readonly method: HttpMethod;
  /** Path with `:name` parameters. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly permission: Permission;
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** Most bytes of the request's body, where the server's own bound would be too narrow. */
  readonly maxBodyBytes?: number;
  /** Status of a successful answer. */
  readonly status: number;
  readonly reply: Reply;
}

/** Any endpoint, whatever its schemas. */
export type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/** Declares an endpoint and keeps the types of its schemas. Success is 200 unless `status` says otherwise. */
export function defineEndpoint<
  Reply extends z.ZodType,
  Params extends z.ZodType = z.ZodUndefined,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(
  endpoint: Omit<Endpoint<Params, Query, Body, Reply>, 'status'> & { status?: number },
): Endpoint<Params, Query, Body, Reply> {
  return { status: 200, ...endpoint };
}

type SchemaInput<Schema> = Schema extends z.ZodUndefined
  ? undefined
  : Schema extends z.ZodType
    ? z.input<Schema>
    : undefined;
type SchemaOutput<Schema> = Schema extends z.ZodUndefined
  ? undefined
  : Schema extends z.ZodType
    ? z.output<Schema>
    : undefined;

type Present<Parts> = { [Key in keyof Parts as Parts[Key] extends undefined ? never : Key]: Parts[Key] };

/** What a caller hands over: `params`, `query` and `body`, each only where the endpoint has it. */
export type EndpointInput<E> =
  E extends Endpoint<infer Params, infer Query, infer Body, z.ZodType>
    ? Present<{ params: SchemaInput<Params>; query: SchemaInput<Query>; body: SchemaInput<Body> }>
    : never;

/** The same after parsing, as a handler receives it. */
export type EndpointRequest<E> =
  E extends Endpoint<infer Params, infer Query, infer Body, z.ZodType>
    ? Present<{ params: SchemaOutput<Params>; query: SchemaOutput<Query>; body: SchemaOutput<Body> }>
    : never;

/** The body of a successful answer. */
export type EndpointReply<E> =
  E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer Reply> ? z.output<Reply> : never;
