import { Popover, VisuallyHidden } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { CopyButton, initialsOf } from '@waymark/ui';
import { refLabel } from '../../lib/entities/entity-ref.ts';
import styles from './Header.module.css';

export interface PersonChipProps {
  actorRef: string;
  isGuestMode: boolean;
}

/** Who is using the portal. */
export function PersonChip({ actorRef, isGuestMode }: PersonChipProps) {
  const name = refLabel(actorRef);
  return (
    <Popover width={280} position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <button type="button" className={styles.person}>
          <VisuallyHidden>You are</VisuallyHidden>
          <span className={styles.initials} aria-hidden>
            {initialsOf(name)}
          </span>
          <span className={styles.personName}>{name}</span>
          {isGuestMode && <span className={`${styles.badge} ${styles.personName}`}>guest mode</span>}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label="You">
        <span className={styles.reference}>
          {actorRef}
          <CopyButton text={actorRef} label="Copy your reference" />
        </span>
        {isGuestMode && (
          <p>
            Guest mode: everybody who reaches this portal is the guest and may do everything. It is possible
            only on this machine's own address.
          </p>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

/** Says that what is shown is invented. */
export function DemoBadge({ organizationName }: { organizationName: string }) {
  return (
    <Popover width={280} position="bottom-end" shadow="md" returnFocus>
      <Popover.Target>
        <button type="button" className={styles.badge}>
          <IconFlask size={14} stroke={1.7} aria-hidden />
          Demo
        </button>
      </Popover.Target>
      <Popover.Dropdown className={styles.popover} aria-label="Demo data">
        <p>
          {organizationName} is an invented company. Its catalog was read from demo repositories through the
          same sources as a real one.
        </p>
      </Popover.Dropdown>
    </Popover>
  );
}
