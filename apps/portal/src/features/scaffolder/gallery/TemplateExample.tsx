import { useQuery } from '@tanstack/react-query';
import type { TemplatePreview } from '@waymark/contracts';
import { Dialog } from '@waymark/ui';
import { useDelayed } from '../../../lib/browser/use-delayed.ts';
import { paths } from '../../../lib/paths.ts';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { templatesQueries } from '../../../lib/scaffolder/templates.queries.ts';
import { Publications, PublicationsSkeleton } from '../preview/Publications.tsx';
import styles from './TemplateExample.module.css';

export interface TemplateExampleProps {
  templateRef: string;
  title: string;
  onClose: () => void;
}

const dialogWidth = 860;

/** The files that a template makes, by the example of answers that its form suggests. */
export function TemplateExample({ templateRef, title, onClose }: TemplateExampleProps) {
  const { data, error, isPending, refetch, isFetching } = useQuery(templatesQueries.preview(templateRef));
  const isSlow = useDelayed(isPending);
  return (
    <Dialog title={`What you get: ${title}`} size={dialogWidth} onClose={onClose}>
      <div className={styles.example}>
        {isPending && isSlow && <PublicationsSkeleton />}
        {error && !data && (
          <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />
        )}
        {data && (
          <>
            <Answers values={data.values} />
            <Publications preview={data} headingLevel={3} />
          </>
        )}
        <div>
          <LinkButton to={paths.createFrom(templateRef)}>Use this template</LinkButton>
        </div>
      </div>
    </Dialog>
  );
}

function Answers({ values }: Pick<TemplatePreview, 'values'>) {
  const answers = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' && value !== '' ? [[name, value] as const] : [],
  );
  if (answers.length === 0) return null;
  return (
    <p className={styles.answers}>
      An example, with{' '}
      {answers.map(([name, value], index) => (
        <span key={name}>
          {index > 0 && ', '}
          {name} <code>{value}</code>
        </span>
      ))}
      . Nothing is made.
    </p>
  );
}
