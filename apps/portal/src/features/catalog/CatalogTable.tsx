import { useElementSize, useMediaQuery } from '@mantine/hooks';
import type { PartialEntity } from '@waymark/contracts';
import { DataTable, type ListPosition } from '@waymark/ui';
import { lazy, memo, Suspense, useMemo, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { letterKeys } from '../../lib/browser/letter-keys.ts';
import { useStoredValue } from '../../lib/browser/stored-value.ts';
import { entityRefOf, entityTitle } from '../../lib/entities/entity-ref.ts';
import { kindPlural } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { phoneColumns, tableColumns } from './catalog-columns.tsx';
import { SearchTermContext } from './CatalogCells.tsx';
import styles from './CatalogList.module.css';
import { EmptyCatalog } from './EmptyCatalog.tsx';
import type { OpenRowMenu } from './RowActionsMenu.tsx';
import type { CatalogState } from './use-catalog-state.ts';

const RowActionsMenu = lazy(async () => ({ default: (await import('./RowActionsMenu.tsx')).RowActionsMenu }));

/** Places in lists that were left, by history entry: going back finds them again. */
const leftPositions = new Map<string, ListPosition>();
const rowHeights = { wide: 44, phone: 58 } as const;
/** Columns are chosen for steps of the width, so that dragging a window draws few tables. */
const widthStep = 40;

/** Selected rows and how to change them. */
export interface Selection {
  ids: ReadonlySet<string>;
  set: (ids: Set<string>) => void;
}

export interface CatalogTableProps {
  state: CatalogState;
  items: PartialEntity[];
  selection: Selection;
  hasMore: boolean;
  isLoadingMore: boolean;
  onLoadMore: () => void;
}

/** The rows with their columns, order, selection and actions. */
export const CatalogTable = memo(function CatalogTable({
  state,
  items,
  selection,
  ...paging
}: CatalogTableProps) {
  const { search } = state;
  const { key: historyKey } = useLocation();
  const navigate = useNavigate();
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false });
  const hasLetterKeys = useStoredValue(letterKeys);
  const [menu, setMenu] = useState<OpenRowMenu>();
  const { ref, columns } = useColumns(state, isPhone);
  return (
    <div ref={ref} className={styles.table}>
      <SearchTermContext value={state.filter.q}>
        <DataTable
          label={search.kind === '' ? 'Entities' : kindPlural(search.kind)}
          columns={columns}
          items={items}
          itemId={entityRefOf}
          itemText={entityTitle}
          rowHeight={isPhone ? rowHeights.phone : rowHeights.wide}
          sort={sortDescriptor(search.sort)}
          onSortChange={({ column, direction }) =>
            state.setSort(direction === 'descending' ? `-${column}` : column)
          }
          {...(!isPhone && { selectedIds: selection.ids, onSelectionChange: selection.set })}
          onOpen={(entity, { isNewTab }) => {
            const path = paths.entity(entityRefOf(entity), { asOf: state.filter.asOf });
            if (isNewTab) window.open(path, '_blank', 'noopener');
            else void navigate(path);
          }}
          onOpenActions={(entity, anchor) => setMenu({ entity, anchor })}
          {...paging}
          renderEmpty={() => <EmptyCatalog state={state} />}
          hasLetterKeys={hasLetterKeys}
          positionKey={historyKey}
          position={leftPositions.get(historyKey)}
          onPositionChange={(position) => leftPositions.set(historyKey, position)}
        />
      </SearchTermContext>
      <Suspense>
        {menu && <RowActionsMenu open={menu} onClose={() => setMenu(undefined)} state={state} />}
      </Suspense>
    </div>
  );
});

function useColumns({ search, columns: chosen }: CatalogState, isPhone: boolean) {
  const { ref, width: measured } = useElementSize();
  // Before the first measure the window tells enough: on a wide one nothing gives way.
  const width = Math.floor((measured || window.innerWidth - 460) / widthStep) * widthStep;
  const columns = useMemo(
    () => (isPhone ? phoneColumns : tableColumns({ kind: search.kind, chosen, width })),
    [isPhone, search.kind, chosen, width],
  );
  return { ref, columns };
}

function sortDescriptor(sort: string) {
  return {
    column: sort.replace(/^-/, '') || 'name',
    direction: sort.startsWith('-') ? ('descending' as const) : ('ascending' as const),
  };
}
