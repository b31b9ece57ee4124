import { ErrorBoundary } from 'react-error-boundary';
import { MessagePanel } from '@waymark/ui';
import { IconForms } from '@tabler/icons-react';
import { buttonWords } from '../../wizard/button-words.ts';
import { PageForm } from '../../wizard/form/PageForm.tsx';
import type { FormPage } from '../../wizard/form-pages.ts';
import type { Wizard } from '../../wizard/use-wizard.ts';
import styles from './LiveForm.module.css';

export interface LiveFormProps {
  presentation: Record<string, unknown> | undefined;
  wizard: Wizard;
  /** Number of the page that is looked at. */
  pageNumber: number;
  onGo: (page: FormPage) => void;
  /** After the last page. */
  onReview: () => void;
}

/** The form that the template makes, with the same pages and fields as in the wizard. */
export function LiveForm({ presentation, wizard, pageNumber, onGo, onReview }: LiveFormProps) {
  const { shown } = wizard;
  const page = shown.find(({ number }) => number >= pageNumber) ?? shown.at(-1);
  if (!page) {
    return (
      <MessagePanel icon={<IconForms size={20} stroke={1.6} />} title="It asks for nothing" size="inline">
        A run of this template starts without a form. Questions stand under spec.parameters.
      </MessagePanel>
    );
  }
  const position = shown.indexOf(page);
  const before = shown[position - 1];
  const next = shown[position + 1];
  return (
    <ErrorBoundary fallback={<BrokenForm />} resetKeys={[wizard.pages]}>
      {shown.length > 1 && <PageButtons shown={shown} page={page} wizard={wizard} onGo={onGo} />}
      <PageForm
        key={page.number}
        page={page}
        wizard={wizard}
        words={buttonWords(presentation)}
        isLast={next === undefined}
        onBack={before && (() => onGo(before))}
        onNext={() => (next ? onGo(next) : onReview())}
      />
    </ErrorBoundary>
  );
}

function PageButtons({
  shown,
  page,
  wizard,
  onGo,
}: {
  shown: readonly FormPage[];
  page: FormPage;
  wizard: Wizard;
  onGo: (page: FormPage) => void;
}) {
  return (
    <nav aria-label="Pages of the form">
      <ol className={styles.pages}>
        {shown.map((each, index) => {
          const isOpen = (wizard.issues.get(each.number)?.length ?? 0) > 0;
          return (
            <li key={each.number}>
              <button
                type="button"
                className={styles.page}
                aria-current={each === page ? 'step' : undefined}
                aria-label={`${index + 1}: ${each.title}${isOpen ? ', needs answers' : ''}`}
                title={each.title}
                onClick={() => onGo(each)}
              >
                {index + 1}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

function BrokenForm() {
  return (
    <MessagePanel
      icon={<IconForms size={20} stroke={1.6} />}
      title="The form cannot be drawn"
      size="inline"
      tone="bad"
    >
      Something under spec.parameters is no JSON Schema. The form comes back when it is put right.
    </MessagePanel>
  );
}
