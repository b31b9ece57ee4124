import { CodeView, countText } from '@waymark/ui';
import { useMemo, useState } from 'react';
import { editorFileOf, type EditorFile } from '../draft/editor-file.ts';
import { FileTree } from '../../files/FileTree.tsx';
import type { DryRunResult } from '../editor.queries.ts';
import { isYamlName } from '../../files/file-language.ts';
import styles from './DryRunPanel.module.css';

/** The files that a run would make, and the content of the one that is chosen. */
export function DryRunFiles({ files: given }: { files: DryRunResult['directoryContents'] }) {
  const files = useMemo(() => given.map(editorFileOf), [given]);
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const [chosen, setChosen] = useState<string>();
  // What was looked at stays, as long as it is made.
  const file = files.find(({ path }) => path === chosen) ?? files[0];
  return (
    <section aria-label="Files that it makes">
      <h2 className={styles.heading}>
        Files <span className={styles.count}>{countText(files.length, 'file')}</span>
      </h2>
      {file ? (
        <div className={styles.box}>
          <div className={styles.tree}>
            <FileTree label="Files that it makes" paths={paths} chosen={file.path} onChoose={setChosen} />
          </div>
          <FileContent file={file} />
        </div>
      ) : (
        <p className={styles.dim}>It leaves no files behind.</p>
      )}
    </section>
  );
}

function FileContent({ file: { path, content } }: { file: EditorFile }) {
  if (content.kind === 'binary') return <p className={styles.dim}>{path} is no text.</p>;
  return (
    <CodeView
      key={path}
      text={content.text}
      label={`Content of ${path}`}
      language={isYamlName(path) ? 'yaml' : 'plain'}
    />
  );
}
