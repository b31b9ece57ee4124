import type { ReactNode } from 'react';
import styles from './text.module.css';

/** A small quiet word: a tag, a type. Cheap enough for table cells. */
export function Tag({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={styles.tag} title={title}>
      {children}
    </span>
  );
}

export interface TagListProps {
  tags: readonly string[];
  /** How many are drawn; the rest is told as a number with all names on hover. */
  maxShown: number;
  /** Takes a second line rather than cut words short, and draws one more rather than tell of it. */
  wraps?: boolean;
}

/** Tags, usually in one line: the first few, and how many more there are. */
export function TagList({ tags, maxShown, wraps = false }: TagListProps) {
  const drawn = wraps && tags.length === maxShown + 1 ? tags.length : maxShown;
  const rest = tags.slice(drawn);
  return (
    <span className={styles.tags} data-wraps={wraps || undefined}>
      {tags.slice(0, drawn).map((tag) => (
        <Tag key={tag} title={tag}>
          {tag}
        </Tag>
      ))}
      {rest.length > 0 && (
        <span className={styles.more} title={rest.join(', ')}>
          +{rest.length}
        </span>
      )}
    </span>
  );
}
