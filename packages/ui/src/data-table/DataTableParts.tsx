import { VisuallyHidden } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconCheck, IconDots } from '@tabler/icons-react';
import {
  createContext,
  memo,
  useContext,
  type KeyboardEvent,
  type ReactNode,
  type SyntheticEvent,
} from 'react';
import { Button } from 'react-aria-components/Button';
import { Checkbox } from 'react-aria-components/Checkbox';
import { Cell, Collection, Column, Row } from 'react-aria-components/Table';
import type { DataTableColumn } from './data-table-column.ts';
import styles from './DataTable.module.css';

/** Id of the column with the selection boxes, which the table adds before those of its caller. */
export const selectionColumnId = 'data-table-selection';
/** Id of the column with the actions buttons, which the table adds after them. */
export const actionsColumnId = 'data-table-actions';

/** Opens the actions of the row that an element stands in. */
export const RowActionsContext = createContext<(element: Element) => void>(() => {});

interface HeaderCellProps {
  // The header draws no items, so it serves columns of any.
  column: Pick<DataTableColumn<never>, 'id' | 'label' | 'isRowHeader' | 'isSortable' | 'width' | 'minWidth'>;
}

/** Head of one column; a sortable one shows the direction and sorts on press or Enter. */
export function HeaderCell({ column }: HeaderCellProps) {
  const isControl = column.id === selectionColumnId || column.id === actionsColumnId;
  return (
    <Column
      id={column.id}
      isRowHeader={column.isRowHeader ?? false}
      allowsSorting={column.isSortable ?? false}
      width={column.width ?? '1fr'}
      minWidth={column.minWidth ?? 80}
      textValue={column.label}
      className={styles.column}
    >
      {({ sortDirection }) =>
        isControl ? (
          <VisuallyHidden>{column.label}</VisuallyHidden>
        ) : (
          <span className={styles.columnLabel}>
            {column.label}
            {sortDirection === 'ascending' && <IconArrowUp size={13} stroke={2} aria-hidden />}
            {sortDirection === 'descending' && <IconArrowDown size={13} stroke={2} aria-hidden />}
          </span>
        )
      }
    </Column>
  );
}

interface ItemRowProps<Item> {
  id: string;
  item: Item;
  text: string;
  columns: readonly DataTableColumn<Item>[];
}

/** One row; cells stay plain elements, because hundreds of them scroll by. */
function ItemRow<Item extends object>({ id, item, text, columns }: ItemRowProps<Item>) {
  return (
    <Row id={id} textValue={text} columns={columns} dependencies={[columns, item]} className={styles.row}>
      {(column) => (
        <Cell className={styles.cell}>
          {column.id === selectionColumnId ? (
            <SelectionBox />
          ) : column.id === actionsColumnId ? (
            <ActionsButton text={text} />
          ) : (
            column.render(item)
          )}
        </Cell>
      )}
    </Row>
  );
}

interface ItemRowsProps<Item> {
  items: readonly Item[];
  columns: readonly DataTableColumn<Item>[];
  itemId: (item: Item) => string;
  itemText: (item: Item) => string;
}

function AllItemRows<Item extends object>({ items, columns, itemId, itemText }: ItemRowsProps<Item>) {
  return (
    <Collection items={items} dependencies={[columns, itemId, itemText]}>
      {(item) => <ItemRow id={itemId(item)} item={item} text={itemText(item)} columns={columns} />}
    </Collection>
  );
}

/** All loaded rows. Remembered, because 10,000 of them must not be compared for each letter typed above. */
export const ItemRows = memo(AllItemRows) as typeof AllItemRows; // memo forgets that the component is generic

function SelectionBox() {
  return (
    <Checkbox slot="selection" className={styles.selection}>
      <span className={styles.selectionBox}>
        <IconCheck size={12} stroke={3} aria-hidden />
      </span>
    </Checkbox>
  );
}

function ActionsButton({ text }: { text: string }) {
  const openActionsOf = useContext(RowActionsContext);
  return (
    <Button
      className={styles.actions}
      aria-label={`Actions of ${text}`}
      aria-haspopup="menu"
      onPress={(event) => openActionsOf(event.target)}
    >
      <IconDots size={16} stroke={1.8} aria-hidden />
    </Button>
  );
}

const stop = (event: SyntheticEvent) => event.stopPropagation();
const stopEnter = (event: KeyboardEvent) => {
  if (event.key === 'Enter') event.stopPropagation();
};

/** Around a link inside a row: a press on it is the link's alone and does not open the row as well. */
export function RowLinkArea({ children }: { children: ReactNode }) {
  return (
    <span
      className={styles.linkArea}
      role="presentation"
      onPointerDown={stop}
      onPointerUp={stop}
      onMouseDown={stop}
      onClick={stop}
      onKeyDown={stopEnter}
    >
      {children}
    </span>
  );
}
