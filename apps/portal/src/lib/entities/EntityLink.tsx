import { KindIcon } from '@waymark/ui';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useShownInstant } from '../as-of/AsOfScope.tsx';
import { paths } from '../paths.ts';
import styles from './EntityLink.module.css';
import { parseRef, refLabel } from './entity-ref.ts';

export interface EntityLinkProps {
  /** Canonical reference. */
  entityRef: string;
  /** Shown instead of the name. */
  children?: ReactNode;
  /** The kind's picture in front. */
  hasIcon?: boolean;
  /** Quieter, for what stands beside the main thing of a row. */
  isQuiet?: boolean;
}

/** The name of an entity anywhere in the portal: a link, with its facts in a card on hover. */
export function EntityLink({ entityRef, children, hasIcon = false, isQuiet = false }: EntityLinkProps) {
  const asOf = useShownInstant();
  return (
    <Link
      to={paths.entity(entityRef, { asOf })}
      className={styles.link}
      data-entity-ref={entityRef}
      data-quiet={isQuiet || undefined}
    >
      {hasIcon && (
        <span className={styles.icon}>
          <KindIcon kind={parseRef(entityRef).kind} size={15} />
        </span>
      )}
      <span className={styles.name}>{children ?? refLabel(entityRef)}</span>
    </Link>
  );
}
