import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconBrandGit,
  IconBrandGithub,
  IconBrandGitlab,
  IconFolder,
  IconLink,
  IconRadar2,
  IconRefresh,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Source } from '@waymark/contracts';
import { countText, durationText, numberText, ProgressBar, RelativeTime, StatusLabel } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { sourceTypeWords } from '../../lib/sources/source-kind-words.ts';
import { progressWords, sourceName } from '../../lib/sources/source-words.ts';
import { isBusy } from '../../lib/sources/sources.queries.ts';
import { NextRead } from './NextRead.tsx';
import { SourceState } from '../../lib/sources/SourceState.tsx';
import { useRefreshSource } from '../../lib/sources/use-refresh-source.ts';
import { RowTable } from '../../lib/ui/RowTable.tsx';
import styles from './SourceList.module.css';

const pictures: Record<Source['type'], Icon> = {
  file: IconFolder,
  git: IconBrandGit,
  url: IconLink,
  'github-discovery': IconRadar2,
  'gitlab-discovery': IconRadar2,
  github: IconBrandGithub,
  gitlab: IconBrandGitlab,
  'github-org': IconUsersGroup,
  'gitlab-org': IconUsersGroup,
};

/** Sources as rows: a table on a wide window, blocks on a phone. A few hundred at most, so all are drawn. */
export function SourceList({ sources }: { sources: Source[] }) {
  return (
    <RowTable>
      <thead>
        <tr>
          <th scope="col">Source</th>
          <th scope="col">State</th>
          <th scope="col" data-number>
            Entities
          </th>
          <th scope="col">Problems</th>
          <th scope="col">Last read</th>
          <th scope="col">Next</th>
          <th scope="col" data-number>
            Took
          </th>
          <th scope="col">
            <VisuallyHidden>Actions</VisuallyHidden>
          </th>
        </tr>
      </thead>
      <tbody>
        {sources.map((source) => (
          <SourceRow key={source.id} source={source} />
        ))}
      </tbody>
    </RowTable>
  );
}

function SourceRow({ source }: { source: Source }) {
  const Picture = pictures[source.type];
  return (
    <tr>
      <th scope="row">
        <div className={styles.source}>
          <Picture size={16} stroke={1.6} aria-label={sourceTypeWords[source.type]} />
          <span className={styles.names}>
            <Link to={paths.source(source.id)} className={styles.name}>
              {sourceName(source)}
            </Link>
            <span className={styles.target} title={source.target}>
              {source.target}
              {source.branch && `, ${source.branch}`}
            </span>
            {source.childCount !== undefined && (
              <Link to={paths.source(source.id)} className={styles.children}>
                {countText(source.childCount, 'repository', 'repositories')}
              </Link>
            )}
          </span>
        </div>
      </th>
      <td data-label="State">
        <SourceState source={source} />
        {source.progress && (
          <div className={styles.progress}>
            <span>{progressWords(source.progress)}</span>
            <ProgressBar
              label={`Reading ${sourceName(source)}`}
              done={source.progress.done}
              total={source.progress.total}
            />
          </div>
        )}
        {source.error && !source.progress && <div className={styles.error}>{source.error.message}</div>}
      </td>
      <td data-label="Entities" data-number>
        {numberText(source.counts.entities)}
      </td>
      <td data-label="Problems">
        <ProblemCounts source={source} />
      </td>
      <td data-label="Last read" className={styles.time}>
        {source.lastReadAt ? <RelativeTime at={source.lastReadAt} /> : 'Never'}
      </td>
      <td data-label="Next" className={styles.time}>
        {isBusy(source) || source.isPaused ? '–' : <NextRead source={source} />}
      </td>
      <td data-label="Took" data-number>
        {source.durationMs === undefined ? '–' : durationText(source.durationMs)}
      </td>
      <td className={styles.action}>
        <RefreshButton source={source} />
      </td>
    </tr>
  );
}

/** Errors, warnings and conflicts of a source, or that there are none. */
export function ProblemCounts({ source: { counts, lastReadAt } }: { source: Source }) {
  if (lastReadAt === undefined) return <span className={styles.dim}>–</span>;
  if (counts.errors + counts.warnings + counts.conflicts === 0)
    return <span className={styles.dim}>None</span>;
  return (
    <span className={styles.problems}>
      {counts.errors > 0 && (
        <StatusLabel tone="bad">
          {numberText(counts.errors)} {counts.errors === 1 ? 'error' : 'errors'}
        </StatusLabel>
      )}
      {counts.warnings > 0 && (
        <StatusLabel tone="warning">
          {numberText(counts.warnings)} {counts.warnings === 1 ? 'warning' : 'warnings'}
        </StatusLabel>
      )}
      {counts.conflicts > 0 && (
        <StatusLabel tone="warning">
          {numberText(counts.conflicts)} {counts.conflicts === 1 ? 'conflict' : 'conflicts'}
        </StatusLabel>
      )}
    </span>
  );
}

function RefreshButton({ source }: { source: Source }) {
  const refresh = useRefreshSource();
  const label = `Read ${sourceName(source)} again`;
  return (
    <Tooltip label="Read again now" openDelay={300}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-label={label}
        disabled={isBusy(source) || source.isPaused || refresh.isPending}
        onClick={() => refresh.mutate(source)}
      >
        <IconRefresh size={16} stroke={1.7} className={isBusy(source) ? styles.turning : undefined} />
      </ActionIcon>
    </Tooltip>
  );
}
