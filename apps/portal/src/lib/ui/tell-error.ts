import { notifications } from '@mantine/notifications';
import { errorWords } from './error-words.ts';

/** Tells in a corner what failed and what to try; `subject` says what it was about. */
export function tellError(error: unknown, subject?: string): void {
  const { title, advice } = errorWords(error);
  notifications.show({
    color: 'red',
    title: subject === undefined ? title : `${subject}: ${title}`,
    message: advice,
  });
}
