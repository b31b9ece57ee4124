import { endpointUrl } from '@waymark/api-client';
import { getEntityBadge } from '@waymark/contracts';
import { CopyButton, Dialog } from '@waymark/ui';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { paths } from '../../lib/paths.ts';
import styles from './BadgeDialog.module.css';

export interface BadgeDialogProps {
  entityRef: string;
  title: string;
  onClose: () => void;
}

const badges = ['catalog', 'owner', 'lifecycle', 'system', 'type'] as const;

/** Badges of an entity with the Markdown that puts each into a README, linked to the page of the entity. */
export function BadgeDialog({ entityRef, title, onClose }: BadgeDialogProps) {
  return (
    <Dialog onClose={onClose} title={`Badges of ${title}`} size="lg">
      <p className={styles.lead}>
        Paste one into a README. It shows what the catalog says, and leads here. Whoever reads the README must
        be able to reach this portal.
      </p>
      <ul className={styles.badges} aria-label="Badges">
        {badges.map((badge) => (
          <BadgeItem key={badge} badge={badge} entityRef={entityRef} />
        ))}
      </ul>
    </Dialog>
  );
}

function BadgeItem({ badge, entityRef }: { badge: (typeof badges)[number]; entityRef: string }) {
  const address = endpointUrl(getEntityBadge, { params: { ...parseRef(entityRef), badge } });
  const absolute = (path: string) => new URL(path, window.location.href).href;
  const markdown = `[![${badge}](${absolute(address)})](${absolute(paths.entity(entityRef))})`;
  return (
    <li className={styles.badge}>
      <img src={address} alt={`The ${badge} badge`} height={20} className={styles.picture} />
      <code className={styles.markdown}>{markdown}</code>
      <CopyButton text={markdown} label={`Copy the Markdown of the ${badge} badge`} />
    </li>
  );
}
