import { Panel } from '@waymark/ui';
import { useState } from 'react';
import { DiffLayout, VersionDiffView, type DiffLines } from '../VersionDiffView.tsx';

/** The lines in which two texts differ. */
export function TextDifference({ before, after }: { before: string; after: string }) {
  const [lines, setLines] = useState<DiffLines>('unified');
  return (
    <Panel title="Difference of the texts" isFlush aside={<DiffLayout lines={lines} onLines={setLines} />}>
      <VersionDiffView olderText={before} newerText={after} lines={lines} />
    </Panel>
  );
}
