import { queryOptions } from '@tanstack/react-query';
import { getTemplateDetails, listTemplates, previewTemplate } from '@waymark/contracts';
import { api } from '../api.ts';
import { parseRef } from '../entities/entity-ref.ts';
import { queryKeys } from '../query-keys.ts';

/** How often a gallery without a template is asked for again. */
const untilFirstMs = 3_000;

/** A preview has megabytes, and its template changes seldom. */
export const previewStaleMs = 60_000;

/** The templates of the catalog. */
export const templatesQueries = {
  /** All of them, with how they fared. */
  all: () =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'templates'],
      queryFn: ({ signal }) => api.call(listTemplates, {}, { signal }),
      // A server that has just started is still reading them.
      refetchInterval: ({ state: { data } }) => data?.templates.length === 0 && untilFirstMs,
    }),

  /** One with its steps and what the server lacks to run it. */
  details: (templateRef: string) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'templates', templateRef],
      queryFn: ({ signal }) => api.call(getTemplateDetails, { params: parseRef(templateRef) }, { signal }),
    }),

  /** What it makes, by an example. */
  preview: (templateRef: string) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'templates', templateRef, 'preview'],
      queryFn: ({ signal }) => api.call(previewTemplate, { params: parseRef(templateRef) }, { signal }),
      staleTime: previewStaleMs,
      gcTime: previewStaleMs,
      refetchOnWindowFocus: false,
    }),
};
