import { VisuallyHidden } from '@mantine/core';
import type { TemplateParameterSchema } from '@waymark/contracts';
import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent } from 'react';
import { randomUuid } from '../../../lib/browser/random-uuid.ts';
import { buttonWords } from './button-words.ts';
import { DraftNotice } from './DraftNotice.tsx';
import { PageForm } from './form/PageForm.tsx';
import { ReviewPage } from './review/ReviewPage.tsx';
import type { JsonObject } from './schema/json.ts';
import { tellVisit } from './scaffolder-form.queries.ts';
import { StepList } from './StepList.tsx';
import { addressOf, usePageAddress, type WizardPlace } from './use-page-address.ts';
import { useWizard, type Wizard as WizardState } from './use-wizard.ts';
import styles from './Wizard.module.css';

export interface WizardProps {
  templateRef: string;
  form: TemplateParameterSchema;
  prefill: JsonObject | undefined;
}

/** The pages of a form one after the other, then the review. */
export function Wizard({ templateRef, form, prefill }: WizardProps) {
  const wizard = useWizard(templateRef, form, { prefill });
  const { shown } = wizard;
  const { place, goTo } = usePageAddress(shown);
  const position = place === 'review' ? shown.length : shown.indexOf(place);
  const [visitId, setVisitId] = useState(randomUuid);
  const words = buttonWords(form.presentation);
  useVisit({ templateRef, visitId, position, pageCount: shown.length });
  useReached(wizard, place);
  const content = useRef<HTMLDivElement>(null);
  useFocusOnStep(content, addressOf(place));
  const goBack = () => goTo(shown[position - 1] ?? 'review');
  const restart = (begin: () => void) => {
    begin();
    setVisitId(randomUuid());
    goTo(wizard.pages[0] ?? 'review', { isReplacing: true });
  };
  return (
    <div className={styles.wizard}>
      <StepList wizard={wizard} place={place} onGo={goTo} />
      <div ref={content} className={styles.content} onKeyDown={goOnWithKeys}>
        <DraftNotice
          wizard={wizard}
          onStartOver={() => restart(wizard.startOver)}
          onTakeEarlier={(earlier) => restart(() => wizard.takeEarlierDraft(earlier))}
        />
        {place === 'review' ? (
          <ReviewPage
            templateRef={templateRef}
            wizard={wizard}
            visitId={visitId}
            words={words}
            onBack={shown.length > 0 ? goBack : undefined}
            onGo={goTo}
          />
        ) : (
          <PageForm
            key={`${addressOf(place)} ${visitId}`}
            page={place}
            wizard={wizard}
            words={words}
            isLast={position === shown.length - 1}
            onBack={position > 0 ? goBack : undefined}
            onNext={(values) => goTo(nextPlace(wizard, place, values))}
          />
        )}
      </div>
      <VisuallyHidden role="status">
        {`Step ${position + 1} of ${shown.length + 1}: ${place === 'review' ? 'Review' : place.title}`}
      </VisuallyHidden>
    </div>
  );
}

/** Answers may have brought pages or taken them away. */
function nextPlace(
  { pages, shownFor }: WizardState,
  { number }: { number: number },
  values: JsonObject,
): WizardPlace {
  const shown = shownFor(values);
  return pages.find((page) => page.number > number && shown.includes(page)) ?? 'review';
}

/** Ctrl+Enter goes on, from a field of several lines too. */
function goOnWithKeys(event: KeyboardEvent<HTMLElement>) {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.nativeEvent.isComposing) return;
  const form = event.currentTarget.querySelector('form');
  if (!form) return;
  event.preventDefault();
  form.requestSubmit();
}

function useVisit({
  templateRef,
  visitId,
  position,
  pageCount,
}: {
  templateRef: string;
  visitId: string;
  position: number;
  pageCount: number;
}) {
  const tell = useEffectEvent(() => tellVisit(visitId, { templateRef, pageCount, page: position }));
  useEffect(() => tell(), [visitId, position]);
}

function useReached(wizard: WizardState, place: WizardPlace) {
  const number = place === 'review' ? wizard.pages.length + 1 : place.number;
  const noteReached = useEffectEvent(() => wizard.noteReached(number));
  useEffect(() => noteReached(), [number]);
}

/** After each step the focus is where one goes on reading, unless the page has a field that wants it. */
function useFocusOnStep(content: React.RefObject<HTMLElement | null>, address: string) {
  const shown = useRef<string>(undefined);
  useEffect(() => {
    if (shown.current === address) return;
    const isFirst = shown.current === undefined;
    shown.current = address;
    const holds =
      content.current?.contains(document.activeElement) && document.activeElement?.matches('input, textarea');
    if (holds) return;
    content.current?.closest('main')?.scrollTo({ top: 0 });
    content.current?.querySelector<HTMLElement>('[data-step-heading]')?.focus({ preventScroll: !isFirst });
  }, [address, content]);
}
