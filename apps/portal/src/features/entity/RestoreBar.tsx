import { Button } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import type { EndpointReply, getEntityVersion } from '@waymark/contracts';
import { downloadFile } from '../../lib/browser/download-file.ts';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { copyAndTell } from '../../lib/ui/copy-and-tell.ts';
import styles from './VersionComparison.module.css';

export interface RestoreBarProps {
  entityRef: string;
  version: EndpointReply<typeof getEntityVersion>;
}

/** The text of a version to take back to its repository: the file is the truth, so nothing is restored here. */
export function RestoreBar({ entityRef, version }: RestoreBarProps) {
  const { change, text, previousText } = version;
  const kept = text ?? previousText;
  if (kept === undefined) return null;
  const which = text === undefined ? 'the last version before it was removed' : 'the version under “To”';
  return (
    <div className={styles.restore}>
      <p className={styles.hint}>
        To restore {which}, commit its text
        {change.path !== undefined && (
          <>
            {' '}
            to <code>{change.path}</code>
          </>
        )}
        {change.sourceTarget !== undefined && (
          <>
            {' '}
            in <code>{change.sourceTarget}</code>
          </>
        )}
        .
      </p>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => copyAndTell(kept)}
      >
        Copy the text
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={14} />}
        onClick={() => downloadFile(new Blob([kept], { type: 'application/yaml' }), fileName(entityRef))}
      >
        Download
      </Button>
    </div>
  );
}

function fileName(entityRef: string): string {
  const { kind, name } = parseRef(entityRef);
  return `${kind}-${name}.yaml`;
}
