import type { ScaffolderActionDescription } from '@waymark/contracts';

/** Something of the reference that has a name and a sentence. */
export interface NamedExtension {
  name: string;
  description: string;
}

/** The actions whose id, sentence or fields contain every word of the text. */
export function matchingActions(
  actions: readonly ScaffolderActionDescription[],
  text: string,
): ScaffolderActionDescription[] {
  return actions.filter(({ id, description, schema }) =>
    containsAll([id, description, ...namesOf(schema.input), ...namesOf(schema.output)].join(' '), text),
  );
}

/** The same for filters and functions, in the order of their names. */
export function matchingExtensions(
  extensions: Readonly<Record<string, { description: string }>>,
  text: string,
): NamedExtension[] {
  return Object.entries(extensions)
    .map(([name, { description }]) => ({ name, description }))
    .filter(({ name, description }) => containsAll(`${name} ${description}`, text))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function namesOf(schema: Readonly<Record<string, unknown>>): string[] {
  const properties = schema['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function containsAll(haystack: string, text: string): boolean {
  const lower = haystack.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => lower.includes(word));
}
