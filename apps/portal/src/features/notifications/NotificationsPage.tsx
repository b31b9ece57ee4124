import { Button } from '@mantine/core';
import { IconBell, IconChecks } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { Notification } from '@waymark/contracts';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { notificationsQueries, useMarkNotifications } from '../../lib/notifications/notifications.queries.ts';
import { Page } from '../../lib/page/Page.tsx';
import { TabLinks } from '../../lib/page/TabLinks.tsx';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import { NotificationRow } from './NotificationRow.tsx';
import styles from './NotificationsPage.module.css';

const choices = ['all', 'unread'] as const;

/** What one is told: by templates that ran, so far. */
export function NotificationsPage() {
  const [choice] = useQueryState('show', parseAsStringLiteral(choices).withDefault('all'));
  const query = useInfiniteQuery(notificationsQueries.list(choice));
  const { data: status } = useQuery(notificationsQueries.status());
  const mark = useMarkNotifications();
  const notifications = query.data?.pages.flatMap((page) => page.notifications) ?? [];
  const unread = notifications.filter(({ read }) => read === undefined);
  return (
    <Page
      title="Notifications"
      width="text"
      actions={
        unread.length > 0 && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconChecks size={14} />}
            loading={mark.isPending}
            onClick={() => mark.mutate({ ids: unread.map(({ id }) => id), read: true })}
          >
            {query.hasNextPage ? 'Mark these as read' : 'Mark all as read'}
          </Button>
        )
      }
    >
      <div className={styles.head}>
        <TabLinks
          label="Which notifications"
          currentId={choice}
          tabs={[
            { id: 'all', label: 'All', to: paths.notifications() },
            {
              ...{ id: 'unread', label: 'Unread', to: paths.notifications({ show: 'unread' }) },
              count: status && status.unread > 0 ? String(status.unread) : undefined,
            },
          ]}
        />
      </div>
      <PagedList
        query={query}
        isEmpty={notifications.length === 0}
        skeleton={
          <SkeletonRows rows={6} rowHeight={64} columns={['60%']} label="Loading the notifications" />
        }
        empty={<NothingHere isAll={choice === 'all'} />}
      >
        <NotificationList
          notifications={notifications}
          onMark={(id, read) => mark.mutate({ ids: [id], read })}
        />
      </PagedList>
    </Page>
  );
}

interface NotificationListProps {
  notifications: Notification[];
  onMark: (id: string, read: boolean) => void;
}

function NotificationList({ notifications, onMark }: NotificationListProps) {
  return (
    <ul className={styles.list} aria-label="Notifications">
      {notifications.map((notification) => (
        <NotificationRow
          key={notification.id}
          notification={notification}
          onMark={(read) => onMark(notification.id, read)}
        />
      ))}
    </ul>
  );
}

function NothingHere({ isAll }: { isAll: boolean }) {
  return (
    <MessagePanel
      icon={<IconBell size={20} stroke={1.6} />}
      title={isAll ? 'No notifications yet' : 'Everything is read'}
      actions={
        isAll ? (
          <LinkButton to={paths.templateActions('notification:send')}>See what sends them</LinkButton>
        ) : (
          <LinkButton to={paths.notifications()}>Show all</LinkButton>
        )
      }
    >
      {isAll
        ? 'Templates tell people things with the action notification:send. What they tell you shows here.'
        : 'What you are told next shows here.'}
    </MessagePanel>
  );
}
