import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { KeyHint } from '@waymark/ui';
import { useId, useMemo, type FormEvent } from 'react';
import { commandKey } from '../../../../lib/browser/command-key.ts';
import type { ButtonWords } from '../button-words.ts';
import formStyles from '../form/PageForm.module.css';
import { plainValues } from '../form-pages.ts';
import { scaffolderFormQueries } from '../scaffolder-form.queries.ts';
import type { WizardPlace } from '../use-page-address.ts';
import type { Wizard } from '../use-wizard.ts';
import { AnswerTable } from './AnswerTable.tsx';
import { openProblems } from './open-problems.ts';
import { PreviewPanel } from './PreviewPanel.tsx';
import { ProblemList } from './ProblemList.tsx';
import styles from './ReviewPage.module.css';
import { RunPlanPanel } from './RunPlanPanel.tsx';
import { StartFailure } from './StartFailure.tsx';
import { useStart } from './use-start.ts';

export interface ReviewPageProps {
  templateRef: string;
  wizard: Wizard;
  visitId: string;
  words: ButtonWords;
  onBack: (() => void) | undefined;
  onGo: (place: WizardPlace) => void;
}

/** With such a problem there is nothing to be shown of a run. */
const refusedAnswers = 'scaffolder.values-invalid';

/** What was answered, what will be made, what stands against it, and the button that starts the run. */
export function ReviewPage({ templateRef, wizard, visitId, words, onBack, onGo }: ReviewPageProps) {
  const headingId = useId();
  const values = useMemo(() => wizard.submitted(), [wizard]);
  const request = { templateRef, values, secrets: wizard.secrets };
  const problems = openProblems(wizard);
  const isWhole = problems.length === 0;
  const plan = useQuery({ ...scaffolderFormQueries.plan(request), enabled: isWhole });
  const isPlanned =
    plan.data !== undefined && !plan.data.problems.some(({ code }) => code === refusedAnswers);
  const start = useStart(wizard, request, visitId);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isWhole && !start.isPending) start.run();
    else if (!isWhole) document.getElementById(`${headingId}-problems`)?.focus();
  };
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId} className={formStyles.heading} tabIndex={-1} data-step-heading>
        Review
      </h2>
      <p className={formStyles.lead}>Nothing is made before you start it.</p>
      <form className={styles.review} onSubmit={submit}>
        {!isWhole && <ProblemList id={`${headingId}-problems`} problems={problems} onGo={onGo} />}
        <div>
          {wizard.shown.map((page) => (
            <AnswerTable
              key={page.number}
              page={page}
              values={plainValues(values)}
              onEdit={() => onGo(page)}
            />
          ))}
        </div>
        {isWhole && <RunPlanPanel query={plan} wizard={wizard} onGo={onGo} />}
        {isWhole && isPlanned && <PreviewPanel request={request} />}
        {start.error && <StartFailure error={start.error} onRetry={start.run} />}
        <div className={formStyles.buttons}>
          {onBack && (
            <Button variant="default" size="sm" onClick={onBack}>
              {words.back}
            </Button>
          )}
          <Button
            type="submit"
            size="sm"
            leftSection={<IconPlayerPlay size={15} stroke={1.8} />}
            loading={start.isPending}
            aria-disabled={!isWhole}
            data-disabled={!isWhole || undefined}
            aria-keyshortcuts="Control+Enter Meta+Enter"
          >
            {words.create}
          </Button>
          <span className={formStyles.hint} aria-hidden>
            <KeyHint keys={`${commandKey}+Enter`} />
          </span>
        </div>
      </form>
    </section>
  );
}
