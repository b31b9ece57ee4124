import { notifications } from '@mantine/notifications';
import { copyText } from '@waymark/ui';

/** Copies and says so, where there is no button to say it on. */
export function copyAndTell(text: string) {
  copyText(text).then(
    () => notifications.show({ message: text.includes('\n') ? 'Copied' : `Copied ${text}` }),
    () => notifications.show({ color: 'red', message: 'The browser did not allow copying.' }),
  );
}
