import { ActionIcon } from '@mantine/core';
import { IconDownload, IconFileUnknown } from '@tabler/icons-react';
import { CopyButton, MessagePanel } from '@waymark/ui';
import { downloadFile } from '../../../../lib/browser/download-file.ts';
import { bytesOf, type EditorFile } from '../draft/editor-file.ts';
import type { DraftProblem } from '../draft/template-text.ts';
import styles from '../Panel.module.css';
import { CodeEditor, type LineTarget } from './CodeEditor.tsx';

export interface TextPanelProps {
  file: EditorFile;
  problems: readonly DraftProblem[];
  target: LineTarget | undefined;
  onChange: (path: string, text: string) => void;
}

/** The file that is looked at: its text to be changed, or that it has none. */
export function TextPanel({ file, problems, target, onChange }: TextPanelProps) {
  const { path, content } = file;
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title} title={path}>
          {path}
        </h2>
        {content.kind === 'text' && <CopyButton text={content.text} label={`Copy the text of ${name}`} />}
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={`Download ${name}`}
          title={`Download ${name}`}
          onClick={() => downloadFile(new Blob([bytesOf(file)]), name)}
        >
          <IconDownload size={16} stroke={1.7} />
        </ActionIcon>
      </header>
      {content.kind === 'text' ? (
        <CodeEditor
          file={{ path, text: content.text }}
          problems={problems}
          target={target}
          onChange={onChange}
        />
      ) : (
        <MessagePanel
          icon={<IconFileUnknown size={20} stroke={1.6} />}
          title="This file is no text"
          size="inline"
          headingLevel={3}
        >
          It is kept as it is, and goes with the others into the dry run and the download.
        </MessagePanel>
      )}
    </>
  );
}
