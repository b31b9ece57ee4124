import { useQuery } from '@tanstack/react-query';
import type { Entity, EntityStatusItem } from '@waymark/contracts';
import { StatusLabel, type StatusTone } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import styles from './EntityProblems.module.css';
import { entityQueries } from './entity.queries.ts';

const tones: Record<EntityStatusItem['level'], { tone: StatusTone; word: string }> = {
  error: { tone: 'bad', word: 'Error' },
  warning: { tone: 'warning', word: 'Warning' },
  info: { tone: 'info', word: 'Note' },
};

/** A line for each thing that is wrong with the entity, with the file and line that it stands in. */
export function EntityProblems({ entityRef, entity }: { entityRef: string; entity: Entity }) {
  const { data: origin } = useQuery(entityQueries.origin(entityRef));
  const items = entity.status?.items ?? [];
  const rivals = origin?.rivals ?? [];
  if (items.length === 0 && rivals.length === 0) return null;
  return (
    <ul className={styles.problems} aria-label="Problems">
      {items.map((item, index) => (
        <li key={index} className={styles.problem} data-level={item.level}>
          <StatusLabel tone={tones[item.level].tone}>{tones[item.level].word}</StatusLabel>
          <span className={styles.message}>{item.message}</span>
          {origin && (
            <Link to={paths.source(origin.sourceId)} className={styles.place}>
              {placeOf(item) ?? `${origin.path}:${origin.line}`}
            </Link>
          )}
        </li>
      ))}
      {rivals.length > 0 && (
        <li className={styles.problem} data-level="warning">
          <StatusLabel tone="warning">Claimed twice</StatusLabel>
          <span className={styles.message}>
            {rivals.length === 1 ? 'Another file describes' : `${rivals.length} other files describe`} the
            same reference. The first one read keeps it.
          </span>
          <Link to={paths.entity(entityRef, { tab: 'source' })} className={styles.place}>
            Show the files
          </Link>
        </li>
      )}
    </ul>
  );
}

/** File and line where the item itself names them. */
function placeOf(item: EntityStatusItem): string | undefined {
  const { path, line } = item;
  if (typeof path !== 'string') return undefined;
  return typeof line === 'number' ? `${path}:${line}` : path;
}
