import { IconX } from '@tabler/icons-react';
import styles from './filter.module.css';

export interface FilterChipProps {
  /** Property: "Owner". */
  label: string;
  /** Its value: "payments". */
  value: string;
  onRemove: () => void;
}

/** One active filter with a button that removes it. */
export function FilterChip({ label, value, onRemove }: FilterChipProps) {
  return (
    <span className={styles.chip}>
      <span className={styles.chipLabel}>{label}</span>
      <span className={styles.chipValue} title={value}>
        {value}
      </span>
      <button
        type="button"
        className={styles.chipRemove}
        aria-label={`Remove filter ${label} ${value}`}
        onClick={onRemove}
      >
        <IconX size={12} stroke={2.2} aria-hidden />
      </button>
    </span>
  );
}
