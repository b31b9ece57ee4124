import type { Entity, ScaffolderProblem } from '@waymark/contracts';
import { TemplateFailure } from '../engine/template-engine.ts';
import { explainFailure } from '../runs/run-failure.ts';
import { checkTemplate, unknownFields, type TemplateCheckOptions } from './template-check.ts';
import { readTemplate } from './template-definition.ts';

/** Everything that stands against running a template, and what of its forms is shown in a plainer way. */
export async function problemsOf(
  entity: Entity,
  options: TemplateCheckOptions,
  signal: AbortSignal,
): Promise<ScaffolderProblem[]> {
  const read = readTemplate(entity);
  if ('problems' in read) return read.problems;
  const fields = unknownFields(read.template).map((name) => ({
    code: 'template.unknown-field',
    message: `The form asks for the field "${name}", which this portal does not have: it is shown as the plain field of its type.`,
    hint: 'Use one of the fields of Backstage, or fill it in as text.',
    subject: name,
  }));
  try {
    return [...(await checkTemplate(read.template, options, signal)), ...fields];
  } catch (error) {
    // A template that cannot even be looked at is listed as such, and the others with it.
    if (!(error instanceof TemplateFailure)) throw error;
    return [explainFailure(error).problem, ...fields];
  }
}
