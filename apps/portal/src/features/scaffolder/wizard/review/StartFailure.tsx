import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@waymark/api-client';
import { MessagePanel } from '@waymark/ui';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';

const verdicts: Partial<Record<ApiError['code'], { title: string; advice: string }>> = {
  'scaffolder.values-invalid': {
    title: 'The server does not accept these answers',
    advice: 'What it says stands above and at the fields. Correct it, then start again.',
  },
  'scaffolder.template-unusable': {
    title: 'This template cannot be run here',
    advice: 'Tell its owner. Your answers are kept in this browser.',
  },
  'scaffolder.template-not-found': {
    title: 'The template has left the catalog',
    advice: 'It may come back when its source is read again. Your answers are kept in this browser.',
  },
  'scaffolder.too-many-runs': {
    title: 'Too many of your runs are waiting',
    advice: 'Wait until some have ended, or cancel one, and start again.',
  },
};

/** Why the run did not start, and what to do. */
export function StartFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const verdict = error instanceof ApiError ? verdicts[error.code] : undefined;
  if (verdict === undefined)
    return <ErrorPanel error={error} size="inline" headingLevel={3} onRetry={onRetry} />;
  return (
    <MessagePanel
      icon={<IconAlertTriangle size={20} stroke={1.6} />}
      title={verdict.title}
      tone="bad"
      size="inline"
      headingLevel={3}
      role="alert"
      actions={
        <Button size="xs" variant="default" onClick={onRetry}>
          Start again
        </Button>
      }
    >
      <p>{error.message}</p>
      <p>{verdict.advice}</p>
    </MessagePanel>
  );
}
