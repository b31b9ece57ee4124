import { Button, Popover } from '@mantine/core';
import { IconBookmark } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { catalogSearchString } from '../../lib/catalog-search.ts';
import styles from './CatalogToolbar.module.css';
import { useSavedViews } from './saved-views.ts';
import type { CatalogState } from './use-catalog-state.ts';

const SavedViewList = lazy(async () => ({ default: (await import('./SavedViewList.tsx')).SavedViewList }));

/** The saved views of this browser; the button says which one is shown. */
export function ViewsMenu({ state }: { state: CatalogState }) {
  const views = useSavedViews();
  const [isOpen, setIsOpen] = useState(false);
  const search = catalogSearchString(state.search);
  const current = views.find((view) => view.search === search);
  return (
    <Popover
      opened={isOpen}
      onChange={setIsOpen}
      position="bottom-end"
      shadow="md"
      width={320}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          className={styles.viewsButton}
          onClick={() => setIsOpen(!isOpen)}
          leftSection={<IconBookmark size={15} stroke={1.7} />}
        >
          <span className={styles.viewName}>{current?.name ?? 'Views'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved views">
        <Suspense>
          <SavedViewList search={search} currentName={current?.name} onChoose={() => setIsOpen(false)} />
        </Suspense>
      </Popover.Dropdown>
    </Popover>
  );
}
