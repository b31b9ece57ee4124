import { TemplateProblemError } from '@waymark/templating';
import {
  createSkeletonRenderer,
  createTemplateFilters,
  readTemplateNames,
  renderValues,
} from '@waymark/templating/rendering';
import { createTemplateRenderer } from 'nunjitsu';
import { answerDocument } from './documents/answer-document.ts';
import { schemaIssues } from './schema-issues.ts';
import type {
  HostTypes,
  TemplateAnswers,
  TemplateJob,
  TemplateResult,
  TemplateTask,
} from './template-task.ts';

/** Runs in a thread of its own, which is ended when it takes too long or too much memory. */
// eslint-disable-next-line no-restricted-exports -- because the pool calls the default export
export default async function answer({ task, begun }: TemplateJob): Promise<TemplateResult> {
  begun.postMessage(undefined);
  begun.close();
  try {
    return task.kind === 'document' ? { value: await answerDocument(task.work) } : answerNow(task);
  } catch (error) {
    if (error instanceof TemplateProblemError) return { problem: error.problem };
    throw error;
  }
}

function answerNow(task: Exclude<TemplateTask, { kind: 'document' }>): TemplateResult {
  switch (task.kind) {
    case 'values':
      return renderStepValues(task);
    case 'skeleton':
      return renderSkeleton(task);
    case 'validate':
      return { issues: task.schemas.flatMap((schema) => schemaIssues(schema, task.value)) };
    case 'names':
      return namesIn(task.texts);
  }
}

function renderStepValues({
  value,
  context,
  outcome,
  hosts,
}: Extract<TemplateTask, { kind: 'values' }>): TemplateAnswers['values'] {
  const renderer = createTemplateRenderer({
    filters: filtersFor(hosts),
    globals: { always: () => true, failure: () => outcome === 'failed' },
  });
  const rendered = renderValues(value, { renderer, context: renderer.prepareContext(context) });
  // What comes out of JSON is JSON again.
  return { value: rendered as TemplateAnswers['values']['value'] };
}

function renderSkeleton({
  files,
  options,
  hosts,
}: Extract<TemplateTask, { kind: 'skeleton' }>): TemplateAnswers['skeleton'] {
  const renderer = createSkeletonRenderer(options, { filters: filtersFor(hosts) });
  return {
    files: files.flatMap(({ isExecutable, ...file }) => {
      const rendered = renderer.render(file);
      return rendered ? [{ ...rendered, isExecutable }] : [];
    }),
  };
}

function namesIn(texts: readonly string[]): TemplateAnswers['names'] {
  const names = texts.map((text) => readTemplateNames(text));
  return {
    filters: [...new Set(names.flatMap(({ filters }) => filters))],
    functions: [...new Set(names.flatMap(({ functions }) => functions))],
  };
}

function filtersFor(hosts: HostTypes) {
  return createTemplateFilters({
    hostTypeOf: (host) => (Object.hasOwn(hosts, host) ? hosts[host] : undefined),
  });
}
