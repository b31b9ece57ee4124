import { IconCircleCheck, IconFileAlert } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@waymark/contracts';
import { MessagePanel, numberText, SkeletonRows } from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { levelWords, ProblemFiles } from '../../lib/sources/ProblemFiles.tsx';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import styles from './SourceProblems.module.css';

const levels = ['error', 'warning', 'info'] as const;

/** What is wrong in the files of a source: by file, with line, reason and what to do. */
export function SourceProblems({ source }: { source: Source }) {
  const [level, setLevel] = useQueryState(
    'level',
    parseAsStringLiteral(levels).withOptions({ history: 'push', shallow: false }),
  );
  const query = useInfiniteQuery(sourcesQueries.problems(source.id, level ?? undefined));
  const counts = { error: source.counts.errors, warning: source.counts.warnings, info: source.counts.notes };
  const problems = query.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <>
      <div className={styles.levels} role="group" aria-label="Level">
        {levels.map((each) => (
          <button
            key={each}
            type="button"
            className={styles.level}
            aria-pressed={level === each}
            onClick={() => void setLevel(level === each ? null : each)}
          >
            {levelWords[each].many} <span className={styles.count}>{numberText(counts[each])}</span>
          </button>
        ))}
      </div>
      <PagedList
        query={query}
        isEmpty={problems.length === 0}
        skeleton={<SkeletonRows rows={4} rowHeight={56} label="Loading the problems" />}
        empty={<NoProblems source={source} isFiltered={level !== null} />}
      >
        <ProblemFiles problems={problems} />
      </PagedList>
    </>
  );
}

function NoProblems({ source, isFiltered }: { source: Source; isFiltered: boolean }) {
  if (source.lastReadAt === undefined) {
    return (
      <MessagePanel
        icon={<IconFileAlert size={20} stroke={1.6} />}
        title="Not read yet"
        size="inline"
        headingLevel={3}
      >
        What is wrong in its files shows here after the first read.
      </MessagePanel>
    );
  }
  return (
    <MessagePanel
      icon={<IconCircleCheck size={20} stroke={1.6} />}
      title="No problems"
      size="inline"
      headingLevel={3}
    >
      {isFiltered ? 'None of this level.' : 'Every file of this source was understood.'}
    </MessagePanel>
  );
}
