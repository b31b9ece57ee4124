import { ActionIcon } from '@mantine/core';
import { IconFilePlus, IconPencil, IconTrash, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { pathProblem } from '../draft/editor-files.ts';
import type { EditorDraftState } from '../draft/use-editor-draft.ts';
import styles from '../Panel.module.css';
import { DeleteFileDialog } from './DeleteFileDialog.tsx';
import { FilePathDialog } from './FilePathDialog.tsx';
import { FileTree } from '../../files/FileTree.tsx';

export interface FilesPanelProps {
  draft: EditorDraftState;
  onOpen: (path: string) => void;
}

/** The files of the template, with what can be done with the one that is chosen. */
export function FilesPanel({ draft, onOpen }: FilesPanelProps) {
  const { files, file, templatePath } = draft;
  const [asked, setAsked] = useState<'add' | 'rename' | 'delete'>();
  const chosen = file?.path ?? templatePath;
  const isTemplate = chosen === templatePath;
  const close = () => setAsked(undefined);
  const others = files.filter(({ path }) => path !== chosen);
  const folder = chosen.slice(0, chosen.lastIndexOf('/') + 1);
  return (
    <>
      <header className={styles.head}>
        <h2 className={styles.title}>Files</h2>
        <FileButton Picture={IconFilePlus} words="Add a file" onClick={() => setAsked('add')} />
        <FileButton
          Picture={IconPencil}
          words={`Rename ${chosen}`}
          isOff={isTemplate}
          onClick={() => setAsked('rename')}
        />
        <FileButton
          Picture={IconTrash}
          words={`Delete ${chosen}`}
          isOff={isTemplate}
          onClick={() => setAsked('delete')}
        />
      </header>
      <div className={styles.body} data-flush>
        <FileTree label="Files" paths={files.map(({ path }) => path)} chosen={chosen} onChoose={onOpen} />
      </div>
      {asked === 'add' && (
        <FilePathDialog
          title="Add a file"
          verb="Add"
          path={folder}
          problemOf={(path) => pathProblem(path, files)}
          onDone={draft.add}
          onClose={close}
        />
      )}
      {asked === 'rename' && (
        <FilePathDialog
          title={`Rename ${chosen}`}
          verb="Rename"
          path={chosen}
          problemOf={(path) => (path === chosen ? undefined : pathProblem(path, others))}
          onDone={(path) => draft.rename(chosen, path)}
          onClose={close}
        />
      )}
      {asked === 'delete' && (
        <DeleteFileDialog path={chosen} onDelete={() => draft.remove(chosen)} onClose={close} />
      )}
    </>
  );
}

function FileButton({
  Picture,
  words,
  isOff = false,
  onClick,
}: {
  Picture: Icon;
  words: string;
  /** The file of the template itself stays where it is. */
  isOff?: boolean;
  onClick: () => void;
}) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={words}
      title={words}
      disabled={isOff}
      className={styles.quiet ?? ''}
      onClick={onClick}
    >
      <Picture size={16} stroke={1.7} />
    </ActionIcon>
  );
}
