import type { ReactNode } from 'react';
import styles from './Page.module.css';
import { usePageIdentity, type Crumb } from './page-identity.ts';

export interface PageProps {
  title: string;
  /** Way to the page, without the page itself. */
  parents?: Crumb[];
  /** What the window and the last crumb are called, where the page shows a part of what the title names. */
  shown?: string | undefined;
  /** Beside the title: a count, a state. */
  beside?: ReactNode;
  /** One line under the title. */
  lead?: ReactNode;
  /** Right of the title: the page's buttons. */
  actions?: ReactNode;
  /** Widest measure of the content; `full` for what fills the window, also in its height. */
  width?: 'text' | 'wide' | 'full';
  children: ReactNode;
}

/** Frame of an ordinary page: title, lead, actions, content that scrolls with the page. */
export function Page({
  title,
  parents = [],
  shown = title,
  beside,
  lead,
  actions,
  width = 'wide',
  children,
}: PageProps) {
  usePageIdentity({ title: shown, crumbs: [...parents, { label: shown }] });
  return (
    <div className={styles.page} data-width={width}>
      <header className={styles.header}>
        <div className={styles.heading}>
          <div className={styles.titleLine}>
            <h1 className={styles.title}>{title}</h1>
            {beside}
          </div>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}
