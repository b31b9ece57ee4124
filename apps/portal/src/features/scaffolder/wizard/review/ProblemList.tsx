import { IconAlertTriangle } from '@tabler/icons-react';
import summaryStyles from '../form/ErrorSummary.module.css';
import { focusFieldSoon } from '../form/focus-field.ts';
import type { WizardPlace } from '../use-page-address.ts';
import type { OpenProblem } from './open-problems.ts';

export interface ProblemListProps {
  id: string;
  problems: readonly OpenProblem[];
  onGo: (place: WizardPlace) => void;
}

/** What has to be put right first, each a way to its field. */
export function ProblemList({ id, problems, onGo }: ProblemListProps) {
  return (
    <div id={id} tabIndex={-1} className={summaryStyles.summary} role="alert">
      <p className={summaryStyles.title}>
        <IconAlertTriangle size={16} stroke={1.8} aria-hidden />
        Before it can start
      </p>
      <ul className={summaryStyles.list}>
        {problems.map(({ page, path, label, message }, index) => (
          <li key={index}>
            {page ? (
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
            ) : (
              label
            )}
            : {message}
          </li>
        ))}
      </ul>
    </div>
  );
}
