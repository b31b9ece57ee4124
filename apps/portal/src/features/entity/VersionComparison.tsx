import { useQuery } from '@tanstack/react-query';
import type { EntityChange } from '@waymark/contracts';
import { Panel, SkeletonRows } from '@waymark/ui';
import { useId } from 'react';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import type { DiffLines } from '../../lib/ui/difference/DifferenceLines.tsx';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { versionLabel } from './change-words.ts';
import { historyQueries } from './history.queries.ts';
import { RestoreBar } from './RestoreBar.tsx';
import styles from './VersionComparison.module.css';
import { DiffLayout, VersionDiffView } from './VersionDiffView.tsx';

export interface VersionComparisonProps {
  entityRef: string;
  /** Newest first, as far as they are loaded. */
  changes: EntityChange[];
  newerId: string;
  /** Undefined: the version before the newer one. */
  olderId: string | undefined;
  lines: DiffLines;
  onCompare: (versions: { from: string | null; to: string }) => void;
  onLines: (lines: DiffLines) => void;
}

/** The difference of two versions of a descriptor, and the text of the newer one to take along. */
export function VersionComparison(props: VersionComparisonProps) {
  const { entityRef, changes, newerId, olderId, lines, onCompare, onLines } = props;
  const newer = useQuery(historyQueries.version(entityRef, newerId));
  const older = useQuery({
    ...historyQueries.version(entityRef, olderId ?? ''),
    enabled: olderId !== undefined,
  });
  const isPending = newer.isPending || (olderId !== undefined && older.isPending);
  const isSlow = useDelayed(isPending);
  const failed = [newer, older].filter(({ error }) => error !== null);
  const olderText = olderId === undefined ? newer.data?.previousText : older.data?.text;
  return (
    <Panel title="What is different" isFlush aside={<DiffLayout lines={lines} onLines={onLines} />}>
      <div className={styles.versions}>
        <VersionSelect
          label="From"
          changes={changes}
          value={olderId ?? ''}
          before
          onChange={(id) => onCompare({ from: id === '' ? null : id, to: newerId })}
        />
        <VersionSelect
          label="To"
          changes={changes}
          value={newerId}
          onChange={(id) => onCompare({ from: olderId ?? null, to: id })}
        />
      </div>
      {failed[0] && (
        <ErrorPanel
          error={failed[0].error}
          size="inline"
          headingLevel={3}
          onRetry={() => failed.forEach(({ refetch }) => void refetch())}
          isRetrying={failed.some(({ isFetching }) => isFetching)}
        />
      )}
      {failed.length === 0 && isPending && isSlow && (
        <SkeletonRows rows={8} columns={['60%']} label="Loading the versions" />
      )}
      {failed.length === 0 && !isPending && newer.data && (
        <>
          <VersionDiffView olderText={olderText} newerText={newer.data.text} lines={lines} />
          <RestoreBar entityRef={entityRef} version={newer.data} />
        </>
      )}
    </Panel>
  );
}

interface VersionSelectProps {
  label: string;
  changes: EntityChange[];
  value: string;
  /** Offers "the version before". */
  before?: boolean;
  onChange: (id: string) => void;
}

function VersionSelect({ label, changes, value, before = false, onChange }: VersionSelectProps) {
  const id = useId();
  const isKnown = value === '' || changes.some((change) => change.id === value);
  return (
    <div className={styles.version}>
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className={styles.select}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      >
        {before && <option value="">The version before</option>}
        {!isKnown && <option value={value}>A version not loaded here</option>}
        {changes.map((change) => (
          <option key={change.id} value={change.id}>
            {versionLabel(change)}
          </option>
        ))}
      </select>
    </div>
  );
}
