import { SegmentedControl } from '@mantine/core';
import { Panel } from '@waymark/ui';
import { structuredPatch } from 'diff';
import { useMemo, useState } from 'react';
import { Diff, Hunk, parseDiff, type HunkData } from 'react-diff-view';
import 'react-diff-view/style/index.css';
import styles from './TextDifference.module.css';

/** Texts that differ in more than can be found in this time are not compared. */
const timeoutMs = 2_000;

/** The lines in which two texts differ. */
export function TextDifference({ before, after }: { before: string; after: string }) {
  const [layout, setLayout] = useState<'unified' | 'split'>('unified');
  const hunks = useMemo(() => hunksOf(before, after), [before, after]);
  return (
    <Panel
      title="Difference of the texts"
      isFlush
      aside={
        <SegmentedControl
          size="xs"
          aria-label="How the difference is laid out"
          value={layout}
          onChange={(value) => setLayout(value === 'split' ? 'split' : 'unified')}
          data={[
            { value: 'unified', label: 'One column' },
            { value: 'split', label: 'Side by side' },
          ]}
        />
      }
    >
      {hunks === undefined ? (
        <p className={styles.note}>The texts differ too much to be compared line by line.</p>
      ) : (
        // Wide tables scroll sideways, so a keyboard must be able to reach the box.
        <div className={styles.scroll} role="region" aria-label="Lines that differ" tabIndex={0}>
          <Diff viewType={layout} diffType="modify" hunks={hunks}>
            {(all) => all.map((hunk) => <Hunk key={hunk.content} hunk={hunk} />)}
          </Diff>
        </div>
      )}
    </Panel>
  );
}

function hunksOf(before: string, after: string): HunkData[] | undefined {
  const patch = structuredPatch('definition', 'definition', before, after, '', '', { timeout: timeoutMs });
  if (patch === undefined) return undefined;
  const lines = patch.hunks.flatMap((hunk) => [
    `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@`,
    ...hunk.lines,
  ]);
  // The parser wants a file as `git diff` writes it.
  const text = [
    'diff --git a/definition b/definition',
    '--- a/definition',
    '+++ b/definition',
    ...lines,
  ].join('\n');
  return parseDiff(text)[0]?.hunks ?? [];
}
