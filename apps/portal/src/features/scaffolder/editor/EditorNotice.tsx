import { IconAlertTriangle, IconPencil } from '@tabler/icons-react';
import { RelativeTime } from '@waymark/ui';
import type { EditorDraftState } from './draft/use-editor-draft.ts';
import styles from './EditorNotice.module.css';

/** Where the files come from that are there already, and whether they are kept. */
export function EditorNotice({ draft }: { draft: EditorDraftState }) {
  const { earlier, isKept, isOutdated } = draft;
  return (
    <>
      {!isKept && (
        <p className={styles.notice} data-tone="warning" role="alert">
          <IconAlertTriangle size={15} stroke={1.7} aria-hidden />
          <span>
            This draft is too large for your browser to keep: your last changes are lost when you leave the
            page. Download the files before.
          </span>
        </p>
      )}
      {earlier && (
        <p className={styles.notice}>
          <IconPencil size={15} stroke={1.7} aria-hidden />
          <span>
            You go on with your draft of <RelativeTime at={earlier.savedAt} />. Passwords and secrets are not
            kept.
            {isOutdated &&
              ' The template has changed in its repository since: start over to begin with its files as they are now.'}
          </span>
        </p>
      )}
    </>
  );
}
