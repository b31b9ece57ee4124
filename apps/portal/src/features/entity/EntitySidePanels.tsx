import { IconFileCode } from '@tabler/icons-react';
import type { Entity, EntityOrigin } from '@waymark/contracts';
import { ExternalLink, liveUrl, Panel, RelativeTime } from '@waymark/ui';
import { useState } from 'react';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { shortTarget } from '../../lib/sources/source-words.ts';
import styles from './EntitySidePanels.module.css';

type EntityLinkItem = NonNullable<Entity['metadata']['links']>[number];

/** The links of a descriptor. Those with an address that is not safe to follow are only text. */
export function LinksPanel({ links }: { links: EntityLinkItem[] }) {
  if (links.length === 0) return null;
  return (
    <Panel title="Links">
      <ul className={styles.links}>
        {links.map((link, index) => (
          <li key={index}>
            <ExternalLink url={link.url}>{link.title ?? link.url}</ExternalLink>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** Where the entity was read, and when. */
export function OriginPanel({ origin, entityRef }: { origin: EntityOrigin; entityRef: string }) {
  return (
    <Panel title="Where it comes from">
      <div className={styles.origin}>
        <Link to={paths.source(origin.sourceId)} className={styles.link} title={origin.sourceTarget}>
          {shortTarget(origin.sourceTarget)}
        </Link>
        <Link to={paths.entity(entityRef, { tab: 'source' })} className={styles.file}>
          <IconFileCode size={14} stroke={1.6} aria-hidden />
          <span>
            {origin.path}:{origin.line}
          </span>
        </Link>
        <span className={styles.dim}>
          Read <RelativeTime at={origin.readAt} />
        </span>
      </div>
    </Panel>
  );
}

const shownAtFirst = 6;

/** Names and values of labels or annotations; long lists are folded. */
export function MetadataPanel({ title, values }: { title: string; values: Record<string, string> }) {
  const [isComplete, setIsComplete] = useState(false);
  const entries = Object.entries(values).sort(([a], [b]) => a.localeCompare(b));
  if (entries.length === 0) return null;
  const visible = isComplete || entries.length <= shownAtFirst + 2 ? entries : entries.slice(0, shownAtFirst);
  return (
    <Panel title={title} count={String(entries.length)}>
      <dl className={styles.values}>
        {visible.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>
              {liveUrl(value)?.startsWith('http') ? <ExternalLink url={value}>{value}</ExternalLink> : value}
            </dd>
          </div>
        ))}
      </dl>
      {visible.length < entries.length && (
        <button type="button" className={styles.more} onClick={() => setIsComplete(true)}>
          Show {entries.length - visible.length} more
        </button>
      )}
    </Panel>
  );
}
