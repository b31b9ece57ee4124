import { IconForms } from '@tabler/icons-react';
import type { TemplateParameterSchema } from '@waymark/contracts';
import { MessagePanel, SkeletonRows } from '@waymark/ui';
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react';
import { ErrorPanel } from '../../../../lib/ui/ErrorPanel.tsx';
import type { WizardPlace } from '../../wizard/use-page-address.ts';
import { useWizard } from '../../wizard/use-wizard.ts';
import { draftName } from '../draft/editor-draft.ts';
import type { EditorDraftState } from '../draft/use-editor-draft.ts';
import type { SidePart } from '../editor-parts.ts';
import { DryRunPanel } from '../run/DryRunPanel.tsx';
import { useDryRun } from '../run/use-dry-run.ts';
import { LiveForm } from './LiveForm.tsx';
import { ProblemsList } from './ProblemsList.tsx';
import styles from './PreviewPanels.module.css';
import type { TemplatePreview } from './use-template-preview.ts';

export interface PreviewPanelsProps {
  draft: EditorDraftState;
  preview: TemplatePreview;
  templateRef: string | undefined;
  /** Puts one of the two where it is shown. */
  frame: (part: SidePart, children: ReactNode) => ReactNode;
  onShow: (part: SidePart) => void;
  onGoToLine: (line: number) => void;
  onGoToStep: (id: string) => void;
}

/** The form of the draft and its dry run. Before there is a form, what stands against it. */
export function PreviewPanels(props: PreviewPanelsProps) {
  const { preview, frame } = props;
  if (preview.form) return <LoadedPanels {...props} form={preview.form} />;
  return (
    <>
      {frame(
        'form',
        <>
          <Problems {...props} />
          {preview.check.isFetching && <SkeletonRows rows={4} columns={['80%']} label="Reading the form" />}
        </>,
      )}
      {frame(
        'run',
        <MessagePanel icon={<IconForms size={20} stroke={1.6} />} title="Nothing to run yet" size="inline">
          It runs as soon as the template can be read.
        </MessagePanel>,
      )}
    </>
  );
}

function LoadedPanels(props: PreviewPanelsProps & { form: TemplateParameterSchema }) {
  const { form, draft, preview, templateRef, frame, onShow } = props;
  const wizard = useWizard(draftName(templateRef), form, { prefill: undefined });
  const dryRun = useDryRun(draft.files, preview, wizard);
  const [pageNumber, setPageNumber] = useState(1);
  // What a changed form presets is filled in as it would be when the form is opened.
  const fillIn = useEffectEvent(() => void wizard.complete(wizard.values));
  useEffect(() => fillIn(), [form]);
  const goTo = (place: WizardPlace) => {
    if (place === 'review') return;
    setPageNumber(place.number);
    onShow('form');
  };
  return (
    <>
      {frame(
        'form',
        <>
          <Problems {...props} />
          {'problems' in preview.reading && (
            <p className={styles.stale}>The form below is that of the last text that could be read.</p>
          )}
          <LiveForm
            presentation={form.presentation}
            wizard={wizard}
            pageNumber={pageNumber}
            onGo={goTo}
            onReview={() => onShow('run')}
          />
        </>,
      )}
      {frame(
        'run',
        <DryRunPanel dryRun={dryRun} preview={preview} onGo={goTo} onGoToStep={props.onGoToStep} />,
      )}
    </>
  );
}

function Problems({ preview, onGoToLine }: PreviewPanelsProps) {
  const { check, problems } = preview;
  return (
    <>
      <ProblemsList problems={problems} onGoToLine={onGoToLine} />
      {check.error && (
        <ErrorPanel
          error={check.error}
          size="inline"
          headingLevel={2}
          onRetry={() => void check.refetch()}
          isRetrying={check.isFetching}
        />
      )}
    </>
  );
}
