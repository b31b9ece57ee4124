import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { ApiError } from '@waymark/api-client';
import { MessagePanel } from '@waymark/ui';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';

/** What stands against an address, by the code of the server's verdict, and what to do about it. */
const verdicts: Partial<Record<ApiError['code'], { title: string; advice: string }>> = {
  'catalog.source-not-allowed': {
    title: 'This address may not be read',
    advice:
      'Whoever runs the portal can allow the host under integrations or backend.reading.allow in the configuration.',
  },
  'catalog.source-unreadable': {
    title: 'This address cannot be read',
    advice:
      'Open it in the browser: is it spelt right? A private repository needs a token under integrations in the configuration.',
  },
  'request.invalid': {
    title: 'This address is not valid',
    advice: 'Copy it from the address bar of the browser.',
  },
};

export interface AnalysisFailureProps {
  error: Error;
  target: string;
  onRetry: () => void;
  retryLabel?: string;
}

/** Why the place could not be looked at or registered, in words. */
export function AnalysisFailure(props: AnalysisFailureProps) {
  const { error, target, onRetry, retryLabel = 'Look again' } = props;
  const verdict = error instanceof ApiError ? verdicts[error.code] : undefined;
  if (verdict === undefined) return <ErrorPanel error={error} size="inline" onRetry={onRetry} />;
  return (
    <MessagePanel
      icon={<IconAlertTriangle size={20} stroke={1.6} />}
      title={verdict.title}
      tone="bad"
      size="inline"
      role="alert"
      actions={
        <Button size="xs" variant="default" onClick={onRetry}>
          {retryLabel}
        </Button>
      }
    >
      <p>
        <code>{target}</code>
      </p>
      <p>{error.message}</p>
      <p>{verdict.advice}</p>
    </MessagePanel>
  );
}
