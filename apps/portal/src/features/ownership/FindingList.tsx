import { IconCircleCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { OwnershipCheck, OwnershipFinding } from '@waymark/contracts';
import { ExternalLink, liveUrl, MessagePanel, numberText, SkeletonRows, Tag } from '@waymark/ui';
import { Link } from 'react-router';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { checkWords } from '../../lib/ownership/check-words.ts';
import { ownershipQueries } from '../../lib/ownership/ownership.queries.ts';
import { paths } from '../../lib/paths.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import styles from './FindingList.module.css';

/** The entities that fail a check: what is wrong, what to do, and where. */
export function FindingList({ check }: { check: OwnershipCheck }) {
  const query = useInfiniteQuery(ownershipQueries.findings(check));
  const findings = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const total = query.data?.pages[0]?.total ?? 0;
  return (
    <PagedList
      query={query}
      isEmpty={findings.length === 0}
      skeleton={<SkeletonRows rows={8} rowHeight={64} label="Loading the findings" />}
      empty={
        <MessagePanel
          icon={<IconCircleCheck size={20} stroke={1.6} />}
          title="Nothing to do here"
          role="status"
        >
          {checkWords[check].allWell}
        </MessagePanel>
      }
      more={`Show more of ${numberText(total)}`}
    >
      <ul className={styles.list} aria-label={checkWords[check].title}>
        {findings.map((finding) => (
          <FindingRow key={finding.entity.ref} check={check} finding={finding} />
        ))}
      </ul>
    </PagedList>
  );
}

function FindingRow({ check, finding }: { check: OwnershipCheck; finding: OwnershipFinding }) {
  const { entity, detail, fix, editUrl, sourceId } = finding;
  const editable = liveUrl(editUrl ?? '');
  return (
    <li className={styles.finding}>
      <div className={styles.head}>
        <EntityLink entityRef={entity.ref} hasIcon>
          {entity.title}
        </EntityLink>
        <Tag>{entity.type ?? kindWord(entity.kind)}</Tag>
      </div>
      <p className={styles.detail}>{detail}</p>
      <p className={styles.fix}>{fix}</p>
      <div className={styles.ways}>
        {editable !== undefined && <ExternalLink url={editable}>Edit the file</ExternalLink>}
        <Link to={paths.entity(entity.ref, { tab: 'source' })} className={styles.way}>
          Show its descriptor
        </Link>
        {sourceId !== undefined && (
          <Link
            to={paths.source(sourceId, check === 'conflict' ? { tab: 'conflicts' } : {})}
            className={styles.way}
          >
            {check === 'conflict' ? 'Conflicts of its source' : 'Its source'}
          </Link>
        )}
      </div>
    </li>
  );
}
