import { Drawer } from '@mantine/core';
import { chosenFacets } from './catalog-filter.ts';
import { CatalogFilters } from './CatalogFilters.tsx';
import styles from './FilterDrawer.module.css';
import type { CatalogState } from './use-catalog-state.ts';

/** The filters over the list, where the window is too narrow for both. */
export function FilterDrawer({ state, onClose }: { state: CatalogState; onClose: () => void }) {
  return (
    <Drawer.Root opened onClose={onClose} size="min(86vw, 340px)">
      <Drawer.Overlay blur={0} />
      <Drawer.Content>
        {/* Not Drawer.Header: its element would count as a second banner of the page. */}
        <div className={styles.header}>
          <Drawer.Title className={styles.title}>Filters</Drawer.Title>
          <Drawer.CloseButton aria-label="Close the filters" />
        </div>
        <Drawer.Body>
          <CatalogFilters
            chosen={chosenFacets(state.search)}
            filter={state.filter}
            onToggle={state.toggleFacet}
          />
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
