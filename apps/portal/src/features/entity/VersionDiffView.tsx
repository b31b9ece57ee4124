import { SegmentedControl } from '@mantine/core';
import { CodeView, countText } from '@waymark/ui';
import { useMemo } from 'react';
import { DifferenceLines, type DiffLines } from '../../lib/ui/difference/DifferenceLines.tsx';
import { textDifference } from '../../lib/ui/difference/text-difference.ts';
import styles from './VersionDiffView.module.css';

/** Chooses how the lines of a difference are laid out. */
export function DiffLayout({ lines, onLines }: { lines: DiffLines; onLines: (lines: DiffLines) => void }) {
  return (
    <SegmentedControl
      size="xs"
      aria-label="Layout of the difference"
      value={lines}
      data={[
        { value: 'unified', label: 'Unified' },
        { value: 'split', label: 'Split' },
      ]}
      onChange={onLines}
    />
  );
}

export interface VersionDiffViewProps {
  /** Undefined where there was no such text: the version before the first. */
  olderText: string | undefined;
  /** Undefined where the entity was removed. */
  newerText: string | undefined;
  lines: DiffLines;
}

/** Lines that were taken away and added between two texts, with signs and colours. */
export function VersionDiffView({ olderText, newerText, lines }: VersionDiffViewProps) {
  const diff = useMemo(() => textDifference(olderText ?? '', newerText ?? ''), [olderText, newerText]);
  if (olderText === undefined && newerText === undefined) {
    return <p className={styles.words}>No text is kept of either version.</p>;
  }
  if (!diff) {
    return (
      <>
        <p className={styles.words}>The two texts have too little in common. This is the newer one.</p>
        <CodeView text={newerText ?? ''} label="The newer version" language="yaml" />
      </>
    );
  }
  if (diff.hunks.length === 0) {
    return <p className={styles.words}>The two texts are the same: only the place of the file changed.</p>;
  }
  return (
    <>
      <p className={styles.words}>
        {olderText === undefined && 'This is the first recorded version. '}
        {newerText === undefined && 'The entity was removed here. '}
        {countText(diff.added, 'line')} added, {countText(diff.removed, 'line')} removed.
      </p>
      <DifferenceLines hunks={diff.hunks} lines={lines} label="Differences by line" />
    </>
  );
}
