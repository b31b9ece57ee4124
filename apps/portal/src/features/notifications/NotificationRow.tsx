import { Button } from '@mantine/core';
import type { Notification, NotificationSeverity } from '@waymark/contracts';
import { ExternalLink, RelativeTime, StatusLabel, type StatusTone } from '@waymark/ui';
import { Link } from 'react-router';
import { portalPath } from './portal-path.ts';
import styles from './NotificationsPage.module.css';

/** A usual one needs no word. */
const severityWords: Partial<Record<NotificationSeverity, { tone: StatusTone; word: string }>> = {
  critical: { tone: 'bad', word: 'Critical' },
  high: { tone: 'warning', word: 'High' },
};

export interface NotificationRowProps {
  notification: Notification;
  onMark: (read: boolean) => void;
}

/** One notification: what, when, from where, and whether it is read. Following its link reads it. */
export function NotificationRow({ notification, onMark }: NotificationRowProps) {
  const { origin, created, payload } = notification;
  const isRead = notification.read !== undefined;
  const markWords = isRead ? 'Mark unread' : 'Mark read';
  const severity = severityWords[payload.severity];
  return (
    <li className={styles.row} data-is-read={isRead}>
      <div className={styles.text}>
        <div className={styles.titleLine}>
          <span className={styles.title}>
            <Title payload={payload} onFollow={() => !isRead && onMark(true)} />
          </span>
          {severity && <StatusLabel tone={severity.tone}>{severity.word}</StatusLabel>}
        </div>
        {payload.description !== undefined && <p className={styles.description}>{payload.description}</p>}
        <p className={styles.origin}>
          {!isRead && <span className={styles.new}>Unread</span>}
          <RelativeTime at={created} /> · {origin}
          {payload.topic !== undefined && ` · ${payload.topic}`}
        </p>
      </div>
      <Button
        size="compact-xs"
        variant="subtle"
        className={styles.mark}
        aria-label={`${markWords}: ${payload.title}`}
        onClick={() => onMark(!isRead)}
      >
        {markWords}
      </Button>
    </li>
  );
}

function Title({ payload, onFollow }: { payload: Notification['payload']; onFollow: () => void }) {
  const { title, link } = payload;
  if (link === undefined) return title;
  const path = portalPath(link);
  if (path !== undefined) {
    return (
      <Link to={path} onClick={onFollow}>
        {title}
      </Link>
    );
  }
  return (
    <ExternalLink url={link} onFollow={onFollow}>
      {title}
    </ExternalLink>
  );
}
