import type { CSSProperties } from 'react';
import type { DataTableColumn } from './data-table-column.ts';

declare module 'react' {
  interface CSSProperties {
    '--table-columns'?: string;
    '--table-min-width'?: string;
  }
}

const selectionWidth = 34;
const actionsWidth = 44;
const defaultMinWidth = 80;

/** The columns as CSS grid tracks, and the width below which the table scrolls sideways, for `DataTable.module.css`. */
export function gridTemplate(
  columns: readonly Pick<DataTableColumn<never>, 'width' | 'minWidth'>[],
  isSelectable: boolean,
  hasActions: boolean,
): CSSProperties {
  const tracks = columns.map(({ width = '1fr', minWidth = defaultMinWidth }) =>
    typeof width === 'number'
      ? { track: `${width}px`, min: width }
      : { track: `minmax(${minWidth}px, ${width})`, min: minWidth },
  );
  if (isSelectable) tracks.unshift({ track: `${selectionWidth}px`, min: selectionWidth });
  if (hasActions) tracks.push({ track: `${actionsWidth}px`, min: actionsWidth });
  return {
    '--table-columns': tracks.map(({ track }) => track).join(' '),
    '--table-min-width': `${tracks.reduce((sum, { min }) => sum + min, 0)}px`,
  };
}
