import 'react-diff-view/style/index.css';
import { Decoration, Diff, Hunk, type HunkData } from 'react-diff-view';
import styles from './DifferenceLines.module.css';

export type DiffLines = 'unified' | 'split';

export interface DifferenceLinesProps {
  hunks: HunkData[];
  lines?: DiffLines;
  /** What the box is, for screen readers. */
  label: string;
}

/** The lines of a difference, with signs and colours. */
export function DifferenceLines({ hunks: given, lines = 'unified', label }: DifferenceLinesProps) {
  return (
    // Wide lines scroll sideways, so a keyboard must be able to reach the box.
    <div className={styles.scroll} role="region" aria-label={label} tabIndex={0}>
      <Diff diffType="modify" viewType={lines} hunks={given} className={styles.diff ?? ''}>
        {(hunks) =>
          hunks.flatMap((hunk) => [
            <Decoration key={`head ${hunk.content}`}>
              <span className={styles.hunk}>Line {hunk.newStart}</span>
            </Decoration>,
            <Hunk key={hunk.content} hunk={hunk} />,
          ])
        }
      </Diff>
    </div>
  );
}
