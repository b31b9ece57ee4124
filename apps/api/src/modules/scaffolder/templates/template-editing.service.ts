import type {
  checkTemplateDraft,
  EndpointRequest,
  Entity,
  TemplateCheck,
  TemplateFiles,
} from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import type { ScaffolderAction } from '../actions/action.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { parameterSchemaOf } from './parameter-schema.ts';
import type { TemplateCatalog } from './template-catalog.ts';
import { readTemplate } from './template-definition.ts';
import { readTemplateFiles, type TemplateFilesOptions } from './template-files.ts';
import { problemsOf } from './template-problems.ts';

export interface TemplateEditingOptions extends TemplateFilesOptions {
  templates: Pick<TemplateCatalog, 'find'>;
  engine: Pick<TemplateEngine, 'namesIn'>;
  actions: ReadonlyMap<string, ScaffolderAction>;
}

/** For whoever writes templates: their files, and what stands against a draft. */
export interface TemplateEditingService {
  templateFiles(
    caller: Caller,
    name: { kind: string; namespace: string; name: string },
    signal: AbortSignal,
  ): Promise<TemplateFiles>;
  checkDraft(
    caller: Caller,
    input: EndpointRequest<typeof checkTemplateDraft>['body'],
    signal: AbortSignal,
  ): Promise<TemplateCheck>;
}

export function createTemplateEditingService(options: TemplateEditingOptions): TemplateEditingService {
  const { templates, engine, actions } = options;
  const checking = { engine, knowsAction: (id: string) => actions.has(id) };
  return {
    async templateFiles(_caller, { kind, namespace, name }, signal) {
      const { ref } = await templates.find(`${kind}:${namespace}/${name}`);
      return readTemplateFiles(ref, options, signal);
    },

    async checkDraft(_caller, { template }, signal) {
      // Everything of it that is used is checked when it is read.
      const entity = template as unknown as Entity;
      const problems = await problemsOf(entity, checking, signal);
      const read = readTemplate(entity);
      if ('problems' in read) return { problems, steps: [] };
      const steps = read.template.steps.map(({ id, name, action }) => ({ id, name, action }));
      return { form: parameterSchemaOf(read.template), problems, steps };
    },
  };
}
