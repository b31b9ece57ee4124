import { Notifications } from '@mantine/notifications';

/** Where short messages show. Fetched after the page, because none is there at first. */
export function Toasts() {
  return <Notifications position="bottom-right" limit={4} />;
}
