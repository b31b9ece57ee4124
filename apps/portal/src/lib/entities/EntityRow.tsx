import type { PartialEntity } from '@waymark/contracts';
import { Tag } from '@waymark/ui';
import { entityTitle, parseRef, specText } from './entity-ref.ts';
import { EntityLink } from './EntityLink.tsx';
import styles from './EntityRow.module.css';
import { kindWord } from './kind-words.ts';
import { MissingLabel } from './MissingLabel.tsx';

export interface EntityRowProps {
  entityRef: string;
  /** Its facts; undefined while they load, null where the catalog has no such entity. */
  entity: PartialEntity | null | undefined;
  /** Says the kind in a word, for lists of several kinds. */
  hasKind?: boolean;
}

/** One entity as a list item: picture, name, what it is. */
export function EntityRow({ entityRef, entity, hasKind = false }: EntityRowProps) {
  const type = entity ? specText(entity, 'type') : undefined;
  return (
    <li className={styles.row}>
      <span className={styles.name}>
        <EntityLink entityRef={entityRef} hasIcon>
          {entity ? entityTitle(entity) : undefined}
        </EntityLink>
      </span>
      {entity === null && <MissingLabel />}
      <span className={styles.description} title={entity?.metadata?.description}>
        {entity?.metadata?.description}
      </span>
      {(hasKind || type) && <Tag>{hasKind ? kindWord(parseRef(entityRef).kind) : type}</Tag>}
    </li>
  );
}
