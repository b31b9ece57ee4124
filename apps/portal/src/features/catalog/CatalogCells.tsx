import type { PartialEntity } from '@waymark/contracts';
import { Highlight, KindIcon } from '@waymark/ui';
import { entityRefOf, entityTitle, specText } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { createContext, useContext } from 'react';
import styles from './CatalogCells.module.css';

/**
 * Letters to mark. A context and not a part of the columns: columns that change draw every loaded row
 * again, a context only those in sight.
 */
export const SearchTermContext = createContext('');

/** Picture, name and description. */
export function NameCell({ entity }: { entity: PartialEntity }) {
  const term = useContext(SearchTermContext);
  return (
    <span className={styles.nameCell}>
      <span className={styles.icon}>
        <KindIcon kind={entity.kind ?? ''} />
      </span>
      <span className={styles.nameLines}>
        <EntityLink entityRef={entityRefOf(entity)}>
          <Highlight text={entityTitle(entity)} term={term} />
        </EntityLink>
        {entity.metadata?.description && (
          <span className={styles.description} title={entity.metadata.description}>
            <Highlight text={entity.metadata.description} term={term} />
          </span>
        )}
      </span>
    </span>
  );
}

/** The one cell of a phone: name, and what it is under it. */
export function PhoneCell({ entity }: { entity: PartialEntity }) {
  const term = useContext(SearchTermContext);
  const facts = [
    specText(entity, 'type') ?? kindWord(entity.kind ?? ''),
    specText(entity, 'owner')?.replace(/^.*[:/]/, ''),
  ];
  return (
    <span className={styles.phoneCell}>
      <span className={styles.icon}>
        <KindIcon kind={entity.kind ?? ''} size={18} />
      </span>
      <span className={styles.phoneText}>
        <EntityLink entityRef={entityRefOf(entity)}>
          <Highlight text={entityTitle(entity)} term={term} />
        </EntityLink>
        <span className={styles.dim}>{facts.filter(Boolean).join(' · ')}</span>
      </span>
    </span>
  );
}

/** A plain value, or a dash. */
export function TextCell({ text }: { text: string | undefined }) {
  if (!text) return <span className={styles.none}>–</span>;
  return (
    <span className={styles.dim} title={text}>
      {text}
    </span>
  );
}
