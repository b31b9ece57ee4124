import { isJsonObject } from '../schema/json.ts';

/** Options of a field of `ui:field`, as a template wrote them. */
export type FieldOptions = Readonly<Record<string, unknown>>;

/** A text, or undefined where it is missing or something else. */
export function textOption(options: FieldOptions, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Texts, also of a single one. */
export function textsOption(options: FieldOptions, name: string): string[] {
  return [options[name]].flat().filter((value): value is string => typeof value === 'string' && value !== '');
}

/** A truth value, or the usual one. */
export function flagOption(options: FieldOptions, name: string, usual: boolean): boolean {
  const value = options[name];
  return typeof value === 'boolean' ? value : usual;
}

/**
 * The `catalogFilter` of a field in the catalog's own notation: one text for each alternative, its conditions joined.
 * It is one mapping or a list of them; a value is a text, a list of which any will do, or `{exists: true}`.
 *
 * @param conditions further ones, which hold for every alternative
 */
export function filterTexts(options: FieldOptions, conditions: readonly string[] = []): string[] {
  const written = [options['catalogFilter']].flat().filter(isJsonObject);
  const kinds = textsOption(options, 'allowedKinds');
  const alternatives = written.length > 0 ? written : kinds.length > 0 ? [{ kind: kinds }] : [{}];
  return alternatives
    .map((alternative) =>
      [
        ...Object.entries(alternative).flatMap(([key, value]) => conditionTexts(key, value)),
        ...conditions,
      ].join(','),
    )
    .filter((text) => text !== '');
}

function conditionTexts(key: string, value: unknown): string[] {
  if (isJsonObject(value)) return value['exists'] === true ? [key] : [];
  return [value]
    .flat()
    .filter((each) => ['string', 'number', 'boolean'].includes(typeof each))
    .map((each) => `${key}=${String(each)}`);
}

/**
 * A filter narrowed to what a text names: a name, `namespace/name` or a whole reference. Empty where nothing that the
 * filter lets through can have that name.
 */
export function namedBy(text: string, filter: readonly string[]): string[] {
  const [, kind, namespace, name] = /^(?:([^:/\s,]+):)?(?:([^:/\s,]+)\/)?([^:/\s,]+)$/.exec(text) ?? [];
  if (name === undefined) return [];
  const alternatives = filter.length > 0 ? filter.map((each) => each.split(',')) : [[]];
  return Object.entries({ kind, 'metadata.namespace': namespace, 'metadata.name': name })
    .reduce<string[][]>(
      (left, [key, value]) =>
        value === undefined ? left : left.flatMap((conditions) => withOnly(key, value, conditions)),
      alternatives,
    )
    .map((conditions) => conditions.join(','));
}

/** Conditions of one key are alternatives: the wanted value takes their place, or nothing is left. */
function withOnly(key: string, value: string, conditions: readonly string[]): string[][] {
  const wanted = `${key}=${value}`.toLowerCase();
  const ofKey = conditions.filter((condition) => condition.toLowerCase().startsWith(`${key}=`));
  if (ofKey.length > 0 && !ofKey.some((condition) => condition.toLowerCase() === wanted)) return [];
  return [[...conditions.filter((condition) => !ofKey.includes(condition)), wanted]];
}

/** The one kind that a field is about, where its filter leaves no other. */
export function onlyKind(options: FieldOptions): string | undefined {
  const kinds = new Set(
    [options['catalogFilter']]
      .flat()
      .filter(isJsonObject)
      .flatMap(({ kind }) => [kind].flat().map(String)),
  );
  const [kind] = kinds;
  return kinds.size === 1 && kind !== 'undefined' ? kind : undefined;
}
