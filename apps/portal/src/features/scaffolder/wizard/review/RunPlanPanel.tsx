import { IconArrowRight, IconHelpCircle } from '@tabler/icons-react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { RunPlan } from '@waymark/contracts';
import { SkeletonLine } from '@waymark/ui';
import { useDelayed } from '../../../../lib/browser/use-delayed.ts';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';
import summaryStyles from '../form/ErrorSummary.module.css';
import { focusFieldSoon } from '../form/focus-field.ts';
import type { WizardPlace } from '../use-page-address.ts';
import type { Wizard } from '../use-wizard.ts';
import { placeOf } from './open-problems.ts';
import styles from './RunPlanPanel.module.css';

export interface RunPlanPanelProps {
  query: UseQueryResult<RunPlan>;
  wizard: Wizard;
  onGo: (place: WizardPlace) => void;
}

/** What the run will do outside, in words, and what would stop it. */
export function RunPlanPanel({ query, wizard, onGo }: RunPlanPanelProps) {
  const isSlow = useDelayed(query.isPending);
  const { data: plan, error } = query;
  return (
    <section className={styles.plan} aria-label="What will happen" aria-busy={query.isFetching}>
      <h3 className={styles.title}>What will happen</h3>
      {query.isPending && isSlow && (
        <div className={styles.skeleton} role="status" aria-label="Working out what will happen">
          <SkeletonLine width="70%" />
          <SkeletonLine width="55%" />
        </div>
      )}
      {error && !plan && (
        <ErrorPanel
          error={error}
          size="inline"
          headingLevel={3}
          onRetry={() => void query.refetch()}
          isRetrying={query.isFetching}
        />
      )}
      {plan && <Effects effects={plan.effects} />}
      {plan && plan.problems.length > 0 && (
        <PlanProblems problems={plan.problems} wizard={wizard} onGo={onGo} />
      )}
    </section>
  );
}

function Effects({ effects }: Pick<RunPlan, 'effects'>) {
  if (effects.length === 0) {
    return <p className={styles.nothing}>The run makes nothing outside this portal.</p>;
  }
  return (
    <ul className={styles.effects}>
      {effects.map(({ stepId, stepName, sentence, isConditional }, index) => (
        <li key={`${stepId} ${index}`}>
          {isConditional ? (
            <IconHelpCircle size={15} stroke={1.7} aria-hidden />
          ) : (
            <IconArrowRight size={15} stroke={1.7} aria-hidden />
          )}
          <span>
            {sentence}
            {isConditional && <span className={styles.note}> Depends on the steps before it.</span>}
            <span className={styles.note}> ({stepName})</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

function PlanProblems({
  problems,
  wizard,
  onGo,
}: {
  problems: RunPlan['problems'];
  wizard: Wizard;
  onGo: (place: WizardPlace) => void;
}) {
  return (
    <div className={styles.problems} role="alert">
      <p className={styles.problemsTitle}>What would stop it</p>
      <ul className={styles.list}>
        {problems.map(({ code, message, hint, at }, index) => {
          const path = (at ?? '').split('/');
          const { page, label } =
            code === 'scaffolder.values-invalid' ? placeOf(wizard.shown, path) : noPlace;
          return (
            <li key={index}>
              {page && (
                <>
                  <button
                    type="button"
                    className={summaryStyles.link}
                    onClick={() => {
                      onGo(page);
                      focusFieldSoon(path);
                    }}
                  >
                    {label}
                  </button>
                  :{' '}
                </>
              )}
              {message} <span className={styles.note}>{hint}</span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

const noPlace = { page: undefined, label: '' };
