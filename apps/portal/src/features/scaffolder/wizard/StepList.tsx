import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { VisuallyHidden } from '@mantine/core';
import styles from './StepList.module.css';
import { addressOf, type WizardPlace } from './use-page-address.ts';
import type { Wizard } from './use-wizard.ts';

export interface StepListProps {
  wizard: Wizard;
  place: WizardPlace;
  onGo: (place: WizardPlace) => void;
}

type StepState = 'current' | 'done' | 'attention' | 'ahead';

const stateWords: Record<StepState, string> = {
  current: 'current step',
  done: 'done',
  attention: 'needs a correction',
  ahead: 'not opened yet',
};

/** The steps of a form with how they stand. What was opened once can be gone back to. */
export function StepList({ wizard, place, onGo }: StepListProps) {
  const { shown, pages } = wizard;
  const reached = wizard.draft?.reached ?? 1;
  const places: WizardPlace[] = [...shown, 'review'];
  const position = places.findIndex((each) => addressOf(each) === addressOf(place));
  return (
    <nav aria-label="Steps" className={styles.steps}>
      <p className={styles.summary} aria-hidden>
        Step {position + 1} of {places.length}
      </p>
      <ol className={styles.list}>
        {places.map((each, index) => {
          const number = each === 'review' ? pages.length + 1 : each.number;
          const state = stepState(wizard, each, {
            isCurrent: index === position,
            isReached: number <= reached,
          });
          return (
            <li key={addressOf(each)} className={styles.step} data-state={state}>
              <button
                type="button"
                className={styles.button}
                aria-current={state === 'current' ? 'step' : undefined}
                disabled={number > reached && state !== 'current'}
                onClick={() => onGo(each)}
              >
                <span className={styles.mark} aria-hidden>
                  {state === 'done' && <IconCheck size={13} stroke={2.4} />}
                  {state === 'attention' && <IconAlertTriangle size={13} stroke={2} />}
                  {(state === 'current' || state === 'ahead') && index + 1}
                </span>
                <span className={styles.title}>{each === 'review' ? 'Review' : each.title}</span>
                <VisuallyHidden>, {stateWords[state]}</VisuallyHidden>
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function stepState(
  { issues, serverIssues }: Wizard,
  place: WizardPlace,
  { isCurrent, isReached }: { isCurrent: boolean; isReached: boolean },
): StepState {
  if (isCurrent) return 'current';
  if (!isReached || place === 'review') return 'ahead';
  const found = issues.get(place.number) ?? [];
  const names = Object.keys(place.schema.properties ?? {});
  const isRefused = serverIssues.some(({ path }) => names.includes(path[0] ?? ''));
  return found.length > 0 || isRefused ? 'attention' : 'done';
}
