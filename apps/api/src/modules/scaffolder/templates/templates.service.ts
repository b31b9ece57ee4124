import type {
  dryRunTemplate,
  EndpointReply,
  EndpointRequest,
  Entity,
  getTemplateDetails,
  listActions,
  listTemplatingExtensions,
  planRun,
  previewRun,
  RepositoryHost,
  RunPreview,
  ScaffolderProblem,
  TemplateParameterSchema,
  TemplatePreview,
  TemplateSummary,
} from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import { AppError } from '../../../platform/errors/app-error.ts';
import type { SourceContent } from '../../sources/index.ts';
import { describeAction } from '../actions/action-description.ts';
import type { ScaffolderAction } from '../actions/action.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { DryRunner } from '../runs/dry-run.ts';
import { StepProblemError } from '../runs/run-failure.ts';
import { planOf } from '../runs/run-plan.ts';
import { previewOf } from '../runs/run-preview.ts';
import { authorOf, specOf } from '../runs/run-spec.ts';
import type { RunsRepository } from '../runs/runs.repository.ts';
import { demandValues } from './demand-values.ts';
import { exampleAnswers } from './example-answers.ts';
import { parameterSchemaOf } from './parameter-schema.ts';
import type { TemplateCatalog } from './template-catalog.ts';
import { demandTemplate, readTemplate } from './template-definition.ts';
import { problemsOf } from './template-problems.ts';
import { describeTemplate } from './template-summary.ts';
import { templatingExtensions } from './templating-extensions.ts';
import { demandUsable } from './usable-template.ts';

interface TemplateName {
  kind: string;
  namespace: string;
  name: string;
}

export interface TemplatesServiceOptions {
  templates: TemplateCatalog;
  runs: Pick<RunsRepository, 'statistics'>;
  engine: TemplateEngine;
  actions: ReadonlyMap<string, ScaffolderAction>;
  dryRunner: DryRunner;
  /** Where a template lies. */
  placeOf: SourceContent['placeOf'];
  /** Where templates can publish to. */
  hosts: readonly RepositoryHost[];
}

/** Templates: what they ask for, what they would do, and what stands against them. */
export interface TemplatesService {
  actions(caller: Caller): Promise<EndpointReply<typeof listActions>>;
  extensions(caller: Caller): Promise<EndpointReply<typeof listTemplatingExtensions>>;
  parameterSchema(caller: Caller, name: TemplateName): Promise<TemplateParameterSchema>;
  listTemplates(caller: Caller): Promise<{ templates: TemplateSummary[]; isTruncated: boolean }>;
  template(caller: Caller, name: TemplateName): Promise<EndpointReply<typeof getTemplateDetails>>;
  hosts(caller: Caller): Promise<{ hosts: RepositoryHost[] }>;
  plan(
    caller: Caller,
    input: EndpointRequest<typeof planRun>['body'],
  ): Promise<EndpointReply<typeof planRun>>;
  preview(
    caller: Caller,
    input: EndpointRequest<typeof previewRun>['body'],
    signal: AbortSignal,
  ): Promise<RunPreview>;
  previewTemplate(caller: Caller, name: TemplateName, signal: AbortSignal): Promise<TemplatePreview>;
  dryRun(
    caller: Caller,
    input: EndpointRequest<typeof dryRunTemplate>['body'],
    signal: AbortSignal,
  ): Promise<EndpointReply<typeof dryRunTemplate>>;
}

/** Templates that one answer lists. */
const MAX_TEMPLATES = 1_000;
/** In place of a secret that only the run itself will be given. */
const UNKNOWN_SECRET = 'unknown';

export function createTemplatesService(options: TemplatesServiceOptions): TemplatesService {
  const { templates, runs, engine, actions } = options;
  const checking = { engine, knowsAction: (id: string) => actions.has(id) };
  // The engine has deadlines of its own, and what people wait for is short.
  const { signal } = new AbortController();

  return {
    actions: async () => [...actions.values()].map(describeAction),
    extensions: async () => templatingExtensions,
    async parameterSchema(_caller, name) {
      return parameterSchemaOf(demandTemplate((await templates.find(refOf(name))).entity));
    },

    async listTemplates() {
      const { entities, isTruncated } = await templates.list(MAX_TEMPLATES);
      const statistics = await runs.statistics(entities.map(({ ref }) => ref));
      const summaries = entities.map(async ({ ref, entity }) => {
        const problems = await problemsOf(entity, checking, signal);
        return describeTemplate(ref, entity, statistics.get(ref), problems.length);
      });
      return { templates: await Promise.all(summaries), isTruncated };
    },

    async template(_caller, name) {
      const { ref, entity } = await templates.find(refOf(name));
      const [problems, statistics] = await Promise.all([
        problemsOf(entity, checking, signal),
        runs.statistics([ref]),
      ]);
      const read = readTemplate(entity);
      const steps = 'template' in read ? read.template.steps : [];
      return {
        ...describeTemplate(ref, entity, statistics.get(ref), problems.length),
        steps: steps.map(({ id, name: title, action }) => ({ id, name: title, action })),
        problems,
      };
    },

    hosts: async () => ({ hosts: [...options.hosts] }),

    async plan(caller, { templateRef, values, secretNames }) {
      const { template, ref } = await demandUsable(templateRef, options, signal);
      const spec = specOf(template, ref, values, await authorOf(caller, templates));
      const given = Object.fromEntries(secretNames.map((name) => [name, '']));
      return planOf({ template, spec, secrets: given }, { engine, actions, actor: caller.actor, signal });
    },

    async preview(caller, { templateRef, values, secretNames }, callerSignal) {
      const { template, ref } = await demandUsable(templateRef, options, signal);
      const asked = { pages: template.pages, secretsSchema: undefined };
      await demandValues(asked, { values, secrets: {} }, engine, signal);
      const spec = specOf(template, ref, values, await authorOf(caller, templates));
      const secrets = Object.fromEntries(secretNames.map((name) => [name, UNKNOWN_SECRET]));
      const files = { place: await options.placeOf(ref) };
      return previewOf({ spec, secrets, files, actor: caller.actor }, options.dryRunner, callerSignal);
    },

    async previewTemplate(caller, name, callerSignal) {
      const { template, ref } = await demandUsable(refOf(name), options, signal);
      const values = await exampleAnswers(template.pages, { engine, hosts: options.hosts, signal });
      const spec = specOf(template, ref, values, await authorOf(caller, templates));
      const files = { place: await options.placeOf(ref) };
      const request = { spec, secrets: {}, files, actor: caller.actor, isExample: true };
      return { ...(await previewOf(request, options.dryRunner, callerSignal)), values };
    },

    async dryRun(caller, { template: entity, values, secrets = {}, directoryContents }, callerSignal) {
      // Everything of it that is used is checked when it is read.
      const template = demandTemplate(entity as unknown as Entity);
      await demandValues(template, { values, secrets }, engine, signal);
      const spec = specOf(
        template,
        `template:default/${template.name}`,
        values,
        await authorOf(caller, templates),
      );
      try {
        return await options.dryRunner.run(
          { spec, secrets, files: { given: directoryContents }, actor: caller.actor },
          callerSignal,
        );
      } catch (error) {
        if (!(error instanceof StepProblemError)) throw error;
        throw dryRunFailure(error.problem);
      }
    },
  };
}

/** Which step it was stands in the sentence for people, and in the path for programs. */
function dryRunFailure({ at, message, hint, file, line }: ScaffolderProblem): AppError {
  const place = file === undefined ? '' : ` (${file}${line === undefined ? '' : `, line ${line}`})`;
  const path = at === undefined ? 'result' : `steps/${at}`;
  return new AppError(
    'scaffolder.dry-run-failed',
    `${at === undefined ? '' : `Step "${at}": `}${message}${place} ${hint}`,
    { issues: [{ path, message: `${message}${place} ${hint}` }] },
  );
}

function refOf({ kind, namespace, name }: TemplateName): string {
  return `${kind}:${namespace}/${name}`;
}
