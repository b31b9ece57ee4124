import type { Publication } from '@waymark/contracts';
import { countText } from '@waymark/ui';
import { useId, useMemo, useState } from 'react';
import { FileTree } from '../files/FileTree.tsx';
import { changeCounts, marksOf } from './change-words.ts';
import { PreviewContent } from './PreviewContent.tsx';
import styles from './PublicationFiles.module.css';

export interface PublicationFilesProps {
  publication: Publication;
  /** One below the heading around it. */
  headingLevel: 3 | 4;
}

/** What goes to one place: its files as a tree, and the content of the one that is chosen. */
export function PublicationFiles({ publication, headingLevel }: PublicationFilesProps) {
  const { title, files, isExisting, moreFiles } = publication;
  const headingId = useId();
  const Heading = `h${headingLevel}` as const;
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const marks = useMemo(() => (isExisting ? marksOf(files) : undefined), [files, isExisting]);
  const [chosen, setChosen] = useState<string>();
  const file = files.find(({ path }) => path === chosen) ?? firstToShow(files);
  const total = files.length + moreFiles;
  return (
    <section aria-labelledby={headingId}>
      <Heading id={headingId} className={styles.heading}>
        {title}{' '}
        <span className={styles.count}>{isExisting ? changeCounts(files) : countText(total, 'file')}</span>
      </Heading>
      {moreFiles > 0 && (
        <p className={styles.note}>
          Only the first {files.length.toLocaleString('en')} are listed here; all of them will be made.
        </p>
      )}
      {file && (
        <div className={styles.box}>
          <div className={styles.tree}>
            <FileTree
              label={`Files of ${title}`}
              paths={paths}
              chosen={file.path}
              marks={marks}
              onChoose={setChosen}
            />
          </div>
          <div className={styles.content}>
            <p className={styles.path}>{file.path}</p>
            <PreviewContent key={file.path} file={file} />
          </div>
        </div>
      )}
    </section>
  );
}

/** What changes is looked at first, and of what is new what people would read first. */
function firstToShow(files: Publication['files']): Publication['files'][number] | undefined {
  return (
    files.find(({ change }) => change === 'changed') ??
    files.find(({ path }) => /^readme\.md$/i.test(path)) ??
    files.find(({ text }) => text !== undefined) ??
    files[0]
  );
}
