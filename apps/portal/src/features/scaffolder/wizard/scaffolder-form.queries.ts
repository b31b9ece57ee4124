import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import {
  createTask,
  getTemplateParameterSchema,
  idempotencyHeader,
  listRepositoryHosts,
  noteVisit,
  planRun,
  previewRun,
} from '@waymark/contracts';
import { api } from '../../../lib/api.ts';
import { parseRef } from '../../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { previewStaleMs } from '../../../lib/scaffolder/templates.queries.ts';
import { loadConditions } from './condition.ts';
import type { JsonObject } from './schema/json.ts';

/** What a run would be started with. */
export interface RunRequest {
  templateRef: string;
  values: JsonObject;
  secrets: Record<string, string>;
}

const planStaleMs = 10_000;

/** What the form of a template reads. */
export const scaffolderFormQueries = {
  form: (templateRef: string) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'form', templateRef],
      queryFn: async ({ signal }) => {
        const form = await api.call(
          getTemplateParameterSchema,
          { params: parseRef(templateRef) },
          { signal },
        );
        if (form.steps.some(({ when }) => typeof when === 'string')) await loadConditions();
        return form;
      },
    }),

  /** What a run would do. Secrets go by their names only. */
  plan: ({ templateRef, values, secrets }: RunRequest) => {
    const secretNames = Object.keys(secrets);
    return queryOptions({
      queryKey: [...queryKeys.scaffolder, 'plan', templateRef, values, secretNames],
      queryFn: ({ signal }) => api.call(planRun, { body: { templateRef, values, secretNames } }, { signal }),
      staleTime: planStaleMs,
    });
  },

  /** The files that it would make. Secrets go by their names only. */
  preview: ({ templateRef, values, secrets }: RunRequest) => {
    const secretNames = Object.keys(secrets);
    return queryOptions({
      queryKey: [...queryKeys.scaffolder, 'preview', templateRef, values, secretNames],
      queryFn: ({ signal }) =>
        api.call(previewRun, { body: { templateRef, values, secretNames } }, { signal }),
      staleTime: previewStaleMs,
      gcTime: previewStaleMs,
      refetchOnWindowFocus: false,
    });
  },

  /** Where a repository may be. */
  hosts: () =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'hosts'],
      queryFn: ({ signal }) => api.call(listRepositoryHosts, {}, { signal }),
      staleTime: Infinity,
    }),
};

/** Starts a run. With the same key the same request starts one run, however often it is sent. */
export function useStartRun() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({
      templateRef,
      values,
      secrets,
      key,
      visitId,
    }: RunRequest & { key: string; visitId: string }) =>
      api.call(
        createTask,
        { body: { templateRef, values, visitId, ...(Object.keys(secrets).length > 0 && { secrets }) } },
        { headers: { [idempotencyHeader.name]: key } },
      ),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: queryKeys.runs });
      void queryClient.invalidateQueries({ queryKey: queryKeys.scaffolder });
    },
  });
}

/** Notes how far somebody has come in a form. Nobody waits for it, and nobody misses it when it fails. */
export function tellVisit(visitId: string, visit: { templateRef: string; pageCount: number; page: number }) {
  api.call(noteVisit, { params: { visitId }, body: visit }).catch(() => {});
}
