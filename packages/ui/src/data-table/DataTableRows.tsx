import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconDots } from '@tabler/icons-react';
import { memo, useLayoutEffect, useRef } from 'react';
import type { DataTableColumn, DataTableSort } from './data-table-column.ts';
import styles from './DataTable.module.css';

interface HeaderRowProps {
  // The header draws no items, so it serves columns of any.
  columns: readonly Pick<DataTableColumn<never>, 'id' | 'label' | 'isSortable'>[];
  isSelectable: boolean;
  hasActions: boolean;
  sort: DataTableSort | undefined;
  onSortChange: ((sort: DataTableSort) => void) | undefined;
}

/** Heads of the columns; a sortable one shows the direction and turns it on press or Enter. */
export function HeaderRow({ columns, isSelectable, hasActions, sort, onSortChange }: HeaderRowProps) {
  return (
    <div role="rowgroup" className={styles.header}>
      <div role="row" aria-rowindex={1} className={styles.headerRow}>
        {isSelectable && <ControlHead label="Selection" />}
        {columns.map((column) => {
          const direction = sort?.column === column.id ? sort.direction : undefined;
          return (
            <div
              key={column.id}
              role="columnheader"
              className={styles.column}
              {...(column.isSortable && { 'aria-sort': direction ?? 'none' })}
            >
              {column.isSortable ? (
                <button
                  type="button"
                  className={styles.columnButton}
                  onClick={() => onSortChange?.({ column: column.id, direction: opposite(direction) })}
                >
                  <span className={styles.columnLabel}>{column.label}</span>
                  {direction === 'ascending' && <IconArrowUp size={13} stroke={2} aria-hidden />}
                  {direction === 'descending' && <IconArrowDown size={13} stroke={2} aria-hidden />}
                </button>
              ) : (
                <span className={styles.columnLabel}>{column.label}</span>
              )}
            </div>
          );
        })}
        {hasActions && <ControlHead label="Actions" />}
      </div>
    </div>
  );
}

function ControlHead({ label }: { label: string }) {
  return (
    <div role="columnheader" className={styles.column}>
      <VisuallyHidden>{label}</VisuallyHidden>
    </div>
  );
}

function opposite(direction: DataTableSort['direction'] | undefined): DataTableSort['direction'] {
  return direction === 'ascending' ? 'descending' : 'ascending';
}

interface ItemRowProps<Item> {
  id: string;
  item: Item;
  text: string;
  columns: readonly DataTableColumn<Item>[];
  /** For screen readers, from 1, which is the header. */
  rowIndex: number;
  /** Pixels from the first row. */
  top: number;
  height: number;
  /** Whether Tab comes to this row. */
  isCurrent: boolean;
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined;
  hasActions: boolean;
}

function AnyItemRow<Item extends object>({
  id,
  item,
  text,
  columns,
  rowIndex,
  top,
  height,
  isCurrent,
  isSelected,
  hasActions,
}: ItemRowProps<Item>) {
  const row = useRef<HTMLDivElement>(null);
  // The grid is one stop for Tab: what stands in its cells is reached with the arrows.
  useLayoutEffect(() => {
    for (const control of row.current?.querySelectorAll<HTMLElement>('a, button, input') ?? [])
      control.tabIndex = -1;
  });
  return (
    <div
      ref={row}
      role="row"
      data-key={id}
      aria-rowindex={rowIndex}
      {...(isSelected !== undefined && { 'aria-selected': isSelected })}
      tabIndex={isCurrent ? 0 : -1}
      className={styles.row}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      {isSelected !== undefined && (
        <div role="gridcell" className={styles.cell}>
          <input
            type="checkbox"
            className={styles.selectionBox}
            aria-label={`Select ${text}`}
            checked={isSelected}
            readOnly
          />
        </div>
      )}
      {columns.map((column) => (
        <div key={column.id} role={column.isRowHeader ? 'rowheader' : 'gridcell'} className={styles.cell}>
          {column.render(item)}
        </div>
      ))}
      {hasActions && (
        <div role="gridcell" className={styles.cell}>
          <button
            type="button"
            className={styles.actions}
            aria-label={`Actions of ${text}`}
            aria-haspopup="menu"
          >
            <IconDots size={16} stroke={1.8} aria-hidden />
          </button>
        </div>
      )}
    </div>
  );
}

/** One row; plain elements, drawn again only when something of it changed, because hundreds scroll by. */
export const ItemRow = memo(AnyItemRow) as typeof AnyItemRow; // memo forgets that the component is generic
