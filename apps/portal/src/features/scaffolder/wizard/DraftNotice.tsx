import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { RelativeTime } from '@waymark/ui';
import { useState } from 'react';
import type { Draft } from './draft.ts';
import styles from './DraftNotice.module.css';
import type { Wizard } from './use-wizard.ts';

export interface DraftNoticeProps {
  wizard: Wizard;
  onStartOver: () => void;
  onTakeEarlier: (draft: Draft) => void;
}

/** Says where the answers come from that are there already, and offers the other way. */
export function DraftNotice({ wizard, onStartOver, onTakeEarlier }: DraftNoticeProps) {
  const { origin, draft, earlierDraft } = wizard;
  // As it was when the form opened: while somebody types it would always be now.
  const [savedAt] = useState(draft?.savedAt);
  if (origin === 'new') return null;
  return (
    <div className={styles.notice}>
      <IconPencil size={15} stroke={1.7} aria-hidden />
      {origin === 'draft' ? (
        <>
          <span className={styles.words}>
            You go on with your draft
            {savedAt && (
              <>
                {' '}
                of <RelativeTime at={savedAt} />
              </>
            )}
            . Passwords and secrets are not kept.
          </span>
          <Button size="compact-xs" variant="default" onClick={onStartOver}>
            Start over
          </Button>
        </>
      ) : (
        <>
          <span className={styles.words}>The link that you followed has filled in some answers.</span>
          {earlierDraft ? (
            <Button size="compact-xs" variant="default" onClick={() => onTakeEarlier(earlierDraft)}>
              Use my draft instead
            </Button>
          ) : (
            <Button size="compact-xs" variant="default" onClick={onStartOver}>
              Start empty
            </Button>
          )}
        </>
      )}
    </div>
  );
}
