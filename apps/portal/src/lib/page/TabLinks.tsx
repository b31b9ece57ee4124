import type { ReactNode } from 'react';
import { Link } from 'react-router';
import styles from './TabLinks.module.css';

export interface TabLink {
  id: string;
  label: string;
  to: string;
  icon?: ReactNode;
  /** How many things are behind the tab. */
  count?: string | undefined;
}

export interface TabLinksProps {
  /** What the tabs switch, for screen readers. */
  label: string;
  tabs: TabLink[];
  currentId: string;
}

/** Sections of a page as links, so that each has an address, opens in a new tab and goes back. */
export function TabLinks({ label, tabs, currentId }: TabLinksProps) {
  return (
    <nav aria-label={label} className={styles.tabs}>
      {tabs.map((tab) => (
        <Link
          key={tab.id}
          to={tab.to}
          className={styles.tab}
          aria-current={tab.id === currentId ? 'page' : undefined}
          preventScrollReset
        >
          {tab.icon}
          {tab.label}
          {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
