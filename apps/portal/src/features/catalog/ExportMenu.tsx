import { Button, Menu, Tooltip, type ButtonProps } from '@mantine/core';
import { IconBraces, IconDownload, IconTable } from '@tabler/icons-react';
import type { ComponentPropsWithRef } from 'react';
import styles from './CatalogToolbar.module.css';
import { exportAddress } from './export-address.ts';
import type { CatalogState } from './use-catalog-state.ts';

const onlyNow = 'An export holds the catalog as it is now. Go back to now to export.';

/** The list as it is narrowed and ordered now, all pages of it, as a file. The past cannot be exported. */
export function ExportMenu({ state }: { state: CatalogState }) {
  if (state.filter.asOf !== undefined) {
    return (
      <Tooltip
        label={onlyNow}
        multiline
        w={240}
        withinPortal={false}
        events={{ hover: true, focus: true, touch: true }}
      >
        <ExportButton aria-disabled data-disabled onClick={(event) => event.preventDefault()} />
      </Tooltip>
    );
  }
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
        <ExportButton />
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

function ExportButton(props: ButtonProps & ComponentPropsWithRef<'button'>) {
  return (
    <Button
      size="xs"
      variant="default"
      className={styles.exportButton}
      leftSection={<IconDownload size={15} stroke={1.7} />}
      {...props}
    >
      Export
    </Button>
  );
}
