import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import {
  countText,
  MessagePanel,
  Panel,
  RelativeTime,
  SkeletonRows,
  StatusLabel,
  type StatusTone,
} from '@waymark/ui';
import { Link } from 'react-router';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { checkWords } from '../../lib/ownership/check-words.ts';
import { ownershipQueries } from '../../lib/ownership/ownership.queries.ts';
import { paths } from '../../lib/paths.ts';
import { sourceName } from '../../lib/sources/source-words.ts';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import styles from './AttentionPanel.module.css';
import { ownershipMatters } from './ownership-matters.ts';

interface Matter {
  id: string;
  tone: StatusTone;
  word: string;
  /** What it is about, with the way to it. */
  subject: { name: string; to: string };
  text: string;
  /** Last time that all was well, where that is known. */
  wellAt?: string | undefined;
  to: string;
  action: string;
}

const maxShown = 8;

/** What somebody has to look at, the most urgent first, each with the way to its fix. */
export function AttentionPanel() {
  const sources = useQuery(sourcesQueries.all());
  const ownership = useQuery(ownershipQueries.summary());
  const isSlow = useDelayed(sources.isPending);
  const sourceMatters = mattersOf(sources.data ?? []);
  const matters = [...sourceMatters, ...ownershipMattersOf(ownership.data?.checks ?? [])];
  // Only both answers together can say that there is no more than this, or nothing.
  const isComplete = sources.data !== undefined && ownership.data !== undefined;
  const failed = [sources, ownership].filter(({ error, data }) => error && !data);
  return (
    <Panel title="Needs attention" count={isComplete ? String(matters.length) : undefined} isFlush>
      {sources.isPending && isSlow && (
        <SkeletonRows rows={4} columns={['20%', '50%']} label="Loading what needs attention" />
      )}
      {isComplete && matters.length === 0 && <NothingToDo hasSources={sources.data.length > 0} />}
      <ul className={styles.list}>
        {matters.slice(0, maxShown).map((matter) => (
          <MatterRow key={matter.id} matter={matter} />
        ))}
      </ul>
      {matters.length > maxShown && (
        <p className={styles.more}>
          {countText(matters.length - maxShown, 'more', 'more')}:
          {sourceMatters.length > maxShown && (
            <Link to={paths.sources({ show: 'attention' })} className={styles.link}>
              All sources that need attention
            </Link>
          )}
          {matters.length > sourceMatters.length && (
            <Link to={paths.ownership()} className={styles.link}>
              All findings of ownership
            </Link>
          )}
        </p>
      )}
      {failed[0] && (
        <ErrorPanel
          error={failed[0].error}
          size="inline"
          headingLevel={3}
          onRetry={() => failed.forEach(({ refetch }) => void refetch())}
          isRetrying={failed.some(({ isFetching }) => isFetching)}
        />
      )}
    </Panel>
  );
}

function MatterRow({ matter: { tone, word, subject, text, wellAt, to, action } }: { matter: Matter }) {
  return (
    <li className={styles.matter}>
      <span className={styles.state}>
        <StatusLabel tone={tone}>{word}</StatusLabel>
      </span>
      <div className={styles.words}>
        <Link to={subject.to} className={styles.name}>
          {subject.name}
        </Link>
        <span className={styles.text}>{text}</span>
        {wellAt !== undefined && (
          <span className={styles.since}>
            Last good read <RelativeTime at={wellAt} />
          </span>
        )}
      </div>
      <Link to={to} className={styles.link}>
        {action}
      </Link>
    </li>
  );
}

/** Failing sources, then broken files, then conflicts; the largest of each first. */
function mattersOf(sources: readonly Source[]): Matter[] {
  const failing = sources
    .filter(({ state }) => state === 'failed')
    .map((source): Matter => ({
      id: `${source.id} failed`,
      tone: 'bad',
      word: 'Failing',
      subject: subjectOf(source),
      wellAt: source.lastSuccessAt,
      text: source.error?.message ?? 'The source cannot be read.',
      to: paths.source(source.id),
      action: 'See what to do',
    }));
  const broken = sources
    .filter(({ counts }) => counts.errors > 0)
    .sort((a, b) => b.counts.errors - a.counts.errors)
    .map((source): Matter => ({
      id: `${source.id} errors`,
      tone: 'bad',
      word: countText(source.counts.errors, 'error'),
      subject: subjectOf(source),
      text: 'Documents that the catalog could not take over.',
      to: paths.source(source.id),
      action: 'Show lines',
    }));
  const conflicting = sources
    .filter(({ counts }) => counts.conflicts > 0)
    .sort((a, b) => b.counts.conflicts - a.counts.conflicts)
    .map((source): Matter => ({
      id: `${source.id} conflicts`,
      tone: 'warning',
      word: countText(source.counts.conflicts, 'conflict'),
      subject: subjectOf(source),
      text: 'References that another file holds already.',
      to: paths.source(source.id, { tab: 'conflicts' }),
      action: 'Compare',
    }));
  return [...failing, ...broken, ...conflicting];
}

function subjectOf(source: Source): Matter['subject'] {
  return { name: sourceName(source), to: paths.source(source.id) };
}

function ownershipMattersOf(checks: Parameters<typeof ownershipMatters>[0]): Matter[] {
  return ownershipMatters(checks).map(({ check, text, count }) => ({
    id: `ownership ${check}`,
    tone: checkWords[check].tone,
    word: countText(count, 'finding'),
    subject: { name: checkWords[check].title, to: paths.ownership({ check }) },
    text,
    to: paths.ownership({ check }),
    action: 'See the fixes',
  }));
}

function NothingToDo({ hasSources }: { hasSources: boolean }) {
  if (!hasSources) {
    return (
      <MessagePanel
        icon={<IconPlugConnected size={20} stroke={1.6} />}
        title="No sources yet"
        size="inline"
        headingLevel={3}
        actions={<LinkButton to={paths.sources()}>How to add one</LinkButton>}
      >
        The catalog fills from folders and Git repositories.
      </MessagePanel>
    );
  }
  return (
    <MessagePanel
      icon={<IconCircleCheck size={20} stroke={1.6} />}
      title="All is well"
      size="inline"
      headingLevel={3}
    >
      Every source was read, no file has an error, and everything has an owner.
    </MessagePanel>
  );
}
