import { IconArrowRight, IconCircleCheck, IconExternalLink } from '@tabler/icons-react';
import type { Run } from '@waymark/contracts';
import { CopyButton, KindIcon, StatusLabel } from '@waymark/ui';
import { Link } from 'react-router';
import { parseRef, refLabel } from '../../../lib/entities/entity-ref.ts';
import { paths } from '../../../lib/paths.ts';
import { Markdown } from '../../../lib/ui/markdown/Markdown.tsx';
import styles from './RunOutputs.module.css';
import { shownLinks, type ShownLink } from './shown-links.ts';

/** What of a run its outcome is made of. */
export type OutcomeOfRun = Pick<Run, 'links' | 'texts' | 'entityRef'>;

/** What a run that completed leads to, and what it says at its end. */
export function RunOutputs({ run }: { run: OutcomeOfRun }) {
  const links = shownLinks(run);
  if (links.length === 0 && run.texts.length === 0) {
    return (
      <div className={styles.plain}>
        <StatusLabel tone="good">Every step is done.</StatusLabel>
      </div>
    );
  }
  return (
    <section className={styles.outputs} aria-label="Outcome">
      {links.length > 0 && (
        <ul className={styles.links}>
          {links.map((link, index) => (
            <li key={index}>
              <OutputLink link={link} />
            </li>
          ))}
        </ul>
      )}
      {run.texts.map(({ title, content }, index) => (
        <div key={index} className={styles.text}>
          <div className={styles.textHead}>
            <IconCircleCheck size={15} stroke={1.8} aria-hidden className={styles.good} />
            <h2 className={styles.textTitle}>{title ?? 'It says'}</h2>
            <CopyButton text={content} label="Copy the text" />
          </div>
          <div className={styles.content}>
            <Markdown text={content} pageOf={pageOfPortal} />
          </div>
        </div>
      ))}
    </section>
  );
}

/** A path of this portal, and no address that only begins like one. */
function pageOfPortal(address: string): string | undefined {
  return /^\/(?![/\\])/.test(address) ? address : undefined;
}

function OutputLink({ link }: { link: ShownLink }) {
  if (link.kind === 'entity') {
    const { kind } = parseRef(link.ref);
    return (
      <Link to={paths.entity(link.ref)} className={styles.link}>
        <KindIcon kind={kind} size={18} />
        <span className={styles.linkWords}>
          <span className={styles.linkTitle}>{link.title ?? refLabel(link.ref)}</span>
          <span className={styles.linkPlace}>{link.ref}</span>
        </span>
        <IconArrowRight size={16} stroke={1.7} aria-hidden className={styles.arrow} />
      </Link>
    );
  }
  return (
    <a href={link.url} target="_blank" rel="noopener noreferrer nofollow" className={styles.link}>
      <span className={styles.linkWords}>
        <span className={styles.linkTitle}>{link.title ?? link.url}</span>
        <span className={styles.linkPlace}>{link.url}</span>
      </span>
      <IconExternalLink
        size={16}
        stroke={1.7}
        role="img"
        aria-label="(opens in a new tab)"
        className={styles.arrow}
      />
    </a>
  );
}
