import type { RunPreview } from '@waymark/contracts';
import { SkeletonRows } from '@waymark/ui';
import { lazy, Suspense } from 'react';
import styles from './Publications.module.css';

const PublicationFiles = lazy(async () => ({
  default: (await import('./PublicationFiles.tsx')).PublicationFiles,
}));

export interface PublicationsProps {
  preview: Pick<RunPreview, 'publications' | 'problem'>;
  /** One below the heading around it. */
  headingLevel: 3 | 4;
}

/** What a run would publish, place by place, and why it goes no further. */
export function Publications({ preview, headingLevel }: PublicationsProps) {
  const { publications, problem } = preview;
  return (
    <Suspense fallback={<PublicationsSkeleton />}>
      {publications.map((publication, index) => (
        <PublicationFiles
          key={`${publication.stepId} ${index}`}
          publication={publication}
          headingLevel={headingLevel}
        />
      ))}
      {publications.length === 0 && !problem && <p className={styles.nothing}>It leaves no files.</p>}
      {problem && (
        <div className={styles.problem} role="note">
          <p className={styles.problemTitle}>
            {publications.length === 0
              ? 'The files cannot be told before the run'
              : 'What comes then cannot be told'}
          </p>
          {problem.message} <span className={styles.hint}>{problem.hint}</span>
        </div>
      )}
    </Suspense>
  );
}

export function PublicationsSkeleton() {
  return <SkeletonRows rows={5} rowHeight={28} columns={['40%']} label="Working out the files" />;
}
