import {
  graphqlOutlineSchema,
  grpcOutlineSchema,
  type EndpointReply,
  type Entity,
  type getApiDefinition,
} from '@waymark/contracts';
import { CodeView, MessagePanel, numberText, Panel, SkeletonRows } from '@waymark/ui';
import { IconFileAlert } from '@tabler/icons-react';
import { lazy, Suspense, type ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';
import { entityTitle } from '../../../lib/entities/entity-ref.ts';
import { isJsonText } from './is-json-text.ts';
import styles from './ApiTab.module.css';

type Definition = EndpointReply<typeof getApiDefinition>;

// Viewers are large and each page needs one of them: none is loaded before it is shown.
const OpenApiViewer = lazy(async () => ({ default: (await import('./OpenApiViewer.tsx')).OpenApiViewer }));
const AsyncApiViewer = lazy(async () => ({ default: (await import('./AsyncApiViewer.tsx')).AsyncApiViewer }));
const GraphqlViewer = lazy(async () => ({ default: (await import('./GraphqlViewer.tsx')).GraphqlViewer }));
const GrpcViewer = lazy(async () => ({ default: (await import('./GrpcViewer.tsx')).GrpcViewer }));

export interface DefinitionViewProps {
  definition: Definition;
  entity: Entity;
  /** Show what was written and no viewer. */
  isText: boolean;
}

/** A definition in the viewer of its format; as text where there is none, or where it cannot be read. */
export function DefinitionView({ definition, entity, isText }: DefinitionViewProps) {
  const title = entityTitle(entity);
  const text = <DefinitionText definition={definition} title={title} />;
  const viewer = isText ? undefined : viewerOf(definition, title);
  return (
    <>
      <DefinitionProblems definition={definition} />
      {viewer === undefined ? (
        text
      ) : (
        <ErrorBoundary
          resetKeys={[definition]}
          fallback={
            <>
              <MessagePanel
                icon={<IconFileAlert size={20} stroke={1.6} />}
                title="The viewer gave up"
                size="inline"
                role="alert"
              >
                It could not show this definition, so here is its text.
              </MessagePanel>
              {text}
            </>
          }
        >
          <Suspense fallback={<SkeletonRows rows={10} columns={['12%', '50%']} label="Loading the viewer" />}>
            {viewer}
          </Suspense>
        </ErrorBoundary>
      )}
    </>
  );
}

function viewerOf({ format, model }: Definition, title: string): ReactNode {
  if (model === undefined) return undefined;
  switch (format) {
    case 'openapi':
      return typeof model === 'object' && model !== null ? (
        <OpenApiViewer document={model} title={title} />
      ) : undefined;
    case 'asyncapi':
      return typeof model === 'string' ? <AsyncApiViewer document={model} title={title} /> : undefined;
    case 'graphql': {
      const outline = graphqlOutlineSchema.safeParse(model);
      return outline.success ? <GraphqlViewer outline={outline.data} /> : undefined;
    }
    case 'grpc': {
      const outline = grpcOutlineSchema.safeParse(model);
      return outline.success ? <GrpcViewer outline={outline.data} /> : undefined;
    }
    case 'text':
      return undefined;
  }
}

function DefinitionText({ definition: { format, text }, title }: { definition: Definition; title: string }) {
  const isYaml = (format === 'openapi' || format === 'asyncapi') && !isJsonText(text);
  return (
    <Panel title="Definition as it was written" isFlush>
      <CodeView text={text} label={`Definition of ${title}`} language={isYaml ? 'yaml' : 'plain'} />
    </Panel>
  );
}

function DefinitionProblems({ definition: { problems } }: { definition: Definition }) {
  if (problems.length === 0) return null;
  return (
    <Panel title="Problems of the definition" count={numberText(problems.length)} isFlush>
      <ul className={styles.problems}>
        {problems.map(({ message, line }, index) => (
          <li key={index} className={styles.problem}>
            <span className={styles.line}>{line === undefined ? '' : `Line ${numberText(line)}`}</span>
            <span>{message}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
