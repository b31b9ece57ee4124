import type { GraphqlOutline } from '@waymark/contracts';
import {
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isScalarType,
  isSpecifiedDirective,
  isSpecifiedScalarType,
  isUnionType,
  valueFromASTUntyped,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';

type OutlineType = GraphqlOutline['types'][number];
type OutlineInput = OutlineType['fields'][number]['arguments'][number];

/** The types and directives of a schema as data for the viewer, without those that every schema has. */
export function graphqlOutline(schema: GraphQLSchema): GraphqlOutline {
  const types = Object.values(schema.getTypeMap()).filter(
    (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
  );
  return {
    types: types.map((type) => outlineType(type, schema)),
    directives: schema
      .getDirectives()
      .filter((directive) => !isSpecifiedDirective(directive))
      .map((directive) => ({
        name: directive.name,
        ...described(directive),
        arguments: directive.args.map(outlineInput),
        locations: [...directive.locations],
      })),
  };
}

function outlineType(type: GraphQLNamedType, schema: GraphQLSchema): OutlineType {
  const role = roleOf(type, schema);
  const base = {
    name: type.name,
    ...described(type),
    ...(role === undefined ? {} : { role }),
    interfaces: [],
    members: [],
    fields: [],
    values: [],
  };
  if (isObjectType(type) || isInterfaceType(type)) {
    return {
      ...base,
      kind: isObjectType(type) ? 'object' : 'interface',
      interfaces: type.getInterfaces().map(({ name }) => name),
      fields: Object.values(type.getFields()).map(outlineField),
    };
  }
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).map((field) => ({
      ...outlineInput(field),
      arguments: [],
    }));
    return { ...base, kind: 'input', fields };
  }
  if (isUnionType(type)) return { ...base, kind: 'union', members: type.getTypes().map(({ name }) => name) };
  if (isEnumType(type)) {
    const values = type
      .getValues()
      .map((value) => ({ name: value.name, ...described(value), ...deprecated(value) }));
    return { ...base, kind: 'enum', values };
  }
  return { ...base, kind: isScalarType(type) ? 'scalar' : 'object' };
}

function roleOf(type: GraphQLNamedType, schema: GraphQLSchema): OutlineType['role'] {
  if (type === schema.getQueryType()) return 'query';
  if (type === schema.getMutationType()) return 'mutation';
  return type === schema.getSubscriptionType() ? 'subscription' : undefined;
}

function outlineField(field: GraphQLField<unknown, unknown>): OutlineType['fields'][number] {
  return {
    name: field.name,
    type: String(field.type),
    ...described(field),
    ...deprecated(field),
    arguments: field.args.map(outlineInput),
  };
}

function outlineInput(input: GraphQLArgument | GraphQLInputField): OutlineInput {
  const literal = input.astNode?.defaultValue;
  return {
    name: input.name,
    type: String(input.type),
    ...(literal === undefined ? {} : { default: JSON.stringify(valueFromASTUntyped(literal)) }),
    ...described(input),
    ...deprecated(input),
  };
}

function described({ description }: { description?: string | null | undefined }): { description?: string } {
  return description ? { description } : {};
}

function deprecated({ deprecationReason }: { deprecationReason?: string | null | undefined }): {
  deprecated?: string;
} {
  return typeof deprecationReason === 'string' ? { deprecated: deprecationReason } : {};
}
