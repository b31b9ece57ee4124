import { parseRef, stringifyRef } from '../../../../lib/entities/entity-ref.ts';
import { flagOption, onlyKind, textOption, type FieldOptions } from './field-options.ts';

/**
 * How a field reads a text that is no choice: as a reference with the field's defaults, or undefined where the field
 * takes only choices. Without a kind to add, the text stays as it is, as in Backstage.
 */
export function textReader(
  options: FieldOptions,
  usualKind?: string,
): ((text: string) => string) | undefined {
  if (!flagOption(options, 'allowArbitraryValues', true)) return undefined;
  const kind = textOption(options, 'defaultKind') ?? usualKind ?? onlyKind(options);
  const namespace = textOption(options, 'defaultNamespace');
  return (text) => {
    if (/\s/.test(text) || (kind === undefined && !text.includes(':'))) return text;
    return stringifyRef(
      parseRef(text, { ...(kind !== undefined && { kind }), ...(namespace !== undefined && { namespace }) }),
    );
  };
}
