import { Button, Menu } from '@mantine/core';
import { IconBraces, IconDownload, IconTable } from '@tabler/icons-react';
import styles from './CatalogToolbar.module.css';
import { exportAddress } from './export-address.ts';
import type { CatalogState } from './use-catalog-state.ts';

/** The list as it is narrowed and ordered now, all pages of it, as a file. */
export function ExportMenu({ state }: { state: CatalogState }) {
  const addressOf = (format: 'csv' | 'json') =>
    exportAddress({ filter: state.filter, sort: state.search.sort, columns: state.columns, format });
  return (
    <Menu
      position="bottom-end"
      shadow="md"
      width={220}
      withinPortal={false}
      withInitialFocusPlaceholder={false}
      menuItemTabIndex={0}
    >
      <Menu.Target>
        <Button
          size="xs"
          variant="default"
          className={styles.exportButton}
          leftSection={<IconDownload size={15} stroke={1.7} />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown aria-label="Export">
        <Menu.Item leftSection={<IconTable size={15} />} component="a" href={addressOf('csv')} download>
          CSV, for a spreadsheet
        </Menu.Item>
        <Menu.Item leftSection={<IconBraces size={15} />} component="a" href={addressOf('json')} download>
          JSON, whole entities
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
