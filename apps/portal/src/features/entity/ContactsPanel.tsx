import type { Entity } from '@waymark/contracts';
import { Avatar, CopyButton, ExternalLink, Panel } from '@waymark/ui';
import { entityTitle } from '../../lib/entities/entity-ref.ts';
import { profileOf } from '../../lib/people/profile.ts';
import styles from './ContactsPanel.module.css';

/** How a team or person is reached: mail, and the links of the descriptor such as chat and on-call. */
export function ContactsPanel({ entity }: { entity: Entity }) {
  const { email, picture, role } = profileOf(entity);
  const links = entity.metadata.links ?? [];
  const isPerson = entity.kind.toLowerCase() === 'user';
  return (
    <Panel title="Contact">
      <div className={styles.who}>
        <Avatar name={entityTitle(entity)} picture={picture} size={44} />
        <div className={styles.name}>
          {entityTitle(entity)}
          {isPerson && role !== undefined && <div className={styles.role}>{role}</div>}
        </div>
      </div>
      {email === undefined && links.length === 0 ? (
        <p className={styles.none}>
          The descriptor names no address: <code>spec.profile.email</code> and <code>metadata.links</code>{' '}
          would show here.
        </p>
      ) : (
        <ul className={styles.ways}>
          {email !== undefined && (
            <li className={styles.email}>
              <ExternalLink url={`mailto:${email}`}>{email}</ExternalLink>
              <CopyButton text={email} label="Copy the address" />
            </li>
          )}
          {links.map((link, index) => (
            <li key={index}>
              <ExternalLink url={link.url}>{link.title ?? link.url}</ExternalLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
