import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { checkTemplateDraft, dryRunTemplate, getTemplateFiles, type EndpointReply } from '@waymark/contracts';
import { api } from '../../../lib/api.ts';
import { parseRef } from '../../../lib/entities/entity-ref.ts';
import { queryKeys } from '../../../lib/query-keys.ts';
import { loadConditions } from '../wizard/condition.ts';
import type { JsonObject } from '../wizard/schema/json.ts';
import { givenFileOf, type EditorFile } from './draft/editor-file.ts';
import type { TemplateDraft } from './draft/template-text.ts';

/** What a dry run is made of. */
export interface DryRunRequest {
  template: TemplateDraft;
  values: JsonObject;
  secrets: Readonly<Record<string, string>>;
  files: readonly EditorFile[];
}

/** What a dry run gives. */
export type DryRunResult = EndpointReply<typeof dryRunTemplate>;

/** Answers about a draft are of no use once it has changed. */
const keptMs = 10_000;

/** What is asked while somebody types: never again by itself, and broken off by the next change. */
const whileTyping = {
  placeholderData: keepPreviousData,
  staleTime: Infinity,
  gcTime: keptMs,
  refetchOnWindowFocus: false,
  refetchOnReconnect: false,
} as const;

/** What the editor of a template reads. */
export const editorQueries = {
  /** The files that it begins with. They stay as they are while somebody works on them. */
  files: (templateRef: string) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'files', templateRef],
      queryFn: ({ signal }) => api.call(getTemplateFiles, { params: parseRef(templateRef) }, { signal }),
      refetchOnWindowFocus: false,
    }),

  /** The forms of a draft and what stands against it. */
  check: (template: TemplateDraft | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'editor', 'check', numberOf(template)],
      queryFn:
        template === undefined
          ? skipToken
          : async ({ signal }) => {
              const check = await api.call(checkTemplateDraft, { body: { template } }, { signal });
              if (check.form?.steps.some(({ when }) => typeof when === 'string')) await loadConditions();
              return check;
            },
      ...whileTyping,
    }),

  dryRun: (request: DryRunRequest | undefined) =>
    queryOptions({
      queryKey: [...queryKeys.scaffolder, 'editor', 'dry-run', numberOf(request)],
      queryFn: request === undefined ? skipToken : ({ signal }) => runDry(request, signal),
      ...whileTyping,
    }),
};

function runDry(
  { template, values, secrets, files }: DryRunRequest,
  signal: AbortSignal,
): Promise<DryRunResult> {
  const body = { template, values, secrets, directoryContents: files.map(givenFileOf) };
  return api.call(dryRunTemplate, { body }, { signal });
}

const numbers = new WeakMap<object, number>();
let lastNumber = 0;

/** Stands for a thing in the key of a query: the thing itself may have megabytes. */
function numberOf(thing: object | undefined): number {
  if (thing === undefined) return 0;
  const known = numbers.get(thing);
  if (known !== undefined) return known;
  lastNumber += 1;
  numbers.set(thing, lastNumber);
  return lastNumber;
}
