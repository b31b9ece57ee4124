import type { TemplateParameterSchema } from '@waymark/contracts';
import { formFieldNames } from '../../wizard/fields/form-fields.ts';
import { formPages, shownPages, withPresets } from '../../wizard/form-pages.ts';
import { pageIssues } from '../../wizard/page-issues.ts';
import { isJsonObject } from '../../wizard/schema/json.ts';

/**
 * A form of a draft as the preview draws it, or why it cannot be drawn: half-written schemas are usual while somebody
 * types. No field takes the focus by itself, which is with whoever types.
 */
export function drawableForm(
  form: TemplateParameterSchema,
): { form: TemplateParameterSchema } | { reason: string } {
  try {
    const calm = {
      ...form,
      steps: form.steps.map((step) => ({ ...step, schema: withoutFocus(step.schema) })),
    };
    const pages = formPages(calm, formFieldNames);
    const values = withPresets(shownPages(pages, {}), {});
    for (const page of pages) pageIssues(page, values);
    return { form: calm };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}

function withoutFocus(schema: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key]) => key !== 'ui:autofocus')
      .map(([key, value]) => [key, calmed(value)]),
  );
}

function calmed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(calmed);
  return isJsonObject(value) ? withoutFocus(value) : value;
}
