import type { SearchResult } from '@waymark/contracts';

/** What a search shows of an entity, in Backstage's shape. */
export type SearchDocument = SearchResult['document'];

/** What is read of an entity's text, which was validated as an entity when it came in. */
interface EntityContent {
  kind: string;
  metadata: { name: string; namespace?: string; title?: string; description?: string; tags?: string[] };
  spec?: Readonly<Record<string, unknown>>;
}

/** The document of an entity: its fields as the file has them, and the path of its page in the portal. */
export function toSearchDocument(entityRef: string, entityJson: string): SearchDocument & { tags: string[] } {
  // The text was validated as an entity when it came in.
  const { kind, metadata, spec = {} } = JSON.parse(entityJson) as EntityContent;
  const namespace = metadata.namespace ?? 'default';
  const profile = profileOf(spec);
  const path = [namespace, kind, metadata.name].map((part) => encodeURIComponent(part.toLowerCase()));
  return {
    title: metadata.title ?? profile.displayName ?? metadata.name,
    text: [metadata.description, profile.email].filter((part) => part !== undefined).join(' '),
    location: `/catalog/${path.join('/')}`,
    ...{ kind, namespace, name: metadata.name, entityRef },
    componentType: textOf(spec['type']) ?? 'other',
    lifecycle: textOf(spec['lifecycle']) ?? '',
    owner: textOf(spec['owner']) ?? '',
    tags: metadata.tags ?? [],
  };
}

/** Name and address of a person or a team. */
function profileOf(spec: EntityContent['spec'] = {}): { displayName?: string; email?: string } {
  const profile = spec['profile'];
  if (typeof profile !== 'object' || profile === null) return {};
  const displayName = 'displayName' in profile ? textOf(profile.displayName) : undefined;
  const email = 'email' in profile ? textOf(profile.email) : undefined;
  return { ...(displayName === undefined ? {} : { displayName }), ...(email === undefined ? {} : { email }) };
}

/** Kinds of one's own may have anything in a field. */
function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
