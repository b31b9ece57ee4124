import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { queryEntities } from '@waymark/contracts';
import { api } from '../../lib/api.ts';
import { queryKeys } from '../../lib/query-keys.ts';

const maxFound = 12;

/** Entities whose name or title has the text, those that begin with it first. */
export const paletteSearchQuery = (text: string) =>
  queryOptions({
    queryKey: [...queryKeys.catalog, 'palette', text],
    queryFn: async ({ signal }) => {
      const { items } = await api.call(
        queryEntities,
        {
          query: {
            fullTextFilterTerm: text,
            fullTextFilterFields: 'metadata.name,metadata.title,spec.profile.displayName',
            fields:
              'kind,metadata.name,metadata.namespace,metadata.title,metadata.description,spec.profile.displayName',
            orderField: 'metadata.name,asc',
            limit: maxFound * 4,
          },
        },
        { signal },
      );
      const begins = (name: string | undefined) =>
        name?.toLowerCase().startsWith(text.toLowerCase()) ? 0 : 1;
      return items.toSorted((a, b) => begins(a.metadata?.name) - begins(b.metadata?.name)).slice(0, maxFound);
    },
    enabled: text !== '',
    placeholderData: keepPreviousData,
  });
