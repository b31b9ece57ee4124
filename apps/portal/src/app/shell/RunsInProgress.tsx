import { Tooltip } from '@mantine/core';
import { IconLoader2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { countText } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { runsQueries } from '../../lib/scaffolder/runs.queries.ts';
import styles from './Header.module.css';

/** How many of one's own runs wait or run, with the way to them. Nothing while there are none. */
export function RunsInProgress() {
  const { data: runs = [] } = useQuery(runsQueries.underWay());
  const [only] = runs;
  if (only === undefined) return null;
  const words = `${countText(runs.length, 'run')} in progress`;
  return (
    <Tooltip label={runs.length === 1 ? `${only.templateTitle} is in progress` : words} openDelay={300}>
      <Link to={paths.runs()} className={styles.runs} aria-label={words}>
        <IconLoader2 size={15} stroke={1.8} aria-hidden className={styles.turning} />
        {runs.length}
      </Link>
    </Tooltip>
  );
}
