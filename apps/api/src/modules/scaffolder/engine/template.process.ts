import { createRequire } from 'node:module';
import type { parseRef } from '@waymark/catalog-model';
import { TemplateProblemError } from '@waymark/templating';
import {
  createSkeletonRenderer,
  createTemplateFilters,
  readTemplateNames,
  renderValues,
} from '@waymark/templating/rendering';
import { createTemplateRenderer } from 'nunjitsu';
import { answerTasks } from '../../../platform/isolation/isolated-task.ts';
import { answerDocument } from './documents/answer-document.ts';
import { schemaIssues } from './schema-issues.ts';
import type { HostTypes, TemplateAnswers, TemplateResult, TemplateTask } from './template-task.ts';

/** Runs in a process of its own, which is ended when it takes too long or too much memory. */
answerTasks<TemplateTask, TemplateResult>(async (task) => {
  try {
    return task.kind === 'document' ? { value: await answerDocument(task.work) } : answerNow(task);
  } catch (error) {
    if (error instanceof TemplateProblemError) return { problem: error.problem };
    throw error;
  }
});

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
    parseRef: (ref, defaults) => catalogModel().parseRef(ref, defaults),
  });
}

const require = createRequire(import.meta.url);

/** It takes as long to load as all the rest of this process, and most templates never need it. */
function catalogModel() {
  return require('@waymark/catalog-model') as { parseRef: typeof parseRef }; // one of what it exports
}
