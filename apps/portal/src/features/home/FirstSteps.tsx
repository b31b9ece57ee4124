import { CloseButton } from '@mantine/core';
import { IconHierarchy2, IconPlugConnected, IconSearch, type Icon } from '@tabler/icons-react';
import { Link } from 'react-router';
import { z } from 'zod';
import { createStoredValue, useStoredValue } from '../../lib/browser/stored-value.ts';
import { paths } from '../../lib/paths.ts';
import styles from './FirstSteps.module.css';

const isDismissed = createStoredValue('first-steps-dismissed', z.boolean(), false);

const steps: { title: string; text: string; to: string; Picture: Icon }[] = [
  {
    title: 'Find a service',
    text: 'Type a part of its name, its tags or its owner.',
    to: paths.catalog({ kind: 'component' }),
    Picture: IconSearch,
  },
  {
    title: 'See who owns what',
    text: 'Open a team: its people, and everything it answers for.',
    to: paths.teams(),
    Picture: IconHierarchy2,
  },
  {
    title: 'Check the sources',
    text: 'Where the catalog is read from, how fresh it is, what is wrong.',
    to: paths.sources(),
    Picture: IconPlugConnected,
  },
];

/** Three things to do first, until the person has opened something or sent them away. */
export function FirstSteps({ hasVisited }: { hasVisited: boolean }) {
  const dismissed = useStoredValue(isDismissed);
  if (dismissed || hasVisited) return null;
  return (
    <section className={styles.steps} aria-labelledby="first-steps">
      <header className={styles.header}>
        <h2 id="first-steps" className={styles.title}>
          New here? Three things to do first
        </h2>
        <CloseButton size="sm" aria-label="Hide the first steps" onClick={() => isDismissed.set(true)} />
      </header>
      <ol className={styles.list}>
        {steps.map(({ title, text, to, Picture }) => (
          <li key={title}>
            <Link to={to} className={styles.step}>
              <Picture size={18} stroke={1.6} aria-hidden />
              <span>
                <span className={styles.name}>{title}</span>
                <span className={styles.text}>{text}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
