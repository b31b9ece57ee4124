import { Button, Popover } from '@mantine/core';
import {
  IconAdjustmentsHorizontal,
  IconColumns3,
  IconPlus,
  IconSearch,
  IconStar,
  IconX,
} from '@tabler/icons-react';
import { FilterChip, KeyHint } from '@waymark/ui';
import { lazy, Suspense, useState } from 'react';
import { facetNames } from '../../lib/catalog-search.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { columnChoices } from './catalog-columns.tsx';
import { hasFilters } from './catalog-filter.ts';
import styles from './CatalogToolbar.module.css';
import { facetValueLabel, facetWord } from './facet-words.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { CatalogState } from './use-catalog-state.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

// The catalog's first load stays small: few ask about the past.
const AsOfMenu = lazy(async () => ({ default: (await import('../../lib/as-of/AsOfMenu.tsx')).AsOfMenu }));
const FilterDrawer = lazy(async () => ({ default: (await import('./FilterDrawer.tsx')).FilterDrawer }));

/** Above the list: text filter, starred set, columns, and what narrows the list now. */
export function CatalogToolbar({ state }: { state: CatalogState }) {
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  const { search } = state;
  return (
    <div className={styles.toolbar}>
      <div className={styles.line}>
        <TextFilter state={state} />
        <Button
          size="xs"
          variant="default"
          className={styles.drawerButton}
          leftSection={<IconAdjustmentsHorizontal size={15} stroke={1.7} />}
          onClick={() => setIsDrawerOpen(true)}
        >
          Filters
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconStar size={15} stroke={1.7} />}
          aria-pressed={search.set === 'starred'}
          className={styles.toggle}
          onClick={state.toggleStarredSet}
        >
          Starred
        </Button>
        <ViewsMenu state={state} />
        <Suspense>
          <AsOfMenu />
        </Suspense>
        <ColumnsMenu state={state} />
        <ExportMenu state={state} />
        <span className={styles.register}>
          <LinkButton to={paths.register()} icon={<IconPlus size={15} stroke={1.7} />}>
            Register
          </LinkButton>
        </span>
      </div>
      {(hasFilters(state.search) || search.set) && <ActiveFilters state={state} />}
      <Suspense>
        {isDrawerOpen && <FilterDrawer state={state} onClose={() => setIsDrawerOpen(false)} />}
      </Suspense>
    </div>
  );
}

function TextFilter({ state }: { state: CatalogState }) {
  const { q } = state.search;
  return (
    <div className={styles.filter}>
      <IconSearch size={15} stroke={1.8} aria-hidden className={styles.filterIcon} />
      <input
        type="text"
        role="searchbox"
        className={styles.filterInput}
        data-page-filter
        value={q}
        placeholder="Filter by name, description, tag or owner"
        aria-label="Filter by name, description, tag or owner"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => state.setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (q === '') event.currentTarget.blur();
          else state.setText('');
        }}
      />
      {q === '' ? (
        <span className={styles.filterKey} aria-hidden>
          <KeyHint keys="/" />
        </span>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the text"
          onClick={() => state.setText('')}
        >
          <IconX size={14} stroke={2} aria-hidden />
        </button>
      )}
    </div>
  );
}

function ColumnsMenu({ state }: { state: CatalogState }) {
  const choices = columnChoices(state.search.kind);
  const shown = state.columns ?? choices.filter(({ isDefault }) => isDefault).map(({ id }) => id);
  const toggle = (id: string) =>
    state.setColumns(shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id]);
  return (
    <Popover position="bottom-end" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          className={styles.columnsButton}
          leftSection={<IconColumns3 size={15} stroke={1.7} />}
        >
          Columns
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.columns} aria-label="Columns">
        {choices.map(({ id, label }) => (
          <label key={id} className={styles.column}>
            <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
            {label}
          </label>
        ))}
      </Popover.Dropdown>
    </Popover>
  );
}

function ActiveFilters({ state }: { state: CatalogState }) {
  const { search } = state;
  return (
    <div className={styles.chips} role="group" aria-label="Active filters">
      {search.set && <FilterChip label="Set" value="Starred" onRemove={state.toggleStarredSet} />}
      {search.q.trim() !== '' && (
        <FilterChip label="Text" value={search.q} onRemove={() => state.setText('')} />
      )}
      {facetNames.flatMap((name) =>
        search[name].map((value) => (
          <FilterChip
            key={`${name} ${value}`}
            label={facetWord(name)}
            value={facetValueLabel(name, value)}
            onRemove={() => state.toggleFacet(name, value)}
          />
        )),
      )}
      <button type="button" className={styles.clearAll} onClick={state.clearFilters}>
        Clear all
      </button>
    </div>
  );
}
