import { Tooltip } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { countText } from '@waymark/ui';
import { Link } from 'react-router';
import { notificationsQueries } from '../../lib/notifications/notifications.queries.ts';
import { paths } from '../../lib/paths.ts';
import styles from './Header.module.css';

const most = 99;

/** The way to one's notifications, with how many are unread. */
export function NotificationsBell() {
  const { data } = useQuery(notificationsQueries.status());
  const unread = data?.unread ?? 0;
  const words = unread === 0 ? 'Notifications' : countText(unread, 'unread notification');
  return (
    <Tooltip label={words} openDelay={300}>
      <Link to={paths.notifications()} className={styles.bell} aria-label={words}>
        <IconBell size={17} stroke={1.7} aria-hidden />
        {unread > 0 && (
          <span className={styles.unread} aria-hidden>
            {unread > most ? `${most}+` : unread}
          </span>
        )}
      </Link>
    </Tooltip>
  );
}
