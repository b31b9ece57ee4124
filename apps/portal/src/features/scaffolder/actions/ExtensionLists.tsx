import { useQuery } from '@tanstack/react-query';
import { Panel } from '@waymark/ui';
import { ErrorPanel } from '../../../lib/ui/ErrorPanel.tsx';
import { actionsQueries } from './actions.queries.ts';
import styles from './ExtensionLists.module.css';
import { matchingExtensions, type NamedExtension } from './matching-actions.ts';

/** Filters, functions and values that expressions have beside those of Nunjucks. */
export function ExtensionLists({ text }: { text: string }) {
  const { data, error, refetch, isFetching } = useQuery(actionsQueries.extensions());
  if (error && !data)
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (!data) return null;
  const { functions, values } = data.globals;
  const named = Object.fromEntries(
    Object.entries(values).map(([name, { value }]) => [name, { description: JSON.stringify(value) }]),
  );
  return (
    <>
      <Extensions title="Filters" extensions={matchingExtensions(data.filters, text)} />
      <Extensions title="Functions" extensions={matchingExtensions(functions, text)} isCalled />
      <Extensions title="Values" extensions={matchingExtensions(named, text)} />
    </>
  );
}

interface ExtensionsProps {
  title: string;
  extensions: NamedExtension[];
  isCalled?: boolean;
}

function Extensions({ title, extensions, isCalled = false }: ExtensionsProps) {
  if (extensions.length === 0) return null;
  return (
    <Panel title={title} count={String(extensions.length)}>
      <dl className={styles.list}>
        {extensions.map(({ name, description }) => (
          <div key={name}>
            <dt className={styles.name}>
              {name}
              {isCalled && '()'}
            </dt>
            <dd className={styles.meaning}>{description}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}
