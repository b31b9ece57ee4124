import { useQueryStates } from 'nuqs';
import {
  gallerySearchParsers,
  type GalleryFacet,
  type GalleryState,
} from '../../../lib/scaffolder/gallery-search.ts';
import { toggled } from '../../../lib/toggled.ts';

/** The gallery's state in the address, and how it changes. */
export function useGalleryState() {
  const [state, setState] = useQueryStates(gallerySearchParsers, { shallow: false });
  return {
    state,
    hasFilters: hasFilters(state),
    setText: (q: string) => void setState({ q: q || null }),
    setSort: (sort: GalleryState['sort']) => void setState({ sort }),
    toggleFacet: (facet: GalleryFacet, value: string) =>
      void setState({ [facet]: toggled(state[facet], value) }, { history: 'push' }),
    toggleStarred: () =>
      void setState({ set: state.set === 'starred' ? null : 'starred' }, { history: 'push' }),
    clear: () =>
      void setState({ q: null, type: null, tag: null, owner: null, set: null }, { history: 'push' }),
  };
}

/** What the gallery is narrowed to, with the ways to change it. */
export type Gallery = ReturnType<typeof useGalleryState>;

function hasFilters({ q, type, tag, owner, set }: GalleryState): boolean {
  return q.trim() !== '' || set !== null || [type, tag, owner].some((values) => values.length > 0);
}
