import { IconExternalLink } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './link.module.css';

const liveProtocols = new Set(['http:', 'https:', 'mailto:']);

/** The address if a click on it is harmless: http, https or mailto. Anything else, `javascript:` first, is not. */
export function liveUrl(url: string): string | undefined {
  try {
    const parsed = new URL(url);
    return liveProtocols.has(parsed.protocol) ? parsed.href : undefined;
  } catch {
    return undefined;
  }
}

export interface ExternalLinkProps {
  /** Comes from a descriptor, so from anybody. */
  url: string;
  children: ReactNode;
  /** Told of a click that opens it. */
  onFollow?: () => void;
}

/** A link out of the portal, in a new tab and without a referrer. An address that is not safe stays text. */
export function ExternalLink({ url, children, onFollow }: ExternalLinkProps) {
  const href = liveUrl(url);
  if (href === undefined) {
    return (
      <span className={styles.inert}>
        {children} <code>{url}</code>
      </span>
    );
  }
  return (
    <a
      className={styles.external}
      href={href}
      target="_blank"
      rel="noopener noreferrer nofollow"
      onClick={onFollow}
    >
      {children}
      <IconExternalLink size={13} stroke={1.7} aria-label="(opens in a new tab)" role="img" />
    </a>
  );
}
