import { Menu } from '@mantine/core';
import {
  IconArrowRight,
  IconCode,
  IconCopy,
  IconExternalLink,
  IconLink,
  IconStar,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { PartialEntity } from '@waymark/contracts';
import { useNavigate } from 'react-router';
import { entityRefOf, entityTitle, refLabel, specRef } from '../../lib/entities/entity-ref.ts';
import { setStarred, useIsStarred } from '../../lib/entities/remembered-entities.ts';
import { paths } from '../../lib/paths.ts';
import { copyAndTell } from '../../lib/ui/copy-and-tell.ts';
import styles from './RowActionsMenu.module.css';
import type { CatalogState } from './use-catalog-state.ts';

/** The row whose menu is open, and where it belongs. */
export interface OpenRowMenu {
  entity: PartialEntity;
  anchor: DOMRect;
}

export interface RowActionsMenuProps {
  open: OpenRowMenu;
  onClose: () => void;
  state: CatalogState;
}

/** What can be done with one row. One menu serves all rows, so that rows stay cheap. */
export function RowActionsMenu({ open: { entity, anchor }, onClose, state }: RowActionsMenuProps) {
  const navigate = useNavigate();
  const ref = entityRefOf(entity);
  const isStarred = useIsStarred(ref);
  const owner = specRef(entity, 'owner', 'group');
  const label = `Actions of ${entityTitle(entity)}`;
  const place = { left: anchor.left, top: anchor.top, width: anchor.width, height: anchor.height };
  const close = () => {
    onClose();
    document.querySelector<HTMLElement>(`[role="row"][data-key="${CSS.escape(ref)}"]`)?.focus();
  };
  const { asOf } = state.filter;
  const address = new URL(paths.entity(ref, { asOf }), window.location.href).href;
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-end"
      shadow="md"
      width={230}
      hideDetached={false}
      // Inside the page, not beside it: what stands in no landmark is lost to screen readers.
      withinPortal={false}
      floatingStrategy="fixed"
      withInitialFocusPlaceholder={false}
      menuItemTabIndex={0}
    >
      <Menu.Target>
        <button type="button" tabIndex={-1} aria-label={label} className={styles.anchor} style={place} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <Menu.Item
          leftSection={<IconArrowRight size={15} />}
          onClick={() => void navigate(paths.entity(ref, { asOf }))}
        >
          Open
        </Menu.Item>
        <Menu.Item
          leftSection={<IconExternalLink size={15} />}
          component="a"
          href={address}
          target="_blank"
          rel="noopener"
        >
          Open in a new tab
        </Menu.Item>
        {/* The file is told as it stands now; of the past the history has the texts. */}
        <Menu.Item
          leftSection={<IconCode size={15} />}
          onClick={() =>
            void navigate(paths.entity(ref, { tab: asOf === undefined ? 'source' : 'history', asOf }))
          }
        >
          {asOf === undefined ? 'Show its descriptor' : 'Show its history'}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => copyAndTell(ref)}>
          Copy reference
        </Menu.Item>
        <Menu.Item leftSection={<IconLink size={15} />} onClick={() => copyAndTell(address)}>
          Copy link
        </Menu.Item>
        <Menu.Item
          leftSection={<IconStar size={15} />}
          onClick={() => setStarred([{ ref, title: entityTitle(entity) }], !isStarred)}
        >
          {isStarred ? 'Remove the star' : 'Star'}
        </Menu.Item>
        {owner && !state.search.owner.includes(owner) && (
          <Menu.Item
            leftSection={<IconUsersGroup size={15} />}
            onClick={() => state.toggleFacet('owner', owner)}
          >
            Only those of {refLabel(owner)}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
