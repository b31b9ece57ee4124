/** Kinds in the order in which people look for them; kinds that are not here follow by name. */
export const knownKinds = [
  'component',
  'api',
  'resource',
  'system',
  'domain',
  'group',
  'user',
  'template',
  'location',
  'service',
  'airesource',
] as const;

const words: Record<string, { one: string; many: string }> = {
  component: { one: 'Component', many: 'Components' },
  api: { one: 'API', many: 'APIs' },
  resource: { one: 'Resource', many: 'Resources' },
  system: { one: 'System', many: 'Systems' },
  domain: { one: 'Domain', many: 'Domains' },
  group: { one: 'Group', many: 'Groups' },
  user: { one: 'User', many: 'Users' },
  template: { one: 'Template', many: 'Templates' },
  location: { one: 'Location', many: 'Locations' },
  service: { one: 'Service', many: 'Services' },
  airesource: { one: 'AI resource', many: 'AI resources' },
};

/** "API" for `api`; a kind of the company's own with a capital. */
export function kindWord(kind: string): string {
  return words[kind.toLowerCase()]?.one ?? capitalised(kind);
}

/** "APIs" for `api`; a kind of the company's own stays as it is written. */
export function kindPlural(kind: string): string {
  return words[kind.toLowerCase()]?.many ?? capitalised(kind);
}

/** Words of a kind inside a sentence: "component", but "API". */
export function kindInSentence(kind: string): { one: string; many: string } {
  const lower = (word: string) => (/^[A-Z]{2}/.test(word) ? word : word.toLowerCase());
  return { one: lower(kindWord(kind)), many: lower(kindPlural(kind)) };
}

/** Orders kinds for tabs and tiles. */
export function compareKinds(a: string, b: string): number {
  return placeOf(a) - placeOf(b) || a.localeCompare(b);
}

function placeOf(kind: string): number {
  const place = knownKinds.findIndex((known) => known === kind.toLowerCase());
  return place === -1 ? knownKinds.length : place;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
