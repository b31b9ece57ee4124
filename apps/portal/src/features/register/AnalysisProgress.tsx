import { Button } from '@mantine/core';
import { durationText, ProgressBar } from '@waymark/ui';
import { useElapsedSeconds } from '../../lib/ui/use-elapsed.ts';
import styles from './RegisterPage.module.css';

/** That the place is being looked at, for how long, and the way out. */
export function AnalysisProgress({ onCancel }: { onCancel: () => void }) {
  const seconds = useElapsedSeconds();
  return (
    <div className={styles.progress} role="status">
      <div className={styles.progressWords}>
        <span>Fetching the files and reading them. Nothing is kept.</span>
        {seconds > 0 && <span className={styles.elapsed}>{durationText(seconds * 1000)}</span>}
        <Button size="compact-xs" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      <ProgressBar label="Looking at the repository" done={0} />
    </div>
  );
}
