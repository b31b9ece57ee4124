import { Panel } from '@waymark/ui';
import { useState } from 'react';
import type { DiffLines } from '../../../lib/ui/difference/DifferenceLines.tsx';
import { DiffLayout, VersionDiffView } from '../VersionDiffView.tsx';

/** The lines in which two texts differ. */
export function TextDifference({ before, after }: { before: string; after: string }) {
  const [lines, setLines] = useState<DiffLines>('unified');
  return (
    <Panel title="Difference of the texts" isFlush aside={<DiffLayout lines={lines} onLines={setLines} />}>
      <VersionDiffView olderText={before} newerText={after} lines={lines} />
    </Panel>
  );
}
