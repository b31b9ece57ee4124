import { Button } from '@mantine/core';
import styles from './NextPageError.module.css';

/** Under the rows that are there, when the next ones could not be loaded. */
export function NextPageError({ onRetry }: { onRetry: () => void }) {
  return (
    <div className={styles.error} role="alert">
      The next rows could not be loaded.
      <Button size="compact-xs" variant="default" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
