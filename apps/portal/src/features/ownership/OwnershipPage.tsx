import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { OwnershipCheck } from '@waymark/contracts';
import { countText, MessagePanel, numberText, SkeletonRows, StatusLabel } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { checkWords, ownershipChecks } from '../../lib/ownership/check-words.ts';
import { ownershipQueries } from '../../lib/ownership/ownership.queries.ts';
import { Page } from '../../lib/page/Page.tsx';
import { TabLinks } from '../../lib/page/TabLinks.tsx';
import { paths } from '../../lib/paths.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { FindingList } from './FindingList.tsx';
import styles from './OwnershipPage.module.css';

type Counts = ReadonlyMap<OwnershipCheck, number>;

/** What stands between a thing and whoever answers for it, check by check, each entity with its fix. */
export function OwnershipPage() {
  const query = useQuery(ownershipQueries.summary());
  const isSlow = useDelayed(query.isPending);
  const counts: Counts | undefined =
    query.data && new Map(query.data.checks.map(({ check, count }) => [check, count]));
  return (
    <Page
      title="Ownership"
      lead="Whoever finds a thing in the catalog must find out whom to ask. These stand in the way."
      actions={<LinkButton to={paths.teams()}>All teams</LinkButton>}
    >
      {query.isPending && isSlow && <SkeletonRows rows={8} rowHeight={64} label="Loading the checks" />}
      {query.error && !query.data && (
        <ErrorPanel error={query.error} onRetry={() => void query.refetch()} isRetrying={query.isFetching} />
      )}
      {query.data && counts && <Checks counts={counts} totalEntities={query.data.totalEntities} />}
    </Page>
  );
}

function Checks({ counts, totalEntities }: { counts: Counts; totalEntities: number }) {
  const [chosen] = useQueryState('check', parseAsStringLiteral(ownershipChecks));
  const firstFailing = ownershipChecks.find((check) => (counts.get(check) ?? 0) > 0);
  const check = chosen ?? firstFailing ?? 'unowned';
  if (firstFailing === undefined && chosen === null) return <AllWell totalEntities={totalEntities} />;
  const { meaning, tone } = checkWords[check];
  const count = counts.get(check) ?? 0;
  return (
    <>
      <TabLinks
        label="Checks"
        currentId={check}
        tabs={ownershipChecks.map((each) => ({
          id: each,
          label: checkWords[each].title,
          to: paths.ownership({ check: each }),
          count: numberText(counts.get(each) ?? 0),
        }))}
      />
      <div className={styles.meaning}>
        {count > 0 && <StatusLabel tone={tone}>{countText(count, 'finding')}</StatusLabel>}
        <p>{meaning}</p>
      </div>
      <FindingList key={check} check={check} />
    </>
  );
}

function AllWell({ totalEntities }: { totalEntities: number }) {
  if (totalEntities === 0) {
    return (
      <MessagePanel
        icon={<IconCircleCheck size={20} stroke={1.6} />}
        title="The catalog is empty"
        actions={
          <LinkButton to={paths.sources()} variant="filled">
            See the sources
          </LinkButton>
        }
      >
        What the catalog holds is checked here as soon as it holds something.
      </MessagePanel>
    );
  }
  return (
    <MessagePanel
      icon={<IconCircleCheck size={20} stroke={1.6} />}
      title="All is well"
      actions={<LinkButton to={paths.ownership({ check: 'unowned' })}>See the checks</LinkButton>}
    >
      <p>All {countText(totalEntities, 'entity', 'entities')} passed every check:</p>
      <ul className={styles.passed}>
        {ownershipChecks.map((check) => (
          <li key={check}>{checkWords[check].allWell}</li>
        ))}
      </ul>
    </MessagePanel>
  );
}
