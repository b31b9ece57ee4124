import { useQuery } from '@tanstack/react-query';
import { countText, KindIcon, numberText, SkeletonLine } from '@waymark/ui';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { useRecentEntities, useStarredEntities } from '../../lib/entities/remembered-entities.ts';
import { kindPlural, kindWord } from '../../lib/entities/kind-words.ts';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { AttentionPanel } from './AttentionPanel.tsx';
import { FirstSteps } from './FirstSteps.tsx';
import styles from './HomePage.module.css';
import { kindCountsQuery } from './home.queries.ts';
import { MyRunsPanel } from './MyRunsPanel.tsx';
import { MyThingsPanel } from './MyThingsPanel.tsx';
import { RememberedPanel } from './RememberedPanel.tsx';

const maxRecentShown = 8;

/** Where a day starts: what needs somebody, the way back to one's own things, the whole at a glance. */
export function HomePage() {
  const starred = useStarredEntities();
  const recent = useRecentEntities();
  return (
    <Page title="Home" lead={<StateOfTheCatalog />}>
      <FirstSteps hasVisited={recent.length > 0} />
      <KindTiles />
      <div className={styles.columns}>
        <div className={styles.main}>
          <MyRunsPanel />
          <AttentionPanel />
          <MyThingsPanel />
        </div>
        <div className={styles.side}>
          <RememberedPanel
            title="Starred"
            entities={starred}
            empty="Star what you come back to: it will wait here."
          />
          <RememberedPanel
            title="Recently viewed"
            entities={recent.slice(0, maxRecentShown)}
            empty="What you open in the catalog shows here."
          />
        </div>
      </div>
    </Page>
  );
}

/** The state of the platform in one line. */
function StateOfTheCatalog() {
  const { data: sources } = useQuery(sourcesQueries.all());
  const { data: kinds } = useQuery(kindCountsQuery());
  if (!sources || !kinds) return <>&nbsp;</>;
  const total = kinds.reduce((sum, { count }) => sum + count, 0);
  const failing = sources.filter(({ state }) => state === 'failed').length;
  const reading = sources.filter(({ state }) => state === 'reading' || state === 'queued').length;
  return (
    <>
      {countText(total, 'entity', 'entities')} from {countText(sources.length, 'source')}
      {failing > 0 && `, ${failing} of them failing`}
      {reading > 0 && `, ${reading} being read now`}.
    </>
  );
}

function KindTiles() {
  const { data: kinds, error, isPending, refetch, isFetching } = useQuery(kindCountsQuery());
  const isSlow = useDelayed(isPending);
  if (error && !kinds)
    return <ErrorPanel error={error} size="inline" onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (!kinds) return isSlow ? <TilesSkeleton /> : <div className={styles.tilesRoom} />;
  if (kinds.length === 0) return null;
  return (
    <nav aria-label="Kinds" className={styles.tiles}>
      {kinds.map(({ value, count }) => (
        <Link key={value} to={paths.catalog({ kind: value.toLowerCase() })} className={styles.tile}>
          <span className={styles.tileHead}>
            <KindIcon kind={value} size={16} />
            {count === 1 ? kindWord(value) : kindPlural(value)}
          </span>
          <span className={styles.tileCount}>{numberText(count)}</span>
        </Link>
      ))}
    </nav>
  );
}

function TilesSkeleton() {
  return (
    <div className={styles.tiles} role="status" aria-label="Loading the counts">
      {Array.from({ length: 7 }, (_, index) => (
        <span key={index} className={styles.tile}>
          <SkeletonLine width="70%" />
          <SkeletonLine width="40%" height={22} />
        </span>
      ))}
    </div>
  );
}
