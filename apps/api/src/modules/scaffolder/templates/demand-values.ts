import { AppError } from '../../../platform/errors/app-error.ts';
import type { JsonObject } from '../engine/json.ts';
import { findUnstorable } from '../engine/storable-text.ts';
import type { TemplateEngine } from '../engine/template-engine.ts';
import { shownPages } from './shown-pages.ts';
import type { TemplateDefinition } from './template-definition.ts';

/**
 * Holds the values against every page that these answers show, and the secrets against their own schema.
 *
 * @throws AppError `scaffolder.values-invalid` with every value that does not fit
 */
export async function demandValues(
  { pages, secretsSchema }: Pick<TemplateDefinition, 'pages' | 'secretsSchema'>,
  { values, secrets }: { values: JsonObject; secrets: Readonly<Record<string, string>> },
  engine: Pick<TemplateEngine, 'validate' | 'renderValue'>,
  signal: AbortSignal,
): Promise<void> {
  const shown = await shownPages(pages, values, engine, signal);
  const [ofValues, ofSecrets] = await Promise.all([
    engine.validate(shown, values, signal),
    secretsSchema ? engine.validate([secretsSchema], { ...secrets }, signal) : [],
  ]);
  const unstorable = findUnstorable(values);
  const issues = [
    ...(unstorable === undefined
      ? []
      : [{ path: `values${unstorable}`, message: 'holds a character that is none' }]),
    ...ofValues.map(({ path, message }) => ({ path: `values${path}`, message })),
    ...ofSecrets.map(({ path, message }) => ({ path: `secrets${path}`, message })),
  ];
  if (issues.length === 0) return;
  const detail = issues.map(({ path, message }) => `${path} ${message}`).join('; ');
  throw new AppError('scaffolder.values-invalid', detail, { issues });
}
