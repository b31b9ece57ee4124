import { useQuery } from '@tanstack/react-query';
import { KindIcon, numberText, Panel, SkeletonRows } from '@waymark/ui';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { entityRefOf, entityTitle, parseRef, type EntityRefParts } from '../../lib/entities/entity-ref.ts';
import { useRecentEntities } from '../../lib/entities/remembered-entities.ts';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { graphStartsQuery } from './graph.queries.ts';
import styles from './GraphPage.module.css';

const maxRecentShown = 8;

/** Good places to start: what was looked at before, the domains, the systems. */
export function GraphStarts() {
  const recent = useRecentEntities().slice(0, maxRecentShown);
  const { data, error, isPending, isFetching, refetch } = useQuery(graphStartsQuery());
  const isSlow = useDelayed(isPending);
  if (error) {
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  }
  const known = (data?.items ?? []).map((entity) => ({
    ref: entityRefOf(entity),
    title: entityTitle(entity),
  }));
  const ofKind = (kind: EntityRefParts['kind']) => known.filter(({ ref }) => parseRef(ref).kind === kind);
  return (
    <>
      <Starts title="Recently viewed" starts={recent} />
      {isPending && isSlow && (
        <SkeletonRows rows={5} columns={['30%', '20%']} label="Loading places to start" />
      )}
      <Starts title="Domains" starts={ofKind('domain')} />
      <Starts title="Systems" starts={ofKind('system')} />
    </>
  );
}

function Starts({ title, starts }: { title: string; starts: { ref: string; title: string }[] }) {
  if (starts.length === 0) return null;
  return (
    <Panel title={title} count={numberText(starts.length)}>
      <ul className={styles.startList}>
        {starts.map((start) => (
          <li key={start.ref}>
            <Link to={paths.graph({ root: start.ref })} className={styles.start}>
              <KindIcon kind={parseRef(start.ref).kind} size={15} />
              {start.title}
            </Link>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
