import { endpointUrl } from '@waymark/api-client';
import { exportEntities } from '@waymark/contracts';
import { columnPaths, orderParameter } from './catalog-columns.tsx';
import { filterParameter, textParameter, type CatalogFilter } from './catalog-filter.ts';

export interface ExportedList {
  filter: CatalogFilter;
  sort: string;
  /** Chosen columns; undefined for those that the kind has. */
  columns: readonly string[] | undefined;
  format: 'csv' | 'json';
}

/** Where the browser gets the list as a file: the same filter, text and order, and the columns as CSV columns. */
export function exportAddress({ filter, sort, columns, format }: ExportedList): string {
  return endpointUrl(exportEntities, {
    query: {
      format,
      filter: filterParameter(filter),
      orderField: orderParameter(sort, filter.kind),
      ...textParameter(filter.q),
      ...(format === 'csv' && { columns: columnPaths(filter.kind, columns).join(',') }),
    },
  });
}
