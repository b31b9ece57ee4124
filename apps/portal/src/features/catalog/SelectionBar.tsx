import { Button } from '@mantine/core';
import { IconCopy, IconRefresh, IconStar, IconX } from '@tabler/icons-react';
import type { PartialEntity } from '@waymark/contracts';
import { countText } from '@waymark/ui';
import { entityRefOf, entityTitle } from '../../lib/entities/entity-ref.ts';
import { setStarred } from '../../lib/entities/remembered-entities.ts';
import { copyAndTell } from '../../lib/ui/copy-and-tell.ts';
import styles from './SelectionBar.module.css';
import { useRefreshSourcesOf } from '../../lib/sources/use-refresh-sources-of.ts';

export interface SelectionBarProps {
  items: readonly PartialEntity[];
  ids: ReadonlySet<string>;
  onClear: () => void;
}

/** What can be done with the selected rows. */
export function SelectionBar({ items, ids, onClear }: SelectionBarProps) {
  const refresh = useRefreshSourcesOf();
  if (ids.size === 0) return null;
  const selected = items.filter((entity) => ids.has(entityRefOf(entity)));
  const star = () => {
    setStarred(
      selected.map((entity) => ({ ref: entityRefOf(entity), title: entityTitle(entity) })),
      true,
    );
    onClear();
  };
  return (
    <div className={styles.bar} role="toolbar" aria-label="Selected rows">
      <span className={styles.count} role="status">
        {countText(ids.size, 'row')} selected
      </span>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconCopy size={14} />}
        onClick={() => copyAndTell(selected.map(entityRefOf).join('\n'))}
      >
        Copy references
      </Button>
      <Button size="compact-sm" variant="default" leftSection={<IconStar size={14} />} onClick={star}>
        Star
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconRefresh size={14} />}
        loading={refresh.isPending}
        onClick={() => refresh.mutate(selected.map(entityRefOf), { onSettled: onClear })}
      >
        Read their sources again
      </Button>
      <Button
        size="compact-sm"
        variant="subtle"
        color="gray"
        leftSection={<IconX size={14} />}
        onClick={onClear}
      >
        Clear
      </Button>
    </div>
  );
}
