import { IconAlertTriangle } from '@tabler/icons-react';
import type { EndpointReply, getTemplateDetails } from '@waymark/contracts';
import styles from './UnusableTemplate.module.css';

/** What stands against a run of this template on this server, before somebody fills in a form for nothing. */
export function UnusableTemplate({ details }: { details: EndpointReply<typeof getTemplateDetails> }) {
  if (details.problems.length === 0) return null;
  return (
    <section className={styles.notice} aria-label="What to know about this template">
      <IconAlertTriangle size={17} stroke={1.7} aria-hidden />
      <ul className={styles.list}>
        {details.problems.map(({ message, hint }, index) => (
          <li key={index}>
            {message} <span className={styles.hint}>{hint}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
