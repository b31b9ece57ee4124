import { MantineProvider } from '@mantine/core';
import { expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { DataTable, type DataTableProps } from './DataTable.tsx';
import type { DataTableColumn } from './data-table-column.ts';

interface Item {
  id: string;
  name: string;
}

const columns: DataTableColumn<Item>[] = [
  {
    id: 'name',
    label: 'Name',
    isRowHeader: true,
    isSortable: true,
    width: '1fr',
    render: ({ name }) => <b>{name}</b>,
  },
  { id: 'length', label: 'Length', width: 90, render: ({ name }) => <span>{name.length}</span> },
];
const linkOf = ({ name }: Item) => <a href="#there">Link of {name}</a>;
const itemsOf = (count: number): Item[] =>
  Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, name: `Item ${index}` }));

async function renderTable(props: Partial<DataTableProps<Item>> = {}) {
  const handlers = {
    onOpen: vi.fn(),
    onOpenActions: vi.fn(),
    onSelectionChange: vi.fn(),
    onSortChange: vi.fn(),
    onLoadMore: vi.fn(),
  };
  await page.viewport(1000, 700);
  await render(
    <MantineProvider>
      <div style={{ height: 400, width: 600 }}>
        <DataTable
          label="Items"
          columns={columns}
          items={itemsOf(3)}
          itemId={({ id }) => id}
          itemText={({ name }) => name}
          rowHeight={40}
          selectedIds={new Set()}
          hasMore={false}
          isLoadingMore={false}
          renderEmpty={() => <p>Nothing here</p>}
          positionKey="first"
          {...handlers}
          {...props}
        />
      </div>
      <button type="button">After the table</button>
    </MantineProvider>,
  );
  return handlers;
}

const rows = () => document.querySelectorAll('[role="row"][data-key]');
const focusedKey = () => document.activeElement?.closest('[data-key]')?.getAttribute('data-key');

test('draws a screenful of 10,000 rows and tells how many there are', async () => {
  await renderTable({ items: itemsOf(10_000) });
  await expect.element(page.getByText('Item 0', { exact: true })).toBeVisible();
  expect(rows().length).toBeLessThan(40);
  await expect.element(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10001');
});

test('a row that two pages share is drawn once and does no harm', async () => {
  const items = itemsOf(3);
  await renderTable({ items: [...items, { id: 'id-0', name: 'Item 0, read again' }] });
  await expect.element(page.getByText('Item 0, read again')).toBeVisible();
  expect(rows().length).toBe(3);
});

test('j and k move, also before the list has the focus, and Enter opens', async () => {
  const { onOpen } = await renderTable();
  await expect.element(page.getByText('Item 2')).toBeVisible();
  await userEvent.keyboard('j');
  expect(focusedKey()).toBe('id-0');
  await userEvent.keyboard('jjk');
  expect(focusedKey()).toBe('id-1');
  await userEvent.keyboard('{Enter}');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 'id-1', name: 'Item 1' }, { isNewTab: false });
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  expect(onOpen).toHaveBeenLastCalledWith({ id: 'id-1', name: 'Item 1' }, { isNewTab: true });
});

test('x selects the row and a dot opens its actions', async () => {
  const { onSelectionChange, onOpenActions } = await renderTable({ selectedIds: new Set(['id-2']) });
  await expect.element(page.getByText('Item 2')).toBeVisible();
  // The focus comes to the selected row first.
  await userEvent.keyboard('jkx');
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['id-2', 'id-1']));
  await userEvent.keyboard('.');
  expect(onOpenActions).toHaveBeenCalledExactlyOnceWith({ id: 'id-1', name: 'Item 1' }, expect.any(DOMRect));
});

test('Space selects, Shift takes the rows between, Ctrl+A takes all and Escape gives them up', async () => {
  const { onSelectionChange } = await renderTable({ items: itemsOf(6), selectedIds: new Set(['id-1']) });
  await expect.element(page.getByText('Item 2')).toBeVisible();
  await userEvent.keyboard('j{ArrowDown} ');
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['id-1', 'id-2']));
  await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['id-1', 'id-2', 'id-3', 'id-4']));
  await userEvent.keyboard('{Control>}a{/Control}');
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(itemsOf(6).map(({ id }) => id)));
  await userEvent.keyboard('{Escape}');
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set());
});

test('a box selects its row, and with Shift all rows since the last one', async () => {
  const { onSelectionChange, onOpen } = await renderTable({ items: itemsOf(6) });
  const box = (index: number) => page.getByRole('checkbox', { name: `Select Item ${index}` });
  await box(4).click({ force: true });
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['id-4']));
  await box(2).click({ force: true, modifiers: ['Shift'] });
  expect(onSelectionChange).toHaveBeenLastCalledWith(new Set(['id-2', 'id-3', 'id-4']));
  expect(onOpen).not.toHaveBeenCalled();
});

test('is one stop for Tab besides its head; arrows go through what stands in a row', async () => {
  await renderTable({ columns: [...columns, { id: 'link', label: 'Link', render: linkOf }] });
  page.getByRole('button', { name: 'Name' }).element().focus();
  await userEvent.tab();
  expect(focusedKey()).toBe('id-0');
  await userEvent.keyboard('{ArrowDown}{ArrowRight}{ArrowRight}');
  await expect.element(page.getByRole('link', { name: 'Link of Item 1' })).toHaveFocus();
  await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
  expect(document.activeElement).toBe(rows()[1]);
  await userEvent.keyboard('{ArrowRight}');
  await userEvent.tab();
  await expect.element(page.getByRole('button', { name: 'After the table' })).toHaveFocus();
  await userEvent.tab({ shift: true });
  expect(document.activeElement).toBe(rows()[1]);
});

test('Page Down, End and Home go far, and the row with the focus is always there', async () => {
  await renderTable({ items: itemsOf(500) });
  await expect.element(page.getByText('Item 0', { exact: true })).toBeVisible();
  await userEvent.keyboard('j{PageDown}');
  expect(focusedKey()).toBe('id-9');
  await userEvent.keyboard('{End}');
  expect(focusedKey()).toBe('id-499');
  await expect.element(page.getByText('Item 499')).toBeInViewport();
  page.getByRole('grid').element().scrollTo({ top: 0 });
  await expect.element(page.getByText('Item 0', { exact: true })).toBeVisible();
  expect(focusedKey()).toBe('id-499');
  await userEvent.keyboard('{Home}');
  expect(focusedKey()).toBe('id-0');
});

test('Ctrl with a press opens in a new tab', async () => {
  const { onOpen } = await renderTable();
  await page.getByText('Item 1').click({ modifiers: ['Control'] });
  expect(onOpen).toHaveBeenCalledExactlyOnceWith({ id: 'id-1', name: 'Item 1' }, { isNewTab: true });
});

test('letters do nothing once they are switched off, arrows go on', async () => {
  const { onSelectionChange } = await renderTable({ hasLetterKeys: false });
  await expect.element(page.getByText('Item 2')).toBeVisible();
  await userEvent.keyboard('j');
  expect(focusedKey()).toBeUndefined();
  page.getByRole('grid').element().querySelector<HTMLElement>('[data-key="id-0"]')?.focus();
  await userEvent.keyboard('x{ArrowDown}');
  expect(onSelectionChange).not.toHaveBeenCalled();
  expect(focusedKey()).toBe('id-1');
});

test('a press on the actions button opens the actions and not the row', async () => {
  const { onOpen, onOpenActions } = await renderTable();
  await page.getByRole('button', { name: 'Actions of Item 1' }).click();
  expect(onOpenActions).toHaveBeenCalledOnce();
  expect(onOpen).not.toHaveBeenCalled();
});

test('a press on a sortable header asks for the order, on another for nothing', async () => {
  const { onSortChange } = await renderTable();
  await page.getByRole('columnheader', { name: 'Name' }).click();
  expect(onSortChange).toHaveBeenCalledExactlyOnceWith({ column: 'name', direction: 'ascending' });
  await page.getByRole('columnheader', { name: 'Length' }).click();
  expect(onSortChange).toHaveBeenCalledOnce();
});

test('the end of the rows asks for more', async () => {
  const { onLoadMore } = await renderTable({ items: itemsOf(50), hasMore: true });
  await expect.element(page.getByText('Item 0', { exact: true })).toBeVisible();
  page.getByRole('grid').element().scrollTo({ top: 10_000 });
  await vi.waitFor(() => expect(onLoadMore).toHaveBeenCalled());
});

test('comes back to the place that was left', async () => {
  await renderTable({ items: itemsOf(500), position: { scrollTop: 4000, focusedId: 'id-102' } });
  await vi.waitFor(() => expect(page.getByRole('grid').element().scrollTop).toBe(4000));
  await vi.waitFor(() => expect(focusedKey()).toBe('id-102'));
});

test('without rows it says why', async () => {
  await renderTable({ items: [] });
  await expect.element(page.getByText('Nothing here')).toBeVisible();
});
