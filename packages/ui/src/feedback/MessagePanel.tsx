import type { ReactNode } from 'react';
import styles from './MessagePanel.module.css';

export interface MessagePanelProps {
  icon: ReactNode;
  title: string;
  /** What is going on and what to do, in plain words. */
  children?: ReactNode;
  /** Buttons, at most two. */
  actions?: ReactNode;
  tone?: 'neutral' | 'bad';
  /** `page` is centred in a page, `inline` sits in a section. */
  size?: 'page' | 'inline';
  /** Level of the heading; 2 unless the panel is the whole page. */
  headingLevel?: 1 | 2 | 3;
  /** `alert` for what went wrong just now. */
  role?: 'alert' | 'status';
}

/** The one look of an empty, failed or missing thing: icon, sentence, what to do. */
export function MessagePanel({
  icon,
  title,
  children,
  actions,
  tone = 'neutral',
  size = 'page',
  headingLevel = 2,
  role,
}: MessagePanelProps) {
  const Heading = `h${headingLevel}` as const;
  return (
    <div className={styles.panel} data-size={size} data-tone={tone} role={role}>
      <div className={styles.icon} aria-hidden>
        {icon}
      </div>
      <Heading className={styles.title}>{title}</Heading>
      {children && <div className={styles.text}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  );
}
