import { IconHistory } from '@tabler/icons-react';
import { exactTime } from '@waymark/ui';
import styles from './AsOfBanner.module.css';
import { useAsOf } from './as-of.ts';

/** Says that a page shows the past, and leads back. Nothing where it shows now. */
export function AsOfBanner() {
  const { asOf, backToNow } = useAsOf();
  return (
    <div role="status">
      {asOf !== undefined && (
        <div className={styles.banner}>
          <IconHistory size={16} stroke={1.7} aria-hidden />
          <span>
            As of <time dateTime={asOf}>{exactTime(new Date(asOf))}</time>
          </span>
          <button type="button" className={styles.back} onClick={backToNow}>
            Back to now
          </button>
        </div>
      )}
    </div>
  );
}
