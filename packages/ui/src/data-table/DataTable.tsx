import { useMemo, useRef, type ReactNode } from 'react';
import { Table, TableBody, TableHeader, TableLoadMoreItem } from 'react-aria-components/Table';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { TableLayout, Virtualizer } from 'react-aria-components/Virtualizer';
import type { DataTableColumn, DataTableSort } from './data-table-column.ts';
import styles from './DataTable.module.css';
import {
  actionsColumnId,
  HeaderCell,
  ItemRows,
  RowActionsContext,
  selectionColumnId,
} from './DataTableParts.tsx';
import { useListKeys } from './use-list-keys.ts';
import { useListPosition, type ListPosition } from './use-list-position.ts';

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
const loaderHeight = 40;

/**
 * The product's one list engine: a virtual grid with server paging. Arrows or `j` and `k` move, Enter
 * opens (with Ctrl or ⌘ in a new tab), `x` selects, `.` opens the row's actions. Fills its parent.
 */
export function DataTable<Item extends object>(props: DataTableProps<Item>) {
  const { columns, items, itemId, itemText, rowHeight, onOpen, selectedIds } = props;
  const frame = useRef<HTMLDivElement>(null);
  // Pages that were read before and after a change can share a row. The collection must never see an id
  // twice: its list of rows would become a circle.
  const byId = useMemo(() => new Map(items.map((item) => [itemId(item), item])), [items, itemId]);
  const rows = useMemo(() => [...byId.values()], [byId]);
  const isSelectable = selectedIds !== undefined;
  const hasActions = props.onOpenActions !== undefined;
  const allColumns = useMemo(
    () => withControlColumns(columns, isSelectable, hasActions),
    [columns, isSelectable, hasActions],
  );
  const withItem = (id: string, act: (item: Item) => void) => {
    const item = byId.get(id);
    if (item) act(item);
  };
  const keys = useListKeys(frame, props.hasLetterKeys ?? true, {
    openInNewTab: (id) => withItem(id, (item) => onOpen(item, { isNewTab: true })),
    toggle: (id) => selectedIds && props.onSelectionChange?.(toggled(selectedIds, id)),
    openActions: (id, anchor) => withItem(id, (item) => props.onOpenActions?.(item, anchor)),
  });
  useListPosition(frame, rows.length > 0, props);
  return (
    // The portal is English whatever the browser speaks; without this a right-to-left one would swap the arrows.
    <I18nProvider locale="en-US">
      <RowActionsContext value={keys.openActionsOf}>
        <div ref={frame} className={styles.frame}>
          <Virtualizer
            layout={TableLayout}
            layoutOptions={{ rowHeight, headingHeight: headerHeight, loaderHeight }}
          >
            <Table
              aria-label={props.label}
              className={styles.table}
              selectionMode={isSelectable ? 'multiple' : 'none'}
              selectedKeys={selectedIds ?? []}
              onSelectionChange={(selected) =>
                props.onSelectionChange?.(
                  new Set(selected === 'all' ? byId.keys() : [...selected].map(String)),
                )
              }
              {...(props.sort && { sortDescriptor: props.sort })}
              onSortChange={({ column, direction }) =>
                props.onSortChange?.({ column: String(column), direction })
              }
              onRowAction={(key) => withItem(String(key), (item) => onOpen(item, { isNewTab: false }))}
            >
              <TableHeader columns={allColumns} className={styles.header}>
                {(column) => <HeaderCell column={column} />}
              </TableHeader>
              <TableBody renderEmptyState={() => <div className={styles.empty}>{props.renderEmpty()}</div>}>
                <ItemRows items={rows} columns={allColumns} itemId={itemId} itemText={itemText} />
                {props.hasMore && (
                  <TableLoadMoreItem
                    isLoading={props.isLoadingMore}
                    onLoadMore={props.onLoadMore}
                    scrollOffset={2}
                    className={styles.loader}
                  >
                    Loading more…
                  </TableLoadMoreItem>
                )}
              </TableBody>
            </Table>
          </Virtualizer>
        </div>
      </RowActionsContext>
    </I18nProvider>
  );
}

function withControlColumns<Item>(
  columns: readonly DataTableColumn<Item>[],
  isSelectable: boolean,
  hasActions: boolean,
): DataTableColumn<Item>[] {
  return [
    ...(isSelectable ? [controlColumn(selectionColumnId, 'Selection', 34)] : []),
    ...columns,
    ...(hasActions ? [controlColumn(actionsColumnId, 'Actions', 44)] : []),
  ];
}

function controlColumn(id: string, label: string, width: number) {
  return { id, label, width, minWidth: width, render: () => null };
}

function toggled(ids: ReadonlySet<string>, id: string): Set<string> {
  const next = new Set(ids);
  if (!next.delete(id)) next.add(id);
  return next;
}
