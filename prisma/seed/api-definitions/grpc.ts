import type { ApiDefinition } from './definition.ts';
import { messageNamed, reachableMessages, readFields } from './field-notation.ts';
import type { Field, Messages } from './field-notation.ts';

/** One remote procedure; the request message is `<name>Request` and the reply `<name>Reply` unless given. */
export interface Procedure {
  name: string;
  summary: string;
  request?: string;
  reply?: string;
  streamsReplies?: boolean;
}

/** What {@link grpc} needs to know of a service. */
export interface GrpcInput {
  /** Such as `ferrowick.ledger.v1`. */
  package: string;
  service: string;
  description: string;
  procedures: readonly Procedure[];
  messages: Messages;
}

const scalarTypes: Readonly<Record<string, string>> = {
  integer: 'int64',
  number: 'double',
  percent: 'double',
  yes: 'bool',
  time: 'google.protobuf.Timestamp',
};

/** A proto3 file with one service. */
export function grpc(input: GrpcInput): ApiDefinition {
  const roots = input.procedures.flatMap((procedure) => [requestOf(procedure), replyOf(procedure)]);
  const messages = reachableMessages(input.messages, roots).map((name) =>
    messageBlock(name, readFields(messageNamed(input.messages, name))),
  );
  const usesTimestamp = messages.some((message) => message.includes('google.protobuf.Timestamp'));
  const sections = [
    'syntax = "proto3";',
    `package ${input.package};`,
    ...(usesTimestamp ? ['import "google/protobuf/timestamp.proto";'] : []),
    `// ${input.description}\n${serviceBlock(input)}`,
    ...messages,
  ];
  return { type: 'grpc', text: `${sections.join('\n\n')}\n` };
}

function requestOf(procedure: Procedure): string {
  return procedure.request ?? `${procedure.name}Request`;
}

function replyOf(procedure: Procedure): string {
  return procedure.reply ?? `${procedure.name}Reply`;
}

function serviceBlock(input: GrpcInput): string {
  const lines = input.procedures.flatMap((procedure) => [
    `  // ${procedure.summary}`,
    `  rpc ${procedure.name}(${requestOf(procedure)}) returns (${procedure.streamsReplies ? 'stream ' : ''}${replyOf(procedure)});`,
  ]);
  return [`service ${input.service} {`, ...lines, '}'].join('\n');
}

function messageBlock(name: string, fields: readonly Field[]): string {
  const enumerations = fields.flatMap((field) =>
    field.type.kind === 'enumeration' ? enumerationLines(field.name, field.type.values) : [],
  );
  const lines = fields.map(
    (field, index) => `  ${fieldPrefix(field)}${protoType(field)} ${snakeCase(field.name)} = ${index + 1};`,
  );
  return [`message ${name} {`, ...enumerations, ...lines, '}'].join('\n');
}

function fieldPrefix(field: Field): string {
  if (field.isList) return 'repeated ';
  return field.isRequired ? '' : 'optional ';
}

function protoType(field: Field): string {
  if (field.type.kind === 'enumeration') return pascalCase(field.name);
  if (field.type.kind === 'message') return field.type.name;
  return scalarTypes[field.type.name] ?? 'string';
}

/** Values carry the name of their enumeration, since proto3 enumerations share one name space a message. */
function enumerationLines(fieldName: string, values: readonly string[]): string[] {
  const prefix = snakeCase(fieldName).toUpperCase();
  const all = ['unspecified', ...values];
  return [
    `  enum ${pascalCase(fieldName)} {`,
    ...all.map((value, index) => `    ${prefix}_${value.replaceAll('-', '_').toUpperCase()} = ${index};`),
    '  }',
  ];
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function pascalCase(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
