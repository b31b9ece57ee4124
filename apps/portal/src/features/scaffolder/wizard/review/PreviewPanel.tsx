import { useQuery } from '@tanstack/react-query';
import { useDelayed } from '../../../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';
import { Publications, PublicationsSkeleton } from '../../preview/Publications.tsx';
import { scaffolderFormQueries, type RunRequest } from '../scaffolder-form.queries.ts';
import styles from './PreviewPanel.module.css';

/** The files that the run will make, before it makes any. */
export function PreviewPanel({ request }: { request: RunRequest }) {
  const { data, error, isPending, isFetching, refetch } = useQuery(scaffolderFormQueries.preview(request));
  const isSlow = useDelayed(isPending);
  return (
    <section className={styles.panel} aria-label="Files" aria-busy={isFetching}>
      <h3 className={styles.title}>Files</h3>
      {isPending && isSlow && <PublicationsSkeleton />}
      {error && !data && (
        <ErrorPanel
          error={error}
          size="inline"
          headingLevel={3}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {data && <Publications preview={data} headingLevel={4} />}
    </section>
  );
}
