import { useVirtualizer, defaultRangeExtractor, type Range } from '@tanstack/react-virtual';
import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type MouseEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { flushSync } from 'react-dom';
import type { DataTableColumn, DataTableSort } from './data-table-column.ts';
import styles from './DataTable.module.css';
import { HeaderRow, ItemRow } from './DataTableRows.tsx';
import { gridTemplate } from './grid-template.ts';
import { rowElement, rowIdAround, useListKeys } from './use-list-keys.ts';
import { useListPosition, type ListPosition } from './use-list-position.ts';
import { rangeBetween, toggled } from './selection.ts';

export interface DataTableProps<Item> {
  /** Names the table for screen readers. */
  label: string;
  columns: readonly DataTableColumn<Item>[];
  /** The rows loaded so far. Unchanged rows must be the same objects: they are not drawn again. */
  items: readonly Item[];
  itemId: (item: Item) => string;
  /** Text of a row for announcements. */
  itemText: (item: Item) => string;
  rowHeight: number;
  sort?: DataTableSort | undefined;
  onSortChange?: (sort: DataTableSort) => void;
  /** Given, rows can be selected. */
  selectedIds?: ReadonlySet<string>;
  onSelectionChange?: (ids: Set<string>) => void;
  onOpen: (item: Item, how: { isNewTab: boolean }) => void;
  /** Given, each row has an actions button, and `.` does the same. `anchor` is where a menu belongs. */
  onOpenActions?: (item: Item, anchor: DOMRect) => void;
  hasMore: boolean;
  isLoadingMore: boolean;
  onLoadMore: () => void;
  renderEmpty: () => ReactNode;
  /** Single letters (`j`, `k`, `x`, `.`) are shortcuts. */
  hasLetterKeys?: boolean;
  /** Names the result that is shown: with another one the list starts at its top, or at its `position`. */
  positionKey: string;
  /** Where the reader was when they left this result; each new place goes to `onPositionChange`. */
  position?: ListPosition | undefined;
  onPositionChange?: (position: ListPosition) => void;
}

const headerHeight = 34;
/** Rows drawn above and below those in sight. */
const overscan = 6;
/** The next page is asked for when so many screens are left. */
const screensAhead = 2;
const noneSelected: ReadonlySet<string> = new Set();

/**
 * The product's one list engine: a virtual grid with server paging, one stop for Tab besides its header. Arrows
 * or `j` and `k` move, Right and Left go through the links of a row, Enter opens (with Ctrl or ⌘ in a new tab),
 * Space or `x` selects, with Shift up to here, `.` opens the row's actions. Fills its parent.
 */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const { columns, items, itemId, itemText, rowHeight, onOpen, onSelectionChange, onOpenActions } = props;
  const grid = useRef<HTMLDivElement>(null);
  // Pages that were read before and after a change can share a row: it is shown once.
  const byId = useMemo(() => new Map(items.map((item) => [itemId(item), item])), [items, itemId]);
  const ids = useMemo(() => [...byId.keys()], [byId]);
  const isSelectable = props.selectedIds !== undefined;
  const selectedIds = props.selectedIds ?? noneSelected;
  const { currentIndex, setCurrentId } = useCurrentRow(ids, selectedIds);
  const virtualizer = useVirtualizer({
    count: ids.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    overscan,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
    rangeExtractor: (range) => withRow(range, currentIndex),
    useFlushSync: false,
  });
  useEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useNextPage(props, virtualizer.range?.startIndex ?? 0, virtualizer.range?.endIndex ?? 0);
  useListPosition(grid, ids.length > 0, props);
  useFocusOnCurrentRow(grid, ids[currentIndex]);

  const moveTo = (index: number) => {
    const id = ids[Math.max(0, Math.min(index, ids.length - 1))];
    if (id === undefined) return;
    flushSync(() => setCurrentId(id));
    virtualizer.scrollToIndex(ids.indexOf(id));
    rowElement(grid.current, id)?.focus({ preventScroll: true });
  };
  const withItem = (id: string, act: (item: Item) => void) => {
    const item = byId.get(id);
    if (item) act(item);
  };
  const openActions = (id: string) =>
    withItem(id, (item) => onOpenActions?.(item, actionsAnchor(rowElement(grid.current, id))));
  /** The row that the next range begins at. */
  const rangeStart = useRef<string>(undefined);
  const toggle = (id: string) => {
    rangeStart.current = id;
    onSelectionChange?.(toggled(selectedIds, id));
  };
  const selectUpTo = (id: string, from: string) => {
    rangeStart.current ??= from;
    onSelectionChange?.(rangeBetween(selectedIds, ids, rangeStart.current, id));
  };
  const onKeyDown = useListKeys(grid, props.hasLetterKeys ?? true, {
    rowCount: ids.length,
    currentIndex,
    rowsInSight: () =>
      Math.max(1, Math.floor(((grid.current?.clientHeight ?? 0) - headerHeight) / rowHeight)),
    moveTo,
    open: (id, isNewTab) => withItem(id, (item) => onOpen(item, { isNewTab })),
    openActions,
    ...(isSelectable && {
      toggle,
      selectUpTo,
      selectAll: () => onSelectionChange?.(new Set(ids)),
      clearSelection: () => {
        if (selectedIds.size > 0) onSelectionChange?.(new Set());
        return selectedIds.size > 0;
      },
    }),
  });

  /** One listener for all rows, so that rows stay cheap. */
  const onPress = (event: MouseEvent) => {
    const id = rowIdAround(event.target);
    const control = event.target instanceof Element ? event.target.closest('a, button, input') : null;
    if (id === undefined || event.button > 1) return;
    const isSelecting =
      control === null ? event.button === 0 && selectedIds.size > 0 : control.matches('input');
    if (isSelecting && event.shiftKey) selectUpTo(id, id);
    else if (isSelecting) toggle(id);
    else if (control?.matches('[aria-haspopup="menu"]')) openActions(id);
    else if (control === null)
      withItem(id, (item) =>
        onOpen(item, { isNewTab: event.button === 1 || event.ctrlKey || event.metaKey }),
      );
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={ids.length + 1}
      {...(isSelectable && { 'aria-multiselectable': true })}
      className={styles.grid}
      style={gridTemplate(columns, isSelectable, onOpenActions !== undefined)}
      onKeyDown={onKeyDown}
      onFocus={({ target }) => {
        const id = rowIdAround(target);
        if (id !== undefined) setCurrentId(id);
      }}
    >
      <HeaderRow
        columns={columns}
        isSelectable={isSelectable}
        hasActions={onOpenActions !== undefined}
        sort={props.sort}
        onSortChange={props.onSortChange}
      />
      <div
        role="rowgroup"
        className={styles.rows}
        style={{ height: virtualizer.getTotalSize() }}
        onClick={onPress}
        onAuxClick={onPress}
      >
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const id = ids[index];
          const item = id === undefined ? undefined : byId.get(id);
          return id === undefined || item === undefined ? null : (
            <ItemRow
              // By place and not by id: other rows in the same places change texts, and make no elements anew.
              key={index}
              id={id}
              item={item}
              text={itemText(item)}
              columns={columns}
              rowIndex={index + 2}
              top={start - headerHeight}
              height={rowHeight}
              isCurrent={index === currentIndex}
              isSelected={isSelectable ? selectedIds.has(id) : undefined}
              hasActions={onOpenActions !== undefined}
            />
          );
        })}
      </div>
      {ids.length === 0 && <WholeRow className={styles.empty}>{props.renderEmpty()}</WholeRow>}
      {props.isLoadingMore && <WholeRow className={styles.loader}>Loading more…</WholeRow>}
    </div>
  );
}

function WholeRow({ className, children }: { className: string | undefined; children: ReactNode }) {
  return (
    <div role="rowgroup" className={className}>
      <div role="row">
        <div role="gridcell">{children}</div>
      </div>
    </div>
  );
}

/** The focus goes along when its row comes to stand in another place. */
function useFocusOnCurrentRow(grid: RefObject<HTMLElement | null>, currentId: string | undefined) {
  useLayoutEffect(() => {
    const focusedId = rowIdAround(document.activeElement);
    if (currentId === undefined || focusedId === undefined || focusedId === currentId) return;
    if (grid.current?.contains(document.activeElement))
      rowElement(grid.current, currentId)?.focus({ preventScroll: true });
  });
}

/** The row that Tab comes to: the last one with the focus; before that the first selected one, or the first. */
function useCurrentRow(ids: readonly string[], selectedIds: ReadonlySet<string>) {
  const [currentId, setCurrentId] = useState<string>();
  const indexes = useMemo(() => new Map(ids.map((id, index) => [id, index])), [ids]);
  const [firstSelected] = selectedIds;
  const index = indexes.get(currentId ?? '') ?? indexes.get(firstSelected ?? '') ?? 0;
  return { currentIndex: index, setCurrentId };
}

/** The current row stays in the document wherever the list is scrolled to: it may have the focus. */
function withRow(range: Range, index: number): number[] {
  const indexes = defaultRangeExtractor(range);
  if (index >= range.count || indexes.includes(index)) return indexes;
  return [...indexes, index].toSorted((left, right) => left - right);
}

/** Asks for the next page before the reader comes to the end of this one. */
function useNextPage<Item>(
  { items, hasMore, isLoadingMore, onLoadMore }: DataTableProps<Item>,
  start: number,
  end: number,
) {
  const rowsAhead = (end - start + 1) * screensAhead;
  const isNear = end + rowsAhead >= items.length;
  const load = useEffectEvent(onLoadMore);
  useEffect(() => {
    if (hasMore && !isLoadingMore && isNear && items.length > 0) load();
  }, [hasMore, isLoadingMore, isNear, items.length]);
}

function actionsAnchor(row: HTMLElement | null): DOMRect {
  const button = row?.querySelector('[aria-haspopup="menu"]') ?? row;
  return button?.getBoundingClientRect() ?? new DOMRect();
}
