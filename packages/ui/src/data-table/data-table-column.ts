import type { ReactNode } from 'react';

/** A column of a list and how its cells are drawn. */
export interface DataTableColumn<Item> {
  id: string;
  label: string;
  /** Names the row for screen readers; exactly one column has it. */
  isRowHeader?: boolean;
  isSortable?: boolean;
  /** Share of the free width (`'2fr'`) or pixels. */
  width?: `${number}fr` | number;
  minWidth?: number;
  render: (item: Item) => ReactNode;
}

/** Column and direction of the order; the server sorts. */
export interface DataTableSort {
  column: string;
  direction: 'ascending' | 'descending';
}
