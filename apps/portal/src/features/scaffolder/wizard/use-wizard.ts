import type { TemplateParameterSchema } from '@waymark/contracts';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useStoredValue } from '../../../lib/browser/stored-value.ts';
import { draftOf, newDraft, type Draft } from './draft.ts';
import { formFieldNames } from './fields/form-fields.ts';
import {
  formPages,
  plainValues,
  shownPages,
  submittedValues,
  withPresets,
  type FormPage,
} from './form-pages.ts';
import { pageIssues, type PageIssue } from './page-issues.ts';
import type { FormValues } from './schema/form-validator.ts';
import { without, type JsonObject } from './schema/json.ts';
import { withoutHiddenAnswers } from './schema/field-schemas.ts';

/** What the server said about answers when the run was to be started. */
export interface ServerIssue {
  path: string[];
  message: string;
}

export interface WizardStart {
  /** Answers that the link brought. */
  prefill: JsonObject | undefined;
}

/** The answers to a form, kept in this browser while they are given, and what follows from them. */
export function useWizard(templateRef: string, form: TemplateParameterSchema, { prefill }: WizardStart) {
  const stored = draftOf(templateRef);
  const pages = useMemo(() => formPages(form, formFieldNames), [form]);
  const [start] = useState(() => startOf(pages, stored.get(), prefill));
  const [values, setValues] = useState<FormValues>(start.values);
  const { secrets, setSecret, forgetSecrets } = useSecrets();
  const [serverIssues, setServerIssues] = useState<ServerIssue[]>([]);
  // Only where it came from: what is kept is written from the answers, not read again.
  const [origin, setOrigin] = useState(start.origin);
  const draft = useStoredValue(stored);
  const shown = useMemo(() => shownPages(pages, values), [pages, values]);
  const settled = useDeferredValue(values);
  const issues = useMemo(() => issuesByPage(shown, settled), [shown, settled]);
  useEffect(() => {
    if (start.draftToKeep) stored.set(start.draftToKeep);
  }, [start, stored]);
  const change = (next: FormValues) => {
    setValues(next);
    setServerIssues((known) => known.filter(({ path }) => isSame(values, next, path)));
    const kept = stored.get() ?? newDraft({});
    stored.set({ ...kept, values: keptValues(pages, next), savedAt: new Date().toISOString() });
  };
  const replace = (next: FormValues) => {
    setValues(next);
    forgetSecrets();
    setServerIssues([]);
    setOrigin('new');
  };
  return {
    pages,
    shown,
    values,
    secrets,
    issues,
    serverIssues,
    draft,
    origin,
    earlierDraft: start.earlierDraft,
    change,
    setSecret,
    setServerIssues,
    /** Fills in what later pages preset, now that these answers are given. */
    complete: (next: FormValues): FormValues => {
      const complete = withPresets(shownPages(pages, next), next);
      change(complete);
      return complete;
    },
    submitted: () => submittedValues(pages, values),
    shownFor: (next: FormValues) => shownPages(pages, next),
    noteReached: (number: number) => {
      const kept = stored.get();
      if (kept && kept.reached < number) stored.set({ ...kept, reached: number });
    },
    noteSent: (key: string, sentAs: string) => {
      const kept = stored.get() ?? newDraft(keptValues(pages, values));
      stored.set({ ...kept, key, sentAs });
    },
    startOver: () => {
      stored.set(null);
      replace(withPresets(shownPages(pages, {}), {}));
    },
    takeEarlierDraft: (earlier: Draft) => {
      stored.set(earlier);
      replace(withPresets(shownPages(pages, earlier.values), earlier.values));
    },
    forget: () => stored.set(null),
  };
}

/** Secret answers, which are kept nowhere. */
function useSecrets() {
  const [secrets, setSecrets] = useState<Record<string, string>>({});
  const setSecret = useCallback(
    (name: string, value: string | undefined) =>
      setSecrets((known) => (value === undefined ? without(known, name) : { ...known, [name]: value })),
    [],
  );
  return { secrets, setSecret, forgetSecrets: () => setSecrets({}) };
}

/** The answers to a form and what can be done with them. */
export type Wizard = ReturnType<typeof useWizard>;

/** What the form opens with: answers of a link, of the draft, or none; and the draft that a link makes at once. */
function startOf(pages: readonly FormPage[], draft: Draft | null, prefill: JsonObject | undefined) {
  const preset = (values: FormValues) => withPresets(shownPages(pages, values), values);
  const nothing = { earlierDraft: undefined, draftToKeep: undefined };
  if (prefill !== undefined) {
    const values = preset(prefill);
    return {
      ...{ values, origin: 'link' as const, earlierDraft: draft ?? undefined },
      draftToKeep: newDraft(keptValues(pages, values)),
    };
  }
  if (draft === null) return { ...nothing, values: preset({}), origin: 'new' as const };
  return { ...nothing, values: preset(draft.values), origin: 'draft' as const };
}

/** What is kept in the browser: never what is hidden while it is typed. */
function keptValues(pages: readonly FormPage[], values: FormValues): JsonObject {
  return pages.reduce((rest, { source }) => withoutHiddenAnswers(source, rest), plainValues(values));
}

function issuesByPage(pages: readonly FormPage[], values: FormValues): ReadonlyMap<number, PageIssue[]> {
  return new Map(pages.map((page) => [page.number, pageIssues(page, values)]));
}

function isSame(before: FormValues, after: FormValues, path: readonly string[]): boolean {
  return JSON.stringify(valueAt(before, path)) === JSON.stringify(valueAt(after, path));
}

function valueAt(values: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((at, part) => Reflect.get(Object(at), part), values);
}
