import { useRouteError } from 'react-router';
import { usePageIdentity } from '../lib/page/page-identity.ts';
import { ErrorPanel } from '../lib/ui/ErrorPanel.tsx';

/** What a page shows that threw while it was fetched or drawn. The shell around it stays. */
export function RouteError() {
  const error = useRouteError();
  usePageIdentity({ title: 'Error', crumbs: [{ label: 'Error' }] });
  return <ErrorPanel error={error} headingLevel={1} onRetry={() => window.location.reload()} />;
}
