import { useQuery } from '@tanstack/react-query';
import { IconHistory } from '@tabler/icons-react';
import type { DefinitionChange, EndpointReply, Entity, getApiDefinitionChanges } from '@waymark/contracts';
import {
  countText,
  MessagePanel,
  numberText,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusLabel,
  type StatusTone,
} from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { apiDefinitionQueries } from './api-definition.queries.ts';
import styles from './DefinitionChanges.module.css';

const TextDifference = lazy(async () => ({ default: (await import('./TextDifference.tsx')).TextDifference }));

type Changes = EndpointReply<typeof getApiDefinitionChanges>;

const levels: Record<DefinitionChange['level'], { tone: StatusTone; word: string }> = {
  breaking: { tone: 'bad', word: 'Breaking' },
  unclear: { tone: 'warning', word: 'Look at it' },
  compatible: { tone: 'good', word: 'Compatible' },
};

/** What the last change of a definition means for those who use the API, and the difference of the two texts. */
export function DefinitionChanges({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const query = useQuery(apiDefinitionQueries.changes(entityRef, entity.metadata.etag));
  const isSlow = useDelayed(query.isPending);
  const { data, error } = query;
  if (error) {
    return (
      <ErrorPanel
        error={error}
        size="inline"
        onRetry={() => void query.refetch()}
        isRetrying={query.isFetching}
      />
    );
  }
  if (data === undefined) {
    return isSlow ? <SkeletonRows rows={6} columns={['10%', '60%']} label="Comparing the versions" /> : null;
  }
  if (data.from === undefined) {
    return (
      <MessagePanel
        icon={<IconHistory size={20} stroke={1.6} />}
        title="Only one version so far"
        size="inline"
      >
        The catalog has seen one version of this definition, since <RelativeTime at={data.to.at} />. When the
        file changes, what that means for its consumers stands here.
      </MessagePanel>
    );
  }
  return <Comparison from={data.from} data={data} />;
}

function Comparison({ from, data }: { from: NonNullable<Changes['from']>; data: Changes }) {
  const { to, changes, format } = data;
  return (
    <>
      <Panel
        title="What changed"
        count={numberText(changes.length)}
        isFlush
        aside={
          <span className={styles.versions}>
            <Version version={from} /> → <Version version={to} />
          </span>
        }
      >
        {changes.length === 0 ? (
          <p className={styles.none}>
            {format === 'text'
              ? 'The text changed; what that means only people can say.'
              : 'The text changed, but nothing in it that a consumer would notice.'}
          </p>
        ) : (
          <>
            <p className={styles.summary}>{summaryOf(changes)}</p>
            <ul className={styles.changes} aria-label="Changes of the definition">
              {changes.map(({ level, path, message }) => (
                <li key={`${path} ${message}`} className={styles.change}>
                  <span className={styles.level}>
                    <StatusLabel tone={levels[level].tone}>{levels[level].word}</StatusLabel>
                  </span>
                  <span className={styles.words}>
                    {path !== '' && <code className={styles.path}>{path}</code>} {message}
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </Panel>
      <Suspense fallback={<SkeletonRows rows={6} columns={['60%']} label="Comparing the texts" />}>
        <TextDifference before={from.text} after={to.text} />
      </Suspense>
    </>
  );
}

function Version({ version: { at, revision } }: { version: Changes['to'] }) {
  return (
    <>
      {revision !== undefined && <code className={styles.revision}>{revision.slice(0, 8)}</code>}{' '}
      <RelativeTime at={at} />
    </>
  );
}

function summaryOf(changes: readonly DefinitionChange[]): string {
  const count = (level: DefinitionChange['level']) =>
    changes.filter((change) => change.level === level).length;
  const [breaking, unclear] = [count('breaking'), count('unclear')];
  const parts = [
    breaking > 0
      ? `${countText(breaking, 'breaking change', 'breaking changes')}: consumers have to act.`
      : '',
    unclear > 0 ? `${countText(unclear, 'change', 'changes')} to look at.` : '',
    breaking === 0 && unclear === 0 ? 'Consumers need not do anything.' : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}
