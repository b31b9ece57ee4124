import type { GrpcOutline } from '@waymark/contracts';
import protobuf from 'protobufjs';
import type { DefinitionProblem, ReadDefinition } from '../definition-task.ts';

/** An outline of a proto file, or why there is none. */
export interface LoadedGrpc {
  outline?: GrpcOutline;
  problems: DefinitionProblem[];
}

/** Reads a proto2, proto3 or edition file for the viewer: its services, messages and enumerations as an outline. */
export function readGrpc(text: string): ReadDefinition {
  const { outline, problems } = loadGrpc(text);
  return outline === undefined ? { problems } : { model: outline, problems };
}

/** Parses one file. Imports are named and not followed. */
export function loadGrpc(text: string): LoadedGrpc {
  try {
    const parsed = protobuf.parse(text, new protobuf.Root(), {
      keepCase: true,
      alternateCommentMode: true,
    });
    const outline: GrpcOutline = {
      package: parsed.package ?? '',
      imports: [...(parsed.imports ?? []), ...(parsed.weakImports ?? [])],
      services: [],
      messages: [],
      enumerations: [],
    };
    const start = parsed.package === undefined ? parsed.root : parsed.root.lookup(parsed.package);
    if (start instanceof protobuf.Namespace) outlineNamespace(start, '', outline);
    return { outline, problems: [] };
  } catch (error) {
    return { problems: [toProblem(error)] };
  }
}

function toProblem(error: unknown): DefinitionProblem {
  const message = error instanceof Error ? error.message : 'The file cannot be read.';
  const match = /^(.*?) ?\((?:[^()]*, )?line (\d+)\)$/.exec(message);
  return match === null ? { message } : { message: `${match[1]}.`, line: Number(match[2]) };
}

function outlineNamespace(namespace: protobuf.NamespaceBase, prefix: string, outline: GrpcOutline): void {
  for (const member of namespace.nestedArray) {
    const name = prefix === '' ? member.name : `${prefix}.${member.name}`;
    if (member instanceof protobuf.Service) outline.services.push(outlineService(member, name));
    else if (member instanceof protobuf.Enum) outline.enumerations.push(outlineEnumeration(member, name));
    else if (member instanceof protobuf.Type) {
      // `group` of proto2 makes a message; it is listed like any other.
      outline.messages.push(outlineMessage(member, name));
    }
    if (member instanceof protobuf.Namespace) outlineNamespace(member, name, outline);
    else if (member instanceof protobuf.Type) outlineNamespace(member, name, outline);
  }
}

function outlineService(service: protobuf.Service, name: string): GrpcOutline['services'][number] {
  return {
    name,
    ...commented(service.comment),
    procedures: service.methodsArray.map((method) => ({
      name: method.name,
      request: method.requestType,
      reply: method.responseType,
      streamsRequests: method.requestStream === true,
      streamsReplies: method.responseStream === true,
      ...commented(method.comment),
      isDeprecated: method.options?.['deprecated'] === true,
    })),
  };
}

function outlineMessage(message: protobuf.Type, name: string): GrpcOutline['messages'][number] {
  const reserved = message.reserved ?? [];
  return {
    name,
    ...commented(message.comment),
    fields: message.fieldsArray.map((field) => {
      const oneof = field.partOf;
      // `optional` of proto3 makes a oneof of one field that nobody wrote.
      const isWritten = oneof !== null && oneof !== undefined && field.options?.['proto3_optional'] !== true;
      return {
        name: field.name,
        number: field.id,
        type: field.type,
        label: labelOf(field),
        ...(field instanceof protobuf.MapField ? { keyType: field.keyType } : {}),
        ...(isWritten ? { oneof: oneof.name } : {}),
        ...commented(field.comment),
        isDeprecated: field.options?.['deprecated'] === true,
      };
    }),
    reservedNumbers: reserved
      .filter((entry) => typeof entry !== 'string')
      .map(([from = 0, to = from]) => [from, to]),
    reservedNames: reserved.filter((entry) => typeof entry === 'string'),
  };
}

function labelOf(field: protobuf.Field): GrpcOutline['messages'][number]['fields'][number]['label'] {
  if (field instanceof protobuf.MapField) return 'map';
  // The rule stands in no typed member; the JSON of a field has these.
  const json = field.toJSON() as { rule?: string; options?: Record<string, unknown> };
  if (json.rule === 'repeated') return 'repeated';
  if (json.rule === 'required') return 'required';
  return json.rule === 'optional' || field.options?.['proto3_optional'] === true ? 'optional' : 'single';
}

function outlineEnumeration(enumeration: protobuf.Enum, name: string): GrpcOutline['enumerations'][number] {
  return {
    name,
    ...commented(enumeration.comment),
    values: Object.entries(enumeration.values).map(([value, number]) => ({
      name: value,
      number,
      ...commented(enumeration.comments[value] ?? null),
    })),
  };
}

function commented(comment: string | null | undefined): { comment?: string } {
  return comment ? { comment } : {};
}
