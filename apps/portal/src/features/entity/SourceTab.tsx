import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Entity, EntityOrigin } from '@waymark/contracts';
import { CodeView, ExternalLink, Fact, FactList, Panel, RelativeTime, SkeletonRows } from '@waymark/ui';
import { useState } from 'react';
import { Link, useLocation } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { entityTitle } from '../../lib/entities/entity-ref.ts';
import { paths } from '../../lib/paths.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import { entityQueries } from './entity.queries.ts';
import styles from './SourceTab.module.css';

/** Where the entity was read from, the text as it stands there, and what the catalog made of it. */
export function SourceTab({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const [shown, setShown] = useState<'file' | 'served'>('file');
  const { data: origin, error, isPending, refetch, isFetching } = useQuery(entityQueries.origin(entityRef));
  const isSlow = useDelayed(isPending);
  if (isPending) return isSlow ? <SkeletonRows rows={10} columns={['45%']} label="Loading the file" /> : null;
  if (error && !isNotFound(error)) {
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  const isFileShown = origin !== undefined && shown === 'file';
  return (
    <div className={styles.source}>
      {origin && <OriginFacts origin={origin} />}
      {origin && origin.rivals.length > 0 && <Rivals origin={origin} />}
      <Panel
        title={isFileShown ? origin.path : 'As the catalog serves it'}
        isFlush
        aside={
          origin && (
            <SegmentedControl
              size="xs"
              aria-label="Which text is shown"
              value={shown}
              onChange={(value) => setShown(value === 'served' ? 'served' : 'file')}
              data={[
                { value: 'file', label: 'File' },
                { value: 'served', label: 'As served' },
              ]}
            />
          )
        }
      >
        {isFileShown ? (
          <FileText origin={origin} label={`Descriptor of ${entityTitle(entity)}`} />
        ) : (
          <CodeView text={JSON.stringify(entity, null, 2)} label={`${entityTitle(entity)} as JSON`} />
        )}
      </Panel>
    </div>
  );
}

function FileText({ origin, label }: { origin: EntityOrigin; label: string }) {
  const { hash } = useLocation();
  const line = /^#L(\d+)$/.exec(hash)?.[1];
  return (
    <CodeView
      text={origin.text}
      firstLine={origin.line}
      language="yaml"
      label={label}
      markedLine={line === undefined ? undefined : Number(line)}
    />
  );
}

function OriginFacts({ origin }: { origin: EntityOrigin }) {
  return (
    <FactList>
      <Fact label="Source">
        <Link to={paths.source(origin.sourceId)} className={styles.link} title={origin.sourceTarget}>
          {shortTarget(origin.sourceTarget)}
        </Link>
      </Fact>
      <Fact label="File">
        {origin.viewUrl ? (
          <ExternalLink url={origin.viewUrl}>
            {origin.path}:{origin.line}
          </ExternalLink>
        ) : (
          <span className={styles.path}>
            {origin.path}:{origin.line}
          </span>
        )}
      </Fact>
      <Fact label="Read">
        <RelativeTime at={origin.readAt} />
      </Fact>
      {origin.editUrl && (
        <Fact label="Change it">
          <ExternalLink url={origin.editUrl}>Edit the file</ExternalLink>
        </Fact>
      )}
    </FactList>
  );
}

function Rivals({ origin }: { origin: EntityOrigin }) {
  return (
    <Panel title="Other files that claim this reference" count={String(origin.rivals.length)}>
      <p className={styles.hint}>
        The file that was read first keeps the reference. Rename one of them, or remove the one that is wrong.
      </p>
      <ul className={styles.rivals}>
        {origin.rivals.map((rival) => (
          <li key={`${rival.sourceId} ${rival.path} ${rival.line}`}>
            <Link
              to={paths.source(rival.sourceId, { tab: 'conflicts' })}
              className={styles.link}
              title={rival.sourceTarget}
            >
              {shortTarget(rival.sourceTarget)}
            </Link>{' '}
            <span className={styles.path}>
              {rival.path}:{rival.line}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
