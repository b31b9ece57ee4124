import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconArrowBackUp, IconFileZip } from '@tabler/icons-react';
import { useState } from 'react';
import { LinkButton } from '../../../lib/ui/LinkButton.tsx';
import { Page } from '../../../lib/page/Page.tsx';
import type { Crumb } from '../../../lib/page/page-identity.ts';
import { paths } from '../../../lib/paths.ts';
import { downloadFiles } from './draft/download-files.ts';
import { StartOverDialog } from './draft/StartOverDialog.tsx';
import { useEditorDraft, type EditorStart } from './draft/use-editor-draft.ts';
import { EditorNotice } from './EditorNotice.tsx';
import { EditorParts } from './EditorParts.tsx';
import { useTemplatePreview } from './preview/use-template-preview.ts';

export interface EditorProps {
  /** Absent for the starter. */
  templateRef?: string;
  name?: string;
  start: EditorStart;
  parents: Crumb[];
  onStartOver: () => void;
}

/** Below this the parts come one at a time. */
const narrow = '(max-width: 1080px)';

/** The files of a template beside the form and the run that they make. */
export function Editor({ templateRef, name, start, parents, onStartOver }: EditorProps) {
  const draft = useEditorDraft(templateRef, start);
  const preview = useTemplatePreview(draft, name);
  const isNarrow = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const [isAsking, setIsAsking] = useState(false);
  return (
    <Page
      title={name === undefined ? 'Template editor' : `Edit ${name}`}
      parents={parents}
      width="full"
      lead="Waymark does not save into the repository of a template: download what you have changed, and commit it there."
      actions={
        <>
          {templateRef !== undefined && <LinkButton to={paths.createFrom(templateRef)}>Its form</LinkButton>}
          <Button
            size="xs"
            variant="default"
            leftSection={<IconArrowBackUp size={14} />}
            onClick={() => setIsAsking(true)}
          >
            Start over
          </Button>
          <Button
            size="xs"
            leftSection={<IconFileZip size={14} />}
            onClick={() => void downloadFiles(draft.files, name ?? 'template')}
          >
            Download all
          </Button>
        </>
      }
    >
      <EditorNotice draft={draft} />
      <EditorParts draft={draft} preview={preview} templateRef={templateRef} isNarrow={isNarrow} />
      {isAsking && (
        <StartOverDialog
          onClose={() => setIsAsking(false)}
          onStartOver={() => {
            draft.giveUp();
            onStartOver();
          }}
        />
      )}
    </Page>
  );
}
