import type { Entity } from '@waymark/contracts';
import type { JsonObject } from '../engine/json.ts';
import { TEMPLATE_API_VERSION, type TemplateDefinition } from '../templates/template-definition.ts';
import type { RunSpec } from './run-record.ts';

/** What a run of a template is made of: everything that it needs of the template and of its author, as they are now. */
export function specOf(
  { name, title, steps, output }: TemplateDefinition,
  entityRef: string,
  parameters: JsonObject,
  author: { ref: string; entity: Entity | undefined },
): RunSpec {
  const { ref, entity } = author;
  return {
    apiVersion: TEMPLATE_API_VERSION,
    ...{ steps, parameters, output },
    // Entities are JSON.
    user: { ref, ...(entity && { entity: entity as unknown as JsonObject }) },
    templateInfo: { entityRef, entity: { metadata: { name, title } } },
  };
}
