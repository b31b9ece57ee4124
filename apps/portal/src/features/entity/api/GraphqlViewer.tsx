import type { GraphqlOutline } from '@waymark/contracts';
import { useMemo } from 'react';
import { Outline, TypeText, type OutlineEntry } from './Outline.tsx';
import { Members, Names, Prose, type Member } from './OutlineParts.tsx';

type GraphqlType = GraphqlOutline['types'][number];
type Argument = GraphqlType['fields'][number]['arguments'][number];

/** The types of a GraphQL schema, those at which operations begin first. */
export function GraphqlViewer({ outline }: { outline: GraphqlOutline }) {
  const entries = useMemo(() => entriesOf(outline), [outline]);
  return <Outline entries={entries} label="GraphQL schema" />;
}

function entriesOf({ types, directives }: GraphqlOutline): OutlineEntry[] {
  const roots = types.filter(({ role }) => role !== undefined);
  const others = types.filter(({ role }) => role === undefined);
  return [
    ...[...roots, ...others].map((type) => ({
      name: type.name,
      kind: type.role ?? type.kind,
      words: [...type.fields, ...type.values].map(({ name }) => name).join(' '),
      content: <TypeContent type={type} />,
    })),
    ...directives.map((directive) => ({
      name: `@${directive.name}`,
      kind: 'directive',
      words: directive.arguments.map(({ name }) => name).join(' '),
      content: (
        <>
          <Prose text={directive.description} />
          <Members members={directive.arguments.map(argumentMember)} />
          <Names label="On">{directive.locations.join(', ')}</Names>
        </>
      ),
    })),
  ];
}

function TypeContent({ type }: { type: GraphqlType }) {
  const { description, interfaces, members, fields, values } = type;
  return (
    <>
      <Prose text={description} />
      {interfaces.length > 0 && (
        <Names label="Implements">
          <TypeText text={interfaces.join(', ')} />
        </Names>
      )}
      {members.length > 0 && (
        <Names label="One of">
          <TypeText text={members.join(', ')} />
        </Names>
      )}
      {fields.length > 0 && (
        <Members
          members={fields.map((field) => ({
            ...argumentMember(field),
            signature: <Signature name={field.name} parameters={field.arguments} />,
          }))}
        />
      )}
      {values.length > 0 && (
        <Members
          members={values.map(({ name, description: prose, deprecated }) => ({
            key: name,
            signature: name,
            prose,
            deprecated,
          }))}
        />
      )}
    </>
  );
}

function argumentMember(argument: Argument): Member {
  const { name, type, description, deprecated } = argument;
  return {
    key: name,
    signature: name,
    type: <TypeText text={argument.default === undefined ? type : `${type} = ${argument.default}`} />,
    prose: description,
    deprecated,
  };
}

function Signature({ name, parameters }: { name: string; parameters: readonly Argument[] }) {
  if (parameters.length === 0) return name;
  return (
    <>
      {name}(
      {parameters.map((parameter, index) => (
        <span key={parameter.name} title={parameter.description}>
          {index > 0 && ', '}
          {parameter.name}: <TypeText text={parameter.type} />
          {parameter.default !== undefined && ` = ${parameter.default}`}
        </span>
      ))}
      )
    </>
  );
}
