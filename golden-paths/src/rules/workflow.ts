import { registerHooks } from 'node:module';
import { parse } from 'yaml';

// GitHub's parser imports JSON without saying so, which Node refuses.
registerHooks({
  load: (url, context, next) =>
    next(url, /@actions.+\.json$/.test(url) ? { ...context, importAttributes: { type: 'json' } } : context),
});
const { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } =
  await import('@actions/workflow-parser');

interface Workflow {
  permissions?: unknown;
  jobs: Record<
    string,
    { 'timeout-minutes'?: number; permissions?: object; steps: { uses?: string; run?: string }[] }
  >;
}

/** What GitHub's own parser says against a workflow, and what breaks our rules. */
export async function workflowFindings(path: string, text: string): Promise<string[]> {
  const result = parseWorkflow({ name: path, content: text }, new NoOperationTraceWriter());
  if (result.value !== undefined) await convertWorkflowTemplate(result.context, result.value);
  const problems = result.context.errors.getErrors().map(({ message }) => message);
  return problems.length > 0 ? problems : ruleFindings(parse(text) as Workflow);
}

function ruleFindings({ permissions, jobs }: Workflow): string[] {
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  const rules = {
    'permissions are those to read': JSON.stringify(permissions) === '{"contents":"read"}',
    'every job ends': Object.values(jobs).every((job) => job['timeout-minutes'] !== undefined),
    'actions have a major version': steps.every(({ uses }) => uses === undefined || /@v\d+$/.test(uses)),
    'no text of others in a script': steps.every(({ run = '' }) => !run.includes('${{')),
  };
  return Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule]));
}
