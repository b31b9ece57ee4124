import { IconArrowsRightLeft, IconCirclePlus, IconPencil, IconTrash, type Icon } from '@tabler/icons-react';
import type { EntityChange } from '@waymark/contracts';
import { RelativeTime, Tag } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';
import { authorName, changeWords, shortRevision } from './change-words.ts';
import styles from './HistoryTimeline.module.css';

const icons: Record<EntityChange['kind'], Icon> = {
  added: IconCirclePlus,
  changed: IconPencil,
  moved: IconArrowsRightLeft,
  removed: IconTrash,
};

export interface HistoryTimelineProps {
  entityRef: string;
  changes: EntityChange[];
  /** The change whose difference is shown. */
  shownId: string | undefined;
  onShow: (id: string) => void;
}

/** Changes of an entity, newest first. */
export function HistoryTimeline({ entityRef, changes, shownId, onShow }: HistoryTimelineProps) {
  return (
    <ol className={styles.timeline} aria-label="Changes, newest first">
      {changes.map((change) => (
        <TimelineItem
          key={change.id}
          entityRef={entityRef}
          change={change}
          isShown={change.id === shownId}
          onShow={() => onShow(change.id)}
        />
      ))}
    </ol>
  );
}

interface TimelineItemProps {
  entityRef: string;
  change: EntityChange;
  isShown: boolean;
  onShow: () => void;
}

function TimelineItem({ entityRef, change, isShown, onShow }: TimelineItemProps) {
  const Picture = icons[change.kind];
  return (
    <li className={styles.item} data-shown={isShown || undefined}>
      <span className={styles.icon} data-kind={change.kind}>
        <Picture size={15} stroke={1.8} aria-hidden />
      </span>
      <div className={styles.body}>
        <div className={styles.line}>
          <button type="button" className={styles.what} aria-pressed={isShown} onClick={onShow}>
            {changeWords[change.kind]}
            {change.reason !== undefined && <span className={styles.reason}>{change.reason}</span>}
          </button>
          <span className={styles.when}>
            <RelativeTime at={change.at} />
          </span>
        </div>
        <ChangedPaths paths={change.changedPaths} />
        <div className={styles.facts}>
          {change.changedBy !== undefined && (
            <span title={change.changedBy}>by {authorName(change.changedBy)}</span>
          )}
          {change.revision !== undefined && (
            <code title={change.revision}>{shortRevision(change.revision)}</code>
          )}
          <Place change={change} />
          {change.kind !== 'removed' && (
            <Link to={paths.entity(entityRef, { asOf: change.at })} className={styles.link}>
              See it as of then
            </Link>
          )}
        </div>
      </div>
    </li>
  );
}

function Place({ change: { sourceId, sourceTarget, path, line } }: { change: EntityChange }) {
  if (path === undefined && sourceTarget === undefined) return null;
  const place = [sourceTarget === undefined ? undefined : shortTarget(sourceTarget), path]
    .filter((part) => part !== undefined)
    .join(' / ');
  const text = line === undefined ? place : `${place}:${line}`;
  return sourceId === undefined ? (
    <span className={styles.place}>{text}</span>
  ) : (
    <Link to={paths.source(sourceId)} className={styles.place} title={sourceTarget}>
      {text}
    </Link>
  );
}

const pathsShown = 5;

function ChangedPaths({ paths: changed }: { paths: string[] }) {
  if (changed.length === 0) return null;
  return (
    <div className={styles.paths}>
      {changed.slice(0, pathsShown).map((path) => (
        <Tag key={path} title={path}>
          {path}
        </Tag>
      ))}
      {changed.length > pathsShown && (
        <span title={changed.slice(pathsShown).join(', ')}>and {changed.length - pathsShown} more</span>
      )}
    </div>
  );
}
