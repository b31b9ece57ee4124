import { useQuery } from '@tanstack/react-query';
import { Dialog, SkeletonRows } from '@waymark/ui';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { paths } from '../../../lib/paths.ts';
import { templatesQueries } from '../../../lib/scaffolder/templates.queries.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import styles from './TemplateProblems.module.css';

export interface TemplateProblemsProps {
  templateRef: string;
  title: string;
  onClose: () => void;
}

/** What stands against a template on this server, each with what to do. */
export function TemplateProblems({ templateRef, title, onClose }: TemplateProblemsProps) {
  const { data, error, isPending, refetch, isFetching } = useQuery(templatesQueries.details(templateRef));
  const isSlow = useDelayed(isPending);
  return (
    <Dialog title={title} size="lg" onClose={onClose}>
      {isPending && isSlow && (
        <SkeletonRows rows={2} rowHeight={44} columns={['90%']} label="Loading what is wrong" />
      )}
      {error && !data && (
        <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />
      )}
      {data && (
        <>
          <ul className={styles.list}>
            {data.problems.map(({ message, hint, at }, index) => (
              <li key={index}>
                <p className={styles.message}>{message}</p>
                <p className={styles.hint}>
                  {hint}
                  {at !== undefined && (
                    <>
                      {' '}
                      At <code>{at}</code>.
                    </>
                  )}
                </p>
              </li>
            ))}
          </ul>
          <LinkButton to={paths.entity(templateRef, { tab: 'source' })}>Open its file</LinkButton>
        </>
      )}
    </Dialog>
  );
}
