import { useId, useState, type ReactNode } from 'react';
import type { EditorDraftState } from './draft/use-editor-draft.ts';
import { lineOfStep } from './draft/problem-lines.ts';
import { editorParts, partWords, sideParts, type EditorPart, type SidePart } from './editor-parts.ts';
import styles from './EditorParts.module.css';
import { FilesPanel } from './files/FilesPanel.tsx';
import { panelId, PartTabs, tabId } from './PartTabs.tsx';
import { PreviewPanels } from './preview/PreviewPanels.tsx';
import type { TemplatePreview } from './preview/use-template-preview.ts';
import type { LineTarget } from './text/CodeEditor.tsx';
import { TextPanel } from './text/TextPanel.tsx';

export interface EditorPartsProps {
  draft: EditorDraftState;
  preview: TemplatePreview;
  templateRef: string | undefined;
  /** One part at a time. */
  isNarrow: boolean;
}

/** Files, text, form and dry run: beside each other, or one at a time where there is no room. */
export function EditorParts({ draft, preview, templateRef, isNarrow }: EditorPartsProps) {
  const id = useId();
  const [part, setPart] = useState<EditorPart>('text');
  const [side, setSide] = useState<SidePart>('form');
  const [target, setTarget] = useState<LineTarget>();
  const { file, templatePath } = draft;
  const show = (next: EditorPart) => {
    setPart(next);
    if (next === 'form' || next === 'run') setSide(next);
  };
  const goToLine = (line: number) => {
    draft.open(templatePath);
    setTarget({ path: templatePath, line });
    setPart('text');
  };
  const goToStep = (stepId: string) => {
    const line = 'template' in preview.reading ? lineOfStep(preview.reading, stepId) : undefined;
    if (line !== undefined) goToLine(line);
  };
  const frame = { id, isNarrow, shown: isNarrow ? part : side };
  const tabs = (
    <PartTabs
      id={id}
      parts={isNarrow ? editorParts : sideParts}
      shown={frame.shown}
      problemCount={preview.problems.length}
      onShow={show}
    />
  );
  return (
    <div className={styles.editor} data-narrow={isNarrow || undefined}>
      {isNarrow && tabs}
      <Part part="files" {...frame}>
        <FilesPanel
          draft={draft}
          onOpen={(path) => {
            draft.open(path);
            setPart('text');
          }}
        />
      </Part>
      <Part part="text" {...frame}>
        {file && (
          <TextPanel
            file={file}
            problems={file.path === templatePath ? preview.problems : noProblems}
            target={target}
            onChange={draft.write}
          />
        )}
      </Part>
      <div className={styles.side} hidden={isNarrow && part !== 'form' && part !== 'run'}>
        {!isNarrow && tabs}
        <PreviewPanels
          draft={draft}
          preview={preview}
          templateRef={templateRef}
          frame={(panel, children) => (
            <Part part={panel} {...frame} isTab>
              {children}
            </Part>
          )}
          onShow={show}
          onGoToLine={goToLine}
          onGoToStep={goToStep}
        />
      </div>
    </div>
  );
}

const noProblems: TemplatePreview['problems'] = [];

function Part({
  part,
  id,
  isNarrow,
  shown,
  isTab = isNarrow,
  children,
}: {
  part: EditorPart;
  id: string;
  isNarrow: boolean;
  shown: EditorPart;
  /** Whether a tab leads to it. */
  isTab?: boolean;
  children: ReactNode;
}) {
  const isHidden = isTab && part !== shown;
  return (
    <section
      className={styles.part}
      data-part={part}
      hidden={isHidden}
      {...(isTab
        ? { role: 'tabpanel', id: panelId(id, part), 'aria-labelledby': tabId(id, part) }
        : { 'aria-label': partWords[part] })}
    >
      {children}
    </section>
  );
}
