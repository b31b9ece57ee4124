import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { numberText } from '@waymark/ui';
import { useState } from 'react';
import { entitiesQueries } from '../../lib/entities/entities.queries.ts';
import { EntityRow } from '../../lib/entities/EntityRow.tsx';
import styles from './RelatedList.module.css';

export interface RelatedListProps {
  refs: readonly string[];
  /** Rows before "show more". */
  shownAtFirst?: number;
  hasKind?: boolean;
}

const shownMore = 50;

/** Targets of a relation, with those marked that the catalog does not have. Long lists unfold in steps. */
export function RelatedList({ refs, shownAtFirst = 8, hasKind = false }: RelatedListProps) {
  const [shown, setShown] = useState(shownAtFirst);
  // Two hidden rows are worse than two rows.
  const visible = refs.slice(0, refs.length <= shown + 2 ? refs.length : shown);
  const { data: summaries } = useQuery(entitiesQueries.summaries(visible));
  const hidden = refs.length - visible.length;
  return (
    <>
      <ul className={styles.list}>
        {visible.map((ref) => (
          <EntityRow key={ref} entityRef={ref} entity={summaries?.get(ref)} hasKind={hasKind} />
        ))}
      </ul>
      {hidden > 0 && (
        <div className={styles.more}>
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + shownMore)}>
            Show {numberText(Math.min(shownMore, hidden))} more of {numberText(refs.length)}
          </Button>
        </div>
      )}
    </>
  );
}
