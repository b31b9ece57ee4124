import { Notifications } from '@mantine/notifications';

/** Where short messages show. Fetched with the first of them. */
export function Toasts() {
  return <Notifications position="bottom-right" limit={4} />;
}
