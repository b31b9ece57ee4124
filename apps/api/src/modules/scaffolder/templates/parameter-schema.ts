import type { TemplateParameterSchema } from '@waymark/contracts';
import type { JsonObject } from '../engine/json.ts';
import type { TemplateDefinition } from './template-definition.ts';

/** Backstage's heading of a page that has none. */
const USUAL_PAGE_TITLE = 'Please enter the following information';

/** The forms of a template as Backstage's protocol gives them: one step a page. */
export function parameterSchemaOf(template: TemplateDefinition): TemplateParameterSchema {
  const { title, description, presentation, pages, formDecorators } = template;
  return {
    title,
    ...(description === undefined ? {} : { description }),
    ...(presentation === undefined ? {} : { presentation }),
    steps: pages.map(pageOf),
    ...(formDecorators === undefined ? {} : { formDecorators, EXPERIMENTAL_formDecorators: formDecorators }),
  };
}

function pageOf(schema: JsonObject): TemplateParameterSchema['steps'][number] {
  const { title, description, when } = schema;
  return {
    title: typeof title === 'string' ? title : USUAL_PAGE_TITLE,
    ...(typeof description === 'string' ? { description } : {}),
    ...(typeof when === 'string' || typeof when === 'boolean' ? { when } : {}),
    schema,
  };
}
