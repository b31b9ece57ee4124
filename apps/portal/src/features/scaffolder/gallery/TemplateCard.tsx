import { IconAlertTriangle, IconFiles } from '@tabler/icons-react';
import type { TemplateSummary } from '@waymark/contracts';
import { countText, durationText, numberText, TagList } from '@waymark/ui';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { EntityLink } from '../../../lib/entities/EntityLink.tsx';
import { StarButton } from '../../../lib/entities/StarButton.tsx';
import { paths } from '../../../lib/paths.ts';
import { ownerRef } from './shown-templates.ts';
import styles from './TemplateCard.module.css';

const TemplateExample = lazy(async () => ({
  default: (await import('./TemplateExample.tsx')).TemplateExample,
}));
const TemplateProblems = lazy(async () => ({
  default: (await import('./TemplateProblems.tsx')).TemplateProblems,
}));

/** The type and the first tags. */
const maxTags = 4;

/** A template: what it makes, whose it is, how it fared. The whole card leads to its form. */
export function TemplateCard({ template }: { template: TemplateSummary }) {
  const { ref, title, description, type, tags, problemCount } = template;
  const [shown, setShown] = useState<'problems' | 'example'>();
  const close = () => setShown(undefined);
  const owner = ownerRef(template);
  return (
    <li className={styles.card}>
      <div className={styles.head}>
        <h2 className={styles.title}>
          <Link to={paths.createFrom(ref)} className={styles.link}>
            {title}
          </Link>
        </h2>
        <span className={styles.above}>
          <StarButton entity={{ ref, title }} />
        </span>
      </div>
      <p className={styles.outcome}>{description ?? 'What it makes is not described.'}</p>
      <TagList tags={[...new Set([type, ...tags])]} maxShown={maxTags} wraps />
      {problemCount > 0 ? (
        <button
          type="button"
          className={`${styles.more} ${styles.above}`}
          data-warning
          onClick={() => setShown('problems')}
        >
          <IconAlertTriangle size={15} stroke={1.8} aria-hidden />
          {countText(problemCount, 'thing')} to know before you use it
        </button>
      ) : (
        <button
          type="button"
          className={`${styles.more} ${styles.above}`}
          aria-label={`What you get from ${title}`}
          onClick={() => setShown('example')}
        >
          <IconFiles size={15} stroke={1.7} aria-hidden />
          What you get
        </button>
      )}
      <div className={styles.facts}>
        <span className={`${styles.owner} ${styles.above}`}>
          {owner === undefined ? 'No owner' : <EntityLink entityRef={owner} isQuiet />}
        </span>
        <RunFacts template={template} />
      </div>
      <Suspense>
        {shown === 'problems' && <TemplateProblems templateRef={ref} title={title} onClose={close} />}
        {shown === 'example' && <TemplateExample templateRef={ref} title={title} onClose={close} />}
      </Suspense>
    </li>
  );
}

function RunFacts({ template: { runCount, successRate, medianDurationMs } }: { template: TemplateSummary }) {
  if (runCount === 0) return <span>Not used yet</span>;
  return (
    <span className={styles.runs}>
      <span>{countText(runCount, 'run')}</span>
      {successRate !== undefined && (
        <span
          title={`${numberText(Math.round(successRate * runCount))} of ${numberText(runCount)} completed`}
        >
          {Math.round(successRate * 100)} % succeed
        </span>
      )}
      {medianDurationMs !== undefined && (
        <span title="Half of the newest 100 runs took less">{durationText(medianDurationMs)}</span>
      )}
    </span>
  );
}
