import type { GrpcOutline } from '@waymark/contracts';
import { useMemo } from 'react';
import { Outline, TypeText, type OutlineEntry } from './Outline.tsx';
import { Members, Names, Prose, type Member } from './OutlineParts.tsx';

type Message = GrpcOutline['messages'][number];
type Procedure = GrpcOutline['services'][number]['procedures'][number];

/** What a proto file defines: services first, then messages and enumerations. */
export function GrpcViewer({ outline }: { outline: GrpcOutline }) {
  const entries = useMemo(() => entriesOf(outline), [outline]);
  return (
    <Outline entries={entries} label={outline.package === '' ? 'Proto file' : `Package ${outline.package}`} />
  );
}

function entriesOf(outline: GrpcOutline): OutlineEntry[] {
  const names = new Set([...outline.messages, ...outline.enumerations].map(({ name }) => name));
  return [
    ...outline.services.map((service) => ({
      name: service.name,
      kind: 'service',
      words: service.procedures.map(({ name }) => name).join(' '),
      content: (
        <>
          <Prose text={service.comment} />
          <Members
            members={service.procedures.map((one) => procedureMember(one, resolver('', outline, names)))}
          />
        </>
      ),
    })),
    ...outline.messages.map((message) => ({
      name: message.name,
      kind: 'message',
      words: message.fields.map(({ name }) => name).join(' '),
      content: <MessageContent message={message} resolve={resolver(message.name, outline, names)} />,
    })),
    ...outline.enumerations.map((enumeration) => ({
      name: enumeration.name,
      kind: 'enum',
      words: enumeration.values.map(({ name }) => name).join(' '),
      content: (
        <>
          <Prose text={enumeration.comment} />
          <Members
            members={enumeration.values.map(({ name, number, comment }) => ({
              key: name,
              signature: `${name} = ${number}`,
              prose: comment,
            }))}
          />
        </>
      ),
    })),
  ];
}

type Resolve = (name: string) => string;

/** Finds what a name inside a message means: as in C++, the innermost scope first. */
function resolver(scope: string, outline: GrpcOutline, names: ReadonlySet<string>): Resolve {
  return (written) => {
    const plain = written.replace(/^\./, '');
    const own = `${outline.package}.`;
    const name = outline.package !== '' && plain.startsWith(own) ? plain.slice(own.length) : plain;
    const scopes = scope === '' ? [] : scope.split('.');
    for (let depth = scopes.length; depth > 0; depth--) {
      const inner = `${scopes.slice(0, depth).join('.')}.${name}`;
      if (names.has(inner)) return inner;
    }
    return name;
  };
}

function procedureMember(procedure: Procedure, resolve: Resolve): Member {
  const side = (isStream: boolean, type: string) => `${isStream ? 'stream ' : ''}${type}`;
  return {
    key: procedure.name,
    signature: procedure.name,
    type: (
      <TypeText
        text={`(${side(procedure.streamsRequests, procedure.request)}) → ${side(procedure.streamsReplies, procedure.reply)}`}
        resolve={resolve}
      />
    ),
    prose: procedure.comment,
    deprecated: procedure.isDeprecated ? '' : undefined,
  };
}

function MessageContent({ message, resolve }: { message: Message; resolve: Resolve }) {
  const { comment, fields, reservedNumbers, reservedNames } = message;
  const reserved = [
    ...reservedNumbers.map(([from, to]) => (from === to ? String(from) : `${from} to ${to}`)),
    ...reservedNames.map((name) => `"${name}"`),
  ];
  return (
    <>
      <Prose text={comment} />
      <Members
        members={fields.map((field) => ({
          key: field.name,
          signature: `${field.name} = ${field.number}`,
          type: (
            <>
              <TypeText text={fieldType(field)} resolve={resolve} />
              {field.oneof !== undefined && <span>one of {field.oneof}</span>}
            </>
          ),
          prose: field.comment,
          deprecated: field.isDeprecated ? '' : undefined,
        }))}
      />
      {reserved.length > 0 && <Names label="Reserved">{reserved.join(', ')}</Names>}
    </>
  );
}

function fieldType({ label, type, keyType }: Message['fields'][number]): string {
  if (label === 'map') return `map<${keyType ?? 'string'}, ${type}>`;
  return label === 'single' ? type : `${label} ${type}`;
}
