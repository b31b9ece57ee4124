import { lazy, Suspense } from 'react';
import styles from './Markdown.module.css';
import type { MarkdownElementsProps } from './MarkdownElements.tsx';

const MarkdownElements = lazy(async () => ({
  default: (await import('./MarkdownElements.tsx')).MarkdownElements,
}));

/** Text that somebody has written as Markdown. Its HTML is shown as text, and its pictures are links. */
export function Markdown(props: MarkdownElementsProps) {
  return (
    <Suspense fallback={<div className={styles.typed}>{props.text}</div>}>
      <MarkdownElements {...props} />
    </Suspense>
  );
}
