import type { PreviewFile } from '@waymark/contracts';
import { CodeView } from '@waymark/ui';
import { DifferenceLines } from '../../../lib/ui/difference/DifferenceLines.tsx';
import { textDifference } from '../../../lib/ui/difference/text-difference.ts';
import { isYamlName } from '../files/file-language.ts';
import styles from './PreviewContent.module.css';

/** A file as it will be, or how it differs from what is there. */
export function PreviewContent({ file }: { file: PreviewFile }) {
  const { path, change, text, before } = file;
  if (change === 'removed') {
    return (
      <>
        <p className={styles.words}>This file is taken away.</p>
        {before !== undefined && <Text path={path} text={before} />}
      </>
    );
  }
  if (text === undefined) {
    return (
      <p className={styles.words}>
        {sizeWords(file.bytes)}, not shown here: it is no text, or there is too much of it.
      </p>
    );
  }
  const difference = before === undefined ? undefined : textDifference(before, text);
  if (difference && difference.hunks.length > 0) {
    return <DifferenceLines hunks={difference.hunks} label={`Changes of ${path}`} />;
  }
  return (
    <>
      {change === 'unchanged' && <p className={styles.words}>It stays as it is.</p>}
      {change === 'changed' && (
        <p className={styles.words}>It is changed. What is there now cannot be shown beside it.</p>
      )}
      <Text path={path} text={text} />
    </>
  );
}

function Text({ path, text }: { path: string; text: string }) {
  return <CodeView text={text} label={`Content of ${path}`} language={isYamlName(path) ? 'yaml' : 'plain'} />;
}

function sizeWords(bytes: number): string {
  return bytes < 1024 ? `${bytes} bytes` : `${Math.round(bytes / 1024).toLocaleString('en')} KiB`;
}
