import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { KeyHint } from '@waymark/ui';
import { Link } from 'react-router';
import { commandKey } from '../../lib/browser/command-key.ts';
import { paths } from '../../lib/paths.ts';
import { portalInfoQuery } from '../../lib/portal-info.queries.ts';
import { Breadcrumbs } from './Breadcrumbs.tsx';
import styles from './Header.module.css';
import { NotificationsBell } from './NotificationsBell.tsx';
import { DemoBadge, PersonChip } from './PersonChip.tsx';
import { RunsInProgress } from './RunsInProgress.tsx';
import { SchemeToggle } from './SchemeToggle.tsx';

/** The strip above each page: where we are, search, runs in progress, notifications, theme, person. */
export function Header({ onOpenPalette }: { onOpenPalette: () => void }) {
  const { data: portal } = useQuery(portalInfoQuery());
  return (
    <header className={styles.header}>
      <Breadcrumbs />
      <button
        type="button"
        className={styles.search}
        onClick={onOpenPalette}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <IconSearch size={15} stroke={1.8} aria-hidden />
        <span className={styles.searchLabel}>Search</span>
        <span className={styles.searchKeys} aria-hidden>
          <KeyHint keys={`${commandKey} K`} />
        </span>
      </button>
      <Link to={paths.create()} className={styles.create}>
        <IconPlus size={15} stroke={2} aria-hidden />
        Create
      </Link>
      <RunsInProgress />
      <NotificationsBell />
      {portal?.isDemo && <DemoBadge organizationName={portal.organizationName} />}
      <SchemeToggle />
      {portal && <PersonChip actorRef={portal.actor.ref} isGuestMode={portal.isGuestMode} />}
    </header>
  );
}
