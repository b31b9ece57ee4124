import { stringify } from 'yaml';
import { company } from '../organisation/company.ts';
import type { ApiDefinition } from './definition.ts';
import { messageSchema, messageNamed, reachableMessages, schemaReference } from './field-notation.ts';
import type { JsonSchema, Messages } from './field-notation.ts';

/** One operation of an HTTP API. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  id: string;
  summary: string;
  takes?: string;
  gives?: string;
  isList: boolean;
}

type OperationBuilder = (
  path: string,
  id: string,
  summary: string,
  messages?: { takes?: string; gives?: string },
) => Operation;

function operationWith(method: Operation['method'], isList = false): OperationBuilder {
  return (path, id, summary, messages = {}) => ({ method, path, id, summary, isList, ...messages });
}

/** GET of one thing. */
export const read = operationWith('get');
/** GET of a page of things; `gives` names one item. */
export const list = operationWith('get', true);
/** POST. */
export const create = operationWith('post');
/** PUT. */
export const replace = operationWith('put');
/** PATCH. */
export const change = operationWith('patch');
/** DELETE, answered without a body. */
export const remove = operationWith('delete');

/** What {@link openApi} needs to know of an API. */
export interface OpenApiInput {
  title: string;
  version: string;
  description: string;
  operations: readonly Operation[];
  messages: Messages;
}

/** An OpenAPI 3.1 document with bearer authentication, problem+json errors and cursor paging. */
export function openApi(input: OpenApiInput): ApiDefinition {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of input.operations) {
    (paths[operation.path] ??= {})[operation.method] = operationObject(operation);
  }
  const roots = input.operations
    .flatMap(({ takes, gives }) => [takes, gives])
    .filter((name) => name !== undefined);
  const schemas: Record<string, JsonSchema> = {};
  for (const name of reachableMessages(input.messages, roots)) {
    schemas[name] = messageSchema(messageNamed(input.messages, name));
  }
  const document = {
    openapi: '3.1.0',
    info: { title: input.title, version: input.version, description: input.description },
    servers: [{ url: `https://api.${company.host}`, description: 'Production' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      responses: { Problem: problemResponse },
      schemas: { ...schemas, Problem: problemSchema },
    },
  };
  return { type: 'openapi', text: stringify(document, { lineWidth: 0, aliasDuplicateObjects: false }) };
}

function operationObject(operation: Operation): Record<string, unknown> {
  const parameters = [...pathParameters(operation.path), ...(operation.isList ? pagingParameters : [])];
  return {
    operationId: operation.id,
    summary: operation.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(operation.takes && {
      requestBody: { required: true, content: jsonContent(schemaReference(operation.takes)) },
    }),
    responses: { ...successResponse(operation), default: { $ref: '#/components/responses/Problem' } },
  };
}

function pathParameters(path: string): JsonSchema[] {
  return [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
}

const pagingParameters: JsonSchema[] = [
  { name: 'cursor', in: 'query', schema: { type: 'string' } },
  { name: 'limit', in: 'query', schema: { type: 'integer', minimum: 1, maximum: 200, default: 50 } },
];

function successResponse(operation: Operation): Record<string, unknown> {
  if (operation.gives === undefined) return { '204': { description: 'Done' } };
  const reference = schemaReference(operation.gives);
  const schema = operation.isList ? pageSchema(reference) : reference;
  const status = operation.method === 'post' ? '201' : '200';
  return { [status]: { description: operation.summary, content: jsonContent(schema) } };
}

function pageSchema(item: JsonSchema): JsonSchema {
  const properties = { items: { type: 'array', items: item }, nextCursor: { type: 'string' } };
  return { type: 'object', required: ['items'], properties };
}

function jsonContent(schema: JsonSchema): JsonSchema {
  return { 'application/json': { schema } };
}

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457',
  required: ['title', 'status'],
  properties: {
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    code: { type: 'string' },
  },
};

const problemResponse: JsonSchema = {
  description: 'What went wrong and what to do',
  content: { 'application/problem+json': { schema: schemaReference('Problem') } },
};
