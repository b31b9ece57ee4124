import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { SourceInput } from '@waymark/contracts';
import { parseAsString, useQueryStates } from 'nuqs';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { AnalysisProgress } from './AnalysisProgress.tsx';
import { AnalysisFailure } from './AnalysisFailure.tsx';
import { AnalysisResult } from './AnalysisResult.tsx';
import { registerQueries } from './register.queries.ts';
import styles from './RegisterPage.module.css';
import { TargetForm } from './TargetForm.tsx';

/**
 * Adds a repository or file to the catalog: address, look, preview, register. What is looked at stands in the
 * address of the page, so that a preview can be shared and the back button leads to the form.
 */
export function RegisterPage() {
  const [{ target, branch, path }, setSearch] = useQueryStates(
    {
      target: parseAsString.withDefault(''),
      branch: parseAsString.withDefault(''),
      path: parseAsString.withDefault(''),
    },
    { history: 'push', shallow: false },
  );
  const input: SourceInput = { target, ...(branch && { branch }), ...(path && { path }) };
  const query = useQuery(registerQueries.analysis(input));
  const queryClient = useQueryClient();
  const lookAt = (next: SourceInput) => {
    // The same address again means: look again.
    queryClient.removeQueries({ queryKey: registerQueries.analysis(next).queryKey, type: 'inactive' });
    if (JSON.stringify(next) === JSON.stringify(input)) void query.refetch();
    void setSearch({ target: next.target, branch: next.branch ?? null, path: next.path ?? null });
  };
  const cancel = () => {
    void queryClient.cancelQueries({ queryKey: registerQueries.analysis(input).queryKey });
    document.querySelector<HTMLElement>('[data-page-filter]')?.focus();
  };
  return (
    <Page
      title="Register a repository"
      parents={[{ label: 'Sources', to: paths.sources() }]}
      lead="Paste the address of a Git repository or of one catalog-info.yaml. You see what it brings before anything changes."
    >
      <div className={styles.steps}>
        <TargetForm initial={input} isBusy={query.isFetching} onSubmit={lookAt} />
        {query.isFetching && <AnalysisProgress key={query.dataUpdatedAt} onCancel={cancel} />}
        {query.error && !query.isFetching && (
          <AnalysisFailure error={query.error} target={target} onRetry={() => void query.refetch()} />
        )}
        {query.data && !query.error && !query.isFetching && <AnalysisResult analysis={query.data} />}
      </div>
    </Page>
  );
}
