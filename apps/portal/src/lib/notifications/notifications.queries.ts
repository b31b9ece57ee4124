import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from '@tanstack/react-query';
import { getNotificationStatus, listNotifications, updateNotifications } from '@waymark/contracts';
import { api } from '../api.ts';
import { queryKeys } from '../query-keys.ts';
import { tellError } from '../ui/tell-error.ts';

/** Which of one's notifications a list shows. */
export type NotificationChoice = 'all' | 'unread';

const pageSize = 50;
const pollMs = 30_000;

/** What the person who asks is told. It is asked again every half minute while somebody looks. */
export const notificationsQueries = {
  status: () =>
    queryOptions({
      queryKey: [...queryKeys.notifications, 'status'],
      queryFn: ({ signal }) => api.call(getNotificationStatus, {}, { signal }),
      staleTime: 2_000,
      refetchInterval: pollMs,
    }),
  list: (choice: NotificationChoice) =>
    infiniteQueryOptions({
      queryKey: [...queryKeys.notifications, 'list', choice],
      queryFn: ({ signal, pageParam: offset }) =>
        api.call(
          listNotifications,
          { query: { offset, limit: pageSize, ...(choice === 'unread' && { read: 'false' }) } },
          { signal },
        ),
      initialPageParam: 0,
      getNextPageParam: ({ notifications, totalCount }, _pages, offset) => {
        const next = offset + notifications.length;
        return notifications.length > 0 && next < totalCount ? next : undefined;
      },
      placeholderData: keepPreviousData,
      staleTime: 0,
      refetchInterval: pollMs,
    }),
};

/** Marks notifications as read or unread, and asks again for what shows them. */
export function useMarkNotifications() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (change: { ids: string[]; read: boolean }) => api.call(updateNotifications, { body: change }),
    onSettled: () => client.invalidateQueries({ queryKey: queryKeys.notifications }),
    onError: (error) => tellError(error, 'Notifications'),
  });
}
