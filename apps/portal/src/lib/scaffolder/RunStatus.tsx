import type { TaskStatus } from '@waymark/contracts';
import { StatusLabel } from '@waymark/ui';
import { runStatusWords } from './run-words.ts';

/** State of a run or of a step as icon and word. */
export function RunStatus({ status, look }: { status: TaskStatus; look?: 'plain' | 'pill' }) {
  const { tone, word } = runStatusWords(status);
  return (
    <StatusLabel tone={tone} {...(look && { look })}>
      {word}
    </StatusLabel>
  );
}
