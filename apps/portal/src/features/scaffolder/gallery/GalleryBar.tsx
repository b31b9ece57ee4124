import { Button, Popover } from '@mantine/core';
import { IconChevronDown, IconStar } from '@tabler/icons-react';
import type { TemplateSummary } from '@waymark/contracts';
import { countText, FacetGroup, FilterChip } from '@waymark/ui';
import { refLabel } from '../../../lib/entities/entity-ref.ts';
import { galleryFacets, gallerySorts, type GalleryFacet } from '../../../lib/scaffolder/gallery-search.ts';
import styles from './GalleryBar.module.css';
import { facetCounts } from './shown-templates.ts';
import type { Gallery } from './use-gallery-state.ts';

const facetWords: Record<GalleryFacet, string> = { type: 'Type', tag: 'Tag', owner: 'Owner' };
const sortWords: Record<(typeof gallerySorts)[number], string> = { name: 'Name', used: 'Most used' };

export interface GalleryBarProps {
  templates: readonly TemplateSummary[];
  starredRefs: ReadonlySet<string>;
  shownCount: number;
  gallery: Gallery;
}

/** Above the cards: what narrows and orders them. */
export function GalleryBar({ templates, starredRefs, shownCount, gallery }: GalleryBarProps) {
  const { state } = gallery;
  return (
    <>
      <div className={styles.bar}>
        <input
          type="search"
          data-page-filter
          className={styles.filter}
          value={state.q}
          placeholder="Search templates"
          aria-label="Search templates"
          aria-keyshortcuts="/"
          onChange={(event) => gallery.setText(event.currentTarget.value)}
        />
        {galleryFacets.map((facet) => (
          <FacetMenu
            key={facet}
            facet={facet}
            options={facetCounts(templates, facet, state, starredRefs)}
            gallery={gallery}
          />
        ))}
        <Button
          size="xs"
          variant="default"
          leftSection={<IconStar size={15} stroke={1.7} />}
          aria-pressed={state.set === 'starred'}
          className={styles.toggle}
          onClick={gallery.toggleStarred}
        >
          Starred
        </Button>
        <div className={styles.sorts} role="group" aria-label="Order of the templates">
          {gallerySorts.map((sort) => (
            <button
              key={sort}
              type="button"
              className={styles.sort}
              aria-pressed={state.sort === sort}
              onClick={() => gallery.setSort(sort)}
            >
              {sortWords[sort]}
            </button>
          ))}
        </div>
        <span className={styles.total} role="status">
          {countText(shownCount, 'template')}
        </span>
      </div>
      <ActiveFilters gallery={gallery} />
    </>
  );
}

interface FacetMenuProps {
  facet: GalleryFacet;
  options: { value: string; count: number }[];
  gallery: Gallery;
}

function FacetMenu({ facet, options, gallery }: FacetMenuProps) {
  const chosen = gallery.state[facet];
  if (options.length === 0) return null;
  return (
    <Popover width={240} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          size="xs"
          variant="default"
          rightSection={<IconChevronDown size={13} stroke={1.8} />}
          className={styles.toggle}
          aria-pressed={chosen.length > 0}
        >
          {facetWords[facet]}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={styles.facet} aria-label={`Filter by ${facetWords[facet].toLowerCase()}`}>
        <FacetGroup
          label={facetWords[facet]}
          options={options.map(({ value, count }) => ({ value, label: facetLabel(facet, value), count }))}
          selected={chosen}
          onToggle={(value) => gallery.toggleFacet(facet, value)}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function ActiveFilters({ gallery }: { gallery: Gallery }) {
  const { state } = gallery;
  const active = galleryFacets.flatMap((facet) => state[facet].map((value) => ({ facet, value })));
  if (active.length === 0) return null;
  return (
    <div className={styles.chips}>
      {active.map(({ facet, value }) => (
        <FilterChip
          key={`${facet} ${value}`}
          label={facetWords[facet]}
          value={facetLabel(facet, value)}
          onRemove={() => gallery.toggleFacet(facet, value)}
        />
      ))}
      <Button size="compact-xs" variant="subtle" onClick={gallery.clear}>
        Clear
      </Button>
    </div>
  );
}

function facetLabel(facet: GalleryFacet, value: string): string {
  return facet === 'owner' ? refLabel(value) : value;
}
