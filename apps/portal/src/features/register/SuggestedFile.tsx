import { Button } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import type { SourceAnalysis } from '@waymark/contracts';
import { CodeView, Panel } from '@waymark/ui';
import { copyAndTell } from '../../lib/ui/copy-and-tell.ts';
import { downloadFile } from '../../lib/browser/download-file.ts';
import styles from './RegisterPage.module.css';

export interface SuggestedFileProps {
  suggestion: NonNullable<SourceAnalysis['suggestion']>;
  source: SourceAnalysis['source'];
}

/** A descriptor to commit, for a repository that has none. */
export function SuggestedFile({ suggestion, source }: SuggestedFileProps) {
  const fileName = suggestion.path.split('/').at(-1) ?? suggestion.path;
  return (
    <Panel
      title={`A ${fileName} to begin with`}
      isFlush
      aside={
        <>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconCopy size={14} />}
            onClick={() => copyAndTell(suggestion.text)}
          >
            Copy
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} />}
            onClick={() => downloadFile(new Blob([suggestion.text], { type: 'application/yaml' }), fileName)}
          >
            Download
          </Button>
        </>
      }
    >
      <p className={styles.where}>
        Check the owner, then commit it as <code>{suggestion.path}</code>
        {source.branch ? (
          <>
            {' '}
            on <code>{source.branch}</code>
          </>
        ) : (
          ' on the default branch'
        )}{' '}
        of <code>{source.target}</code>.
      </p>
      <CodeView text={suggestion.text} label={`Suggested ${suggestion.path}`} language="yaml" />
    </Panel>
  );
}
