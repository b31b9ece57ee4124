import {
  buildASTSchema,
  buildClientSchema,
  GraphQLError,
  parse,
  validateSchema,
  visit,
  type DocumentNode,
  type GraphQLSchema,
  type IntrospectionQuery,
  type NamedTypeNode,
} from 'graphql';
import type { DefinitionProblem, ReadDefinition } from '../definition-task.ts';
import { graphqlOutline } from './graphql-outline.ts';
import { isNode } from './structured-text.ts';

/** A schema of a large company has some ten thousands; more is no text that somebody reads. */
const MAX_TOKENS = 500_000;
const MAX_PROBLEMS = 50;

/** A schema, or why there is none. */
export interface LoadedGraphql {
  schema?: GraphQLSchema;
  problems: DefinitionProblem[];
}

/** Reads a GraphQL schema for the viewer: its types as an outline. */
export function readGraphql(text: string): ReadDefinition {
  const { schema, problems } = loadGraphql(text);
  return schema === undefined ? { problems } : { model: graphqlOutline(schema), problems };
}

/**
 * Loads SDL, or the JSON answer of an introspection query. Directives that the text does not declare are accepted:
 * federated schemas are full of them.
 */
export function loadGraphql(text: string): LoadedGraphql {
  try {
    const schema = text.trimStart().startsWith('{') ? fromIntrospection(text) : fromSdl(text);
    const problems = validateSchema(schema)
      // A part of a federated schema, or a library of types, has no query of its own.
      .filter(({ message }) => message !== 'Query root type must be provided.')
      .slice(0, MAX_PROBLEMS)
      .map(toProblem);
    return { schema, problems };
  } catch (error) {
    return { problems: [toProblem(error)] };
  }
}

function fromSdl(text: string): GraphQLSchema {
  const document = parse(text, { maxTokens: MAX_TOKENS });
  try {
    return buildASTSchema(document, { assumeValidSDL: true });
  } catch (error) {
    throw withPlace(error, document);
  }
}

/** The one thing that a schema cannot be built with is an unknown type; the library does not say where it stands. */
function withPlace(error: unknown, document: DocumentNode): unknown {
  const name = error instanceof Error ? /^Unknown type: "(\w+)"/.exec(error.message)?.[1] : undefined;
  if (name === undefined) return error;
  const nodes: NamedTypeNode[] = [];
  visit(document, { NamedType: (node) => void (node.name.value === name && nodes.push(node)) });
  return new GraphQLError(`The type ${name} is used but not defined.`, { nodes });
}

function fromIntrospection(text: string): GraphQLSchema {
  const answer: unknown = JSON.parse(text);
  const data = isNode(answer) && isNode(answer['data']) ? answer['data'] : answer;
  if (!isNode(data) || !isNode(data['__schema'])) {
    throw new Error('The JSON is no answer to an introspection query: "__schema" is missing.');
  }
  // buildClientSchema checks the rest and throws.
  return buildClientSchema(data as unknown as IntrospectionQuery, { assumeValid: true });
}

function toProblem(error: unknown): DefinitionProblem {
  if (!(error instanceof Error)) return { message: 'The schema cannot be read.' };
  const line = error instanceof GraphQLError ? error.locations?.[0]?.line : undefined;
  return { message: error.message, ...(line === undefined ? {} : { line }) };
}
