import { Button } from '@mantine/core';
import { IconAlertTriangle, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react';
import { ApiError } from '@waymark/api-client';
import { CopyButton, MessagePanel } from '@waymark/ui';
import styles from './ErrorPanel.module.css';
import { errorWords } from './error-words.ts';

export interface ErrorPanelProps {
  error: unknown;
  onRetry?: () => void;
  isRetrying?: boolean;
  size?: 'page' | 'inline';
  headingLevel?: 1 | 2 | 3;
}

/** What failed, what to try, the request id to report, and a retry. */
export function ErrorPanel({
  error,
  onRetry,
  isRetrying = false,
  size = 'page',
  headingLevel = 2,
}: ErrorPanelProps) {
  const { title, advice, requestId } = errorWords(error);
  const isOffline = error instanceof ApiError && error.code === 'client.offline';
  return (
    <MessagePanel
      icon={
        isOffline ? (
          <IconPlugConnectedX size={20} stroke={1.6} />
        ) : (
          <IconAlertTriangle size={20} stroke={1.6} />
        )
      }
      title={title}
      tone="bad"
      size={size}
      headingLevel={headingLevel}
      role="alert"
      actions={
        onRetry && (
          <Button
            size="xs"
            variant="default"
            leftSection={<IconRefresh size={14} />}
            onClick={onRetry}
            loading={isRetrying}
          >
            Try again
          </Button>
        )
      }
    >
      {advice}
      {requestId && (
        <div className={styles.request}>
          Request <code>{requestId}</code>
          <CopyButton text={requestId} label="Copy the request id" />
        </div>
      )}
    </MessagePanel>
  );
}
