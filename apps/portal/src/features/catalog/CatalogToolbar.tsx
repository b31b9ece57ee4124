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
import { lazy, memo, startTransition, Suspense, useEffect, useState } from 'react';
import { facetNames } from '../../lib/catalog-search.ts';
import { paths } from '../../lib/paths.ts';
import { toggled } from '../../lib/toggled.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { columnChoices, defaultColumns } from './catalog-columns.tsx';
import { hasFilters } from './catalog-filter.ts';
import styles from './CatalogToolbar.module.css';
import { facetValueLabel, facetWord } from './facet-words.ts';
import { ExportMenu } from './ExportMenu.tsx';
import type { CatalogState } from './use-catalog-state.ts';
import { ViewsMenu } from './ViewsMenu.tsx';

// The catalog's first load stays small: few ask about the past.
const AsOfMenu = lazy(async () => ({ default: (await import('../../lib/as-of/AsOfMenu.tsx')).AsOfMenu }));
const FilterDrawer = lazy(async () => ({ default: (await import('./FilterDrawer.tsx')).FilterDrawer }));

export interface CatalogToolbarProps {
  text: string;
  onTextChange: (text: string) => void;
  state: CatalogState;
}

/** Above the list: text filter, starred set, columns, and what narrows the list now. */
export function CatalogToolbar({ text, onTextChange, state }: CatalogToolbarProps) {
  const settled = useSettled(state);
  return (
    <div className={styles.toolbar}>
      <div className={styles.line}>
        <TextFilter text={text} onChange={onTextChange} />
        <Tools state={settled} />
      </div>
      <ActiveFilters state={settled} />
    </div>
  );
}

/** A value that follows when nothing more urgent waits to be drawn, such as the rows. */
function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => startTransition(() => setSettled(value)), [value]);
  return settled;
}

const Tools = memo(function Tools({ state }: { state: CatalogState }) {
  const [isDrawerOpen, setIsDrawerOpen] = useState(false);
  return (
    <>
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
        aria-pressed={state.search.set === 'starred'}
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
      <Suspense>
        {isDrawerOpen && <FilterDrawer state={state} onClose={() => setIsDrawerOpen(false)} />}
      </Suspense>
    </>
  );
});

function TextFilter({ text, onChange }: { text: string; onChange: (text: string) => void }) {
  return (
    <div className={styles.filter}>
      <IconSearch size={15} stroke={1.8} aria-hidden className={styles.filterIcon} />
      <input
        type="text"
        role="searchbox"
        className={styles.filterInput}
        data-page-filter
        value={text}
        placeholder="Filter by name, description, tag or owner"
        aria-label="Filter by name, description, tag or owner"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          if (text === '') event.currentTarget.blur();
          else onChange('');
        }}
      />
      {text === '' ? (
        <span className={styles.filterKey} aria-hidden>
          <KeyHint keys="/" />
        </span>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label="Clear the text"
          onClick={() => onChange('')}
        >
          <IconX size={14} stroke={2} aria-hidden />
        </button>
      )}
    </div>
  );
}

function ColumnsMenu({ state }: { state: CatalogState }) {
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
        <ColumnBoxes state={state} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Mounted while the menu is open: a tick shows at once, before the rows and the settled state follow it. */
function ColumnBoxes({ state }: { state: CatalogState }) {
  const { kind } = state.search;
  const [shown, setShown] = useState(state.columns ?? defaultColumns(kind));
  const toggle = (id: string) => {
    const next = toggled(shown, id);
    setShown(next);
    state.setColumns(next);
  };
  return columnChoices(kind).map(({ id, label }) => (
    <label key={id} className={styles.column}>
      <input type="checkbox" checked={shown.includes(id)} onChange={() => toggle(id)} />
      {label}
    </label>
  ));
}

const ActiveFilters = memo(function ActiveFilters({ state }: { state: CatalogState }) {
  const { search } = state;
  if (!hasFilters(search) && !search.set) return null;
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
});
