import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { definitionFormatSchema, type Entity } from '@waymark/contracts';
import { numberText, Panel, SkeletonRows } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useShownInstant } from '../../../lib/as-of/AsOfScope.tsx';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { RelatedList } from '../RelatedList.tsx';
import { targetsOf } from '../../../lib/entities/relation-words.ts';
import { apiDefinitionQueries } from './api-definition.queries.ts';
import styles from './ApiTab.module.css';
import { DefinitionChanges } from './DefinitionChanges.tsx';
import { DefinitionView } from './DefinitionView.tsx';
import { DownloadButton } from './DownloadButton.tsx';
import { remotesOf, RemotesPanel } from './RemotesPanel.tsx';

const views = ['reference', 'changes', 'text'] as const;
const viewWords = { reference: 'Reference', changes: 'Changes', text: 'Text' };

/** The definition of an API as its viewer shows it, what changed in it, and who provides and consumes it. */
export function ApiTab({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const asOf = useShownInstant();
  return (
    <div className={styles.tab}>
      <Users entity={entity} />
      <RemotesPanel entity={entity} />
      {hasDefinition(entity) &&
        (asOf === undefined ? (
          <Definition entityRef={entityRef} entity={entity} />
        ) : (
          <DefinitionOfThen entity={entity} />
        ))}
    </div>
  );
}

/** Whether the entity is an API with something that its tab can show. */
export function isShownAsApi(entity: Entity): boolean {
  return entity.kind.toLowerCase() === 'api' && (hasDefinition(entity) || remotesOf(entity).length > 0);
}

function hasDefinition(entity: Entity): boolean {
  const definition = entity.spec?.['definition'];
  return typeof definition === 'string'
    ? definition.trim() !== ''
    : definition !== undefined && definition !== null;
}

function Definition({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const [view, setView] = useQueryState('view', parseAsStringLiteral(views).withDefault('reference'));
  const query = useQuery(apiDefinitionQueries.definition(entityRef, entity.metadata.etag));
  const isSlow = useDelayed(query.isPending);
  const { data: definition, error } = query;
  return (
    <>
      {definition && (
        <div className={styles.bar}>
          <SegmentedControl
            size="xs"
            aria-label="What is shown of the definition"
            value={view}
            onChange={(value) => void setView(views.find((one) => one === value) ?? 'reference')}
            data={views.map((value) => ({ value, label: viewWords[value] }))}
          />
          <DownloadButton text={definition.text} format={definition.format} name={entity.metadata.name} />
        </div>
      )}
      {query.isPending && isSlow && (
        <SkeletonRows rows={10} columns={['12%', '50%']} label="Reading the definition" />
      )}
      {error && (
        <ErrorPanel
          error={error}
          size="inline"
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {definition && view !== 'changes' && (
        <DefinitionView definition={definition} entity={entity} isText={view === 'text'} />
      )}
      {definition && view === 'changes' && <DefinitionChanges entityRef={entityRef} entity={entity} />}
    </>
  );
}

/** The server reads and compares the definition of now; of the past there is the text that the entity had. */
function DefinitionOfThen({ entity }: { entity: Entity }) {
  const written = entity.spec?.['definition'];
  const text = typeof written === 'string' ? written : JSON.stringify(written, null, 2);
  const format = definitionFormatSchema.safeParse(entity.spec?.['type']).data ?? 'text';
  return (
    <>
      <div className={styles.bar}>
        <p className={styles.then}>
          The text as it was then. The reference, and the comparison with other versions, are for now only.
        </p>
        <DownloadButton text={text} format={format} name={entity.metadata.name} />
      </div>
      <DefinitionView definition={{ format, text, problems: [] }} entity={entity} isText />
    </>
  );
}

function Users({ entity }: { entity: Entity }) {
  const groups = [
    {
      title: 'Providers',
      refs: targetsOf(entity, 'apiProvidedBy'),
      none: 'No component says that it provides this API.',
    },
    {
      title: 'Consumers',
      refs: targetsOf(entity, 'apiConsumedBy'),
      none: 'No component says that it consumes this API.',
    },
  ];
  return (
    <div className={styles.users}>
      {groups.map(({ title, refs, none }) => (
        <Panel key={title} title={title} count={numberText(refs.length)} isFlush={refs.length > 0}>
          {refs.length > 0 ? (
            <RelatedList refs={refs} shownAtFirst={4} />
          ) : (
            <p className={styles.none}>{none}</p>
          )}
        </Panel>
      ))}
    </div>
  );
}
