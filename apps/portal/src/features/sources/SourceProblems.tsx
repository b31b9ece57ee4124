import { Button } from '@mantine/core';
import { IconCircleCheck, IconFileAlert } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source, SourceProblem } from '@waymark/contracts';
import {
  countText,
  MessagePanel,
  numberText,
  Panel,
  SkeletonRows,
  StatusLabel,
  type StatusTone,
} from '@waymark/ui';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useDelayed } from '../../lib/browser/use-delayed.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { sourcesQueries } from '../../lib/sources/sources.queries.ts';
import { ErrorPanel } from '../../lib/ui/ErrorPanel.tsx';
import styles from './SourceProblems.module.css';

const levels = ['error', 'warning', 'info'] as const;
const levelWords: Record<SourceProblem['level'], { one: string; many: string; tone: StatusTone }> = {
  error: { one: 'Error', many: 'Errors', tone: 'bad' },
  warning: { one: 'Warning', many: 'Warnings', tone: 'warning' },
  info: { one: 'Note', many: 'Notes', tone: 'info' },
};

/** What is wrong in the files of a source: by file, with line, reason and what to do. */
export function SourceProblems({ source }: { source: Source }) {
  const [level, setLevel] = useQueryState(
    'level',
    parseAsStringLiteral(levels).withOptions({ history: 'push', shallow: false }),
  );
  const query = useInfiniteQuery(sourcesQueries.problems(source.id, level ?? undefined));
  const isSlow = useDelayed(query.isPending);
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
      {query.isPending && isSlow && <SkeletonRows rows={4} rowHeight={56} label="Loading the problems" />}
      {query.error && problems.length === 0 && (
        <ErrorPanel
          error={query.error}
          size="inline"
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {query.isSuccess && problems.length === 0 && <NoProblems source={source} isFiltered={level !== null} />}
      <div className={styles.files}>
        {byFile(problems).map(([path, inFile]) => (
          <FileProblems key={path} path={path} problems={inFile} />
        ))}
      </div>
      {query.hasNextPage && (
        <div className={styles.more}>
          <Button
            size="xs"
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show more
          </Button>
        </div>
      )}
    </>
  );
}

function FileProblems({ path, problems }: { path: string; problems: SourceProblem[] }) {
  return (
    <Panel title={path} count={countText(problems.length, 'problem')} isFlush>
      <ul className={styles.list}>
        {problems.map((problem, index) => (
          <li key={index} className={styles.problem}>
            <span className={styles.place}>
              {problem.line}
              {problem.column !== undefined && `:${problem.column}`}
            </span>
            <span className={styles.state}>
              <StatusLabel tone={levelWords[problem.level].tone}>{levelWords[problem.level].one}</StatusLabel>
            </span>
            <div className={styles.words}>
              <div className={styles.message}>{problem.message}</div>
              <div className={styles.hint}>{problem.hint}</div>
              <div className={styles.facts}>
                <code>{problem.code}</code>
                {problem.field && <code>{problem.field}</code>}
                {problem.documentIndex !== undefined && problem.documentIndex > 0 && (
                  <span>document {problem.documentIndex + 1}</span>
                )}
                {problem.entityRef && <EntityLink entityRef={problem.entityRef} hasIcon isQuiet />}
              </div>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
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

/** Problems by file, in the order in which the server names the files. */
function byFile(problems: SourceProblem[]): [string, SourceProblem[]][] {
  const files = new Map<string, SourceProblem[]>();
  for (const problem of problems) {
    const inFile = files.get(problem.path);
    if (inFile) inFile.push(problem);
    else files.set(problem.path, [problem]);
  }
  return [...files];
}
