import { Button } from '@mantine/core';
import { IconHistory, IconListSearch, IconPlugConnected } from '@tabler/icons-react';
import { MessagePanel } from '@waymark/ui';
import { Link } from 'react-router';
import { kindInSentence } from '../../lib/entities/kind-words.ts';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';
import { hasFilters } from './catalog-filter.ts';
import type { CatalogState } from './use-catalog-state.ts';

/** Why the list has no rows, and the way out. */
export function EmptyCatalog({ state }: { state: CatalogState }) {
  const { search } = state;
  if (search.set === 'starred' && !hasFilters(search)) {
    return (
      <MessagePanel
        icon={<IconListSearch size={20} stroke={1.6} />}
        title="Nothing starred here yet"
        actions={
          <Button size="xs" variant="default" onClick={state.toggleStarredSet}>
            Show all
          </Button>
        }
      >
        Star what you come back to: its page has the star, and so has the menu of each row.
      </MessagePanel>
    );
  }
  if (state.filter.asOf !== undefined && !hasFilters(search)) {
    return (
      <MessagePanel icon={<IconHistory size={20} stroke={1.6} />} title="Nothing is known of then">
        Changes are recorded from the first read of a source on. At that moment nothing had been read, or
        nothing of this kind was there.
      </MessagePanel>
    );
  }
  if (hasFilters(search)) {
    return (
      <MessagePanel
        icon={<IconListSearch size={20} stroke={1.6} />}
        title="Nothing matches these filters"
        actions={
          <Button size="xs" onClick={state.clearFilters}>
            Clear all filters
          </Button>
        }
      >
        Remove one of the filters above, or look in all kinds.
      </MessagePanel>
    );
  }
  return (
    <MessagePanel
      icon={<IconPlugConnected size={20} stroke={1.6} />}
      title={
        search.kind === '' ? 'The catalog is empty' : `There are no ${kindInSentence(search.kind).many} yet`
      }
      actions={
        <LinkButton to={paths.sources()} variant="filled">
          See the sources
        </LinkButton>
      }
    >
      Entities come from <code>catalog-info.yaml</code> files in the sources that the configuration names or
      that somebody <Link to={paths.register()}>registered</Link>.
    </MessagePanel>
  );
}
