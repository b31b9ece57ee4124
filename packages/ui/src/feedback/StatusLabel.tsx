import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleDashed,
  IconClock,
  IconInfoCircle,
  IconLoader2,
  IconXboxX,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './StatusLabel.module.css';

/** What a state means for the reader; each tone has its own icon, so colour never stands alone. */
export type StatusTone = 'good' | 'warning' | 'bad' | 'info' | 'unknown' | 'waiting' | 'busy';

const toneIcons: Record<StatusTone, Icon> = {
  good: IconCircleCheck,
  warning: IconAlertTriangle,
  bad: IconXboxX,
  info: IconInfoCircle,
  unknown: IconCircleDashed,
  waiting: IconClock,
  busy: IconLoader2,
};

export interface StatusLabelProps {
  tone: StatusTone;
  children: ReactNode;
  /** `pill` has a soft background; `plain` is icon and word only. */
  look?: 'plain' | 'pill';
}

/** A state as icon and word. */
export function StatusLabel({ tone, children, look = 'plain' }: StatusLabelProps) {
  const Picture = toneIcons[tone];
  return (
    <span className={styles.label} data-tone={tone} data-look={look}>
      <Picture size={15} stroke={1.8} aria-hidden className={styles.icon} />
      <span>{children}</span>
    </span>
  );
}
