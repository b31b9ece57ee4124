import { VisuallyHidden } from '@mantine/core';
import {
  IconCircleCheck,
  IconCircleDashed,
  IconCircleMinus,
  IconLoader2,
  IconPlayerSkipForward,
  IconXboxX,
  type Icon,
} from '@tabler/icons-react';
import type { TaskStatus } from '@waymark/contracts';
import { runStatusWords } from '../../../lib/scaffolder/run-words.ts';
import styles from './RunSteps.module.css';

const pictures: Record<TaskStatus, Icon> = {
  open: IconCircleDashed,
  processing: IconLoader2,
  completed: IconCircleCheck,
  failed: IconXboxX,
  cancelled: IconCircleMinus,
  skipped: IconPlayerSkipForward,
};

/** The state of a step as a picture, and in a word for screen readers. */
export function StepPicture({ status }: { status: TaskStatus }) {
  const Picture = pictures[status];
  return (
    <>
      <Picture size={17} stroke={1.8} aria-hidden className={styles.picture} />
      <VisuallyHidden>{status === 'open' ? 'Not begun' : runStatusWords(status).word}:</VisuallyHidden>
    </>
  );
}
