import type { PartialEntity } from '@waymark/contracts';

/** The three parts of a reference, in lower case. */
export interface EntityRefParts {
  kind: string;
  namespace: string;
  name: string;
}

const defaultNamespace = 'default';

/** `kind:namespace/name` in lower case, as the catalog writes references. */
export function stringifyRef({ kind, namespace, name }: EntityRefParts): string {
  return `${kind}:${namespace}/${name}`.toLowerCase();
}

/** Reads `kind:namespace/name`; the kind and the namespace may be left out where a default is given. */
export function parseRef(ref: string, defaults: { kind?: string; namespace?: string } = {}): EntityRefParts {
  const match = /^(?:([^:/]+):)?(?:([^:/]+)\/)?(.+)$/s.exec(ref);
  return {
    kind: (match?.[1] ?? defaults.kind ?? 'component').toLowerCase(),
    namespace: (match?.[2] ?? defaults.namespace ?? defaultNamespace).toLowerCase(),
    name: (match?.[3] ?? ref).toLowerCase(),
  };
}

/** What a reader does not see, or what turns the line around. */
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\u3164\uFFA0]/gu;

/**
 * What a reference is called among people: its name, with the namespace only where it is not the default. What leads
 * to no entity may be any text: characters that hide or reorder others stand there as code points, `\u{202e}`.
 */
export function refLabel(ref: string): string {
  const { namespace, name } = parseRef(ref);
  const label = namespace === defaultNamespace ? name : `${namespace}/${name}`;
  return label.replace(hidden, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** The reference of an entity as a list gives it. */
export function entityRefOf(entity: PartialEntity): string {
  return stringifyRef({
    kind: entity.kind ?? '',
    namespace: entity.metadata?.namespace ?? defaultNamespace,
    name: entity.metadata?.name ?? '',
  });
}

/** What an entity is called among people: its title, the display name of a profile, or its name. */
export function entityTitle(entity: PartialEntity): string {
  return entity.metadata?.title ?? profileName(entity) ?? entity.metadata?.name ?? 'unnamed';
}

function profileName(entity: PartialEntity): string | undefined {
  const profile = entity.spec?.['profile'];
  if (typeof profile !== 'object' || profile === null || !('displayName' in profile)) return undefined;
  return typeof profile.displayName === 'string' && profile.displayName !== ''
    ? profile.displayName
    : undefined;
}

/** A text of the entity's spec, or undefined where it is missing or something else. */
export function specText(entity: PartialEntity, key: string): string | undefined {
  const value = entity.spec?.[key];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The reference that a text of the spec names, e.g. `spec.owner`, with the defaults of that field. */
export function specRef(entity: PartialEntity, key: string, defaultKind: string): string | undefined {
  const value = specText(entity, key);
  if (value === undefined) return undefined;
  const namespace = entity.metadata?.namespace;
  return stringifyRef(parseRef(value, { kind: defaultKind, ...(namespace ? { namespace } : {}) }));
}
