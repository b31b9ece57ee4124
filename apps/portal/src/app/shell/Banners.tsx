import { IconPlugConnectedX } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useIsReachable } from '../../lib/browser/connection.ts';
import { portalInfoQuery } from '../../lib/portal-info.queries.ts';
import styles from './Banners.module.css';

const reconnectPollMs = 3_000;

/** Says that the server is away; what was read stays on the page. Asks again every 3 s. */
export function Banners() {
  const isReachable = useIsReachable();
  return <div aria-live="polite">{!isReachable && <OfflineBanner />}</div>;
}

function OfflineBanner() {
  const queryClient = useQueryClient();
  useQuery({ ...portalInfoQuery(), refetchInterval: reconnectPollMs, refetchIntervalInBackground: true });
  return (
    <div className={styles.banner}>
      <IconPlugConnectedX size={16} stroke={1.7} aria-hidden />
      <span>The server cannot be reached. What you see is as of the last answer.</span>
      <button
        type="button"
        className={styles.retry}
        onClick={() => void queryClient.refetchQueries({ type: 'active' })}
      >
        Try now
      </button>
    </div>
  );
}
