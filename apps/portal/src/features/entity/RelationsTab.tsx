import type { Entity } from '@waymark/contracts';
import { numberText, Panel } from '@waymark/ui';
import { useState } from 'react';
import { relationsByType, relationWord } from '../../lib/entities/relation-words.ts';
import { RelatedList } from './RelatedList.tsx';
import styles from './RelationsTab.module.css';

const filterableFrom = 15;

/** All relations both ways, grouped by what the other side is to this entity. */
export function RelationsTab({ entity }: { entity: Entity }) {
  const [text, setText] = useState('');
  const relations = entity.relations ?? [];
  const term = text.trim().toLowerCase();
  const groups = relationsByType(relations.filter(({ targetRef }) => targetRef.includes(term)));
  return (
    <div className={styles.relations}>
      {relations.length >= filterableFrom && (
        <input
          type="search"
          data-page-filter
          className={styles.filter}
          value={text}
          placeholder={`Filter ${numberText(relations.length)} relations by name`}
          aria-label="Filter the relations by name"
          onChange={(event) => setText(event.currentTarget.value)}
        />
      )}
      <div className={styles.groups}>
        {groups.map(([type, refs]) => (
          <Panel key={type} title={relationWord(type)} count={numberText(refs.length)} isFlush>
            <RelatedList refs={refs} shownAtFirst={12} />
          </Panel>
        ))}
      </div>
      {groups.length === 0 && <p className={styles.none}>No relation has “{text}” in its name.</p>}
    </div>
  );
}
