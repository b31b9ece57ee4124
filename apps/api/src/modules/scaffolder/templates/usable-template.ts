import type { Entity } from '@waymark/contracts';
import type { ScaffolderAction } from '../actions/action.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import type { TemplateCatalog } from './template-catalog.ts';
import { checkTemplate } from './template-check.ts';
import { demandTemplate, unusable, type TemplateDefinition } from './template-definition.ts';

/** A template that this server can run. */
export interface UsableTemplate {
  ref: string;
  entity: Entity;
  template: TemplateDefinition;
}

/**
 * The template of a ref.
 *
 * @throws AppError `scaffolder.template-not-found`, `scaffolder.template-unusable` with everything that it lacks
 */
export async function demandUsable(
  written: string,
  {
    templates,
    engine,
    actions,
  }: {
    templates: Pick<TemplateCatalog, 'find'>;
    engine: Pick<TemplateEngine, 'namesIn'>;
    actions: ReadonlyMap<string, ScaffolderAction>;
  },
  signal: AbortSignal,
): Promise<UsableTemplate> {
  const { ref, entity } = await templates.find(written);
  const template = demandTemplate(entity);
  const knowsAction = (id: string) => actions.has(id);
  const problems = await checkTemplate(template, { engine, knowsAction }, signal);
  if (problems.length > 0) throw unusable(problems);
  return { ref, entity, template };
}
