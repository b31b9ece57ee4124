import { useQuery } from '@tanstack/react-query';
import type { RunPreview } from '@waymark/contracts';
import { SkeletonRows } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import { useDelayed } from '../../../../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../../../../lib/ui/ErrorPanel.tsx';
import { scaffolderFormQueries, type RunRequest } from '../../scaffolder-form.queries.ts';
import planStyles from '../RunPlanPanel.module.css';
import styles from './PreviewPanel.module.css';

const PublicationFiles = lazy(async () => ({
  default: (await import('./PublicationFiles.tsx')).PublicationFiles,
}));

/** The files that the run will make, before it makes any. */
export function PreviewPanel({ request }: { request: RunRequest }) {
  const {
    data: preview,
    error,
    isPending,
    isFetching,
    refetch,
  } = useQuery(scaffolderFormQueries.preview(request));
  const isSlow = useDelayed(isPending);
  return (
    <section className={styles.panel} aria-label="Files" aria-busy={isFetching}>
      <h3 className={planStyles.title}>Files</h3>
      {isPending && isSlow && <Waiting />}
      {error && !preview && (
        <ErrorPanel
          error={error}
          size="inline"
          headingLevel={3}
          onRetry={() => void refetch()}
          isRetrying={isFetching}
        />
      )}
      {preview && (
        <Suspense fallback={<Waiting />}>
          <Preview {...preview} />
        </Suspense>
      )}
    </section>
  );
}

function Preview({ publications, problem }: RunPreview) {
  return (
    <>
      {publications.map((publication, index) => (
        <PublicationFiles key={`${publication.stepId} ${index}`} publication={publication} />
      ))}
      {publications.length === 0 && !problem && <p className={planStyles.nothing}>It leaves no files.</p>}
      {problem && (
        <div className={planStyles.problems} role="note">
          <p className={planStyles.problemsTitle}>
            {publications.length === 0
              ? 'They cannot be told before the run'
              : 'What comes then cannot be told'}
          </p>
          {problem.message} <span className={planStyles.note}>{problem.hint}</span>
        </div>
      )}
    </>
  );
}

function Waiting() {
  return <SkeletonRows rows={5} rowHeight={28} columns={['40%']} label="Working out the files" />;
}
