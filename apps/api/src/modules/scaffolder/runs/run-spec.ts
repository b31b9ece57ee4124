import type { Entity } from '@waymark/contracts';
import type { Caller } from '../../../platform/auth/caller.ts';
import type { JsonObject } from '../engine/json.ts';
import type { TemplateCatalog } from '../templates/template-catalog.ts';
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

/** Who asks for a run, with what the catalog knows of this person. */
export async function authorOf(
  { actor: { ref } }: Caller,
  templates: Pick<TemplateCatalog, 'person'>,
): Promise<{ ref: string; entity: Entity | undefined }> {
  return { ref, entity: await templates.person(ref) };
}
