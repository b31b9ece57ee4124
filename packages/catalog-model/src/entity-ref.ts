import {
  DEFAULT_NAMESPACE,
  makeValidator,
  parseEntityRef,
  stringifyEntityRef,
  type CompoundEntityRef,
  type Entity,
} from '@backstage/catalog-model';

/** The namespace of an entity that names none. */
export const defaultNamespace = DEFAULT_NAMESPACE;

/** Where the parts come from that a reference leaves out. */
export interface RefContext {
  /** The kind when the reference has none. Without it such a reference is an error. */
  defaultKind?: string;
  /** The namespace when the reference has none: in a spec, the one of the entity that holds it. `default` if unset. */
  defaultNamespace?: string;
}

const formats = makeValidator();

/**
 * Reads `[kind:][namespace/]name`, or the same as an object, and fills in what the context knows.
 * Parts keep their case.
 *
 * @throws an `Error` when a part is empty, or the kind is missing and the context gives none.
 */
export function parseRef(
  ref: string | { kind?: string; namespace?: string; name: string },
  context: RefContext = {},
): CompoundEntityRef {
  return parseEntityRef(ref, context);
}

/** The canonical text of a reference: `kind:namespace/name` in lower case, with the default namespace filled in. */
export function stringifyRef(
  ref: Entity | { kind: string; namespace?: string | undefined; name: string },
): string {
  if ('metadata' in ref) return stringifyEntityRef(ref);
  return stringifyEntityRef({
    kind: ref.kind,
    namespace: ref.namespace ?? defaultNamespace,
    name: ref.name,
  });
}

/** Whether an entity with this reference can exist, by the format rules of kind, namespace and name. */
export function canExist(ref: CompoundEntityRef): boolean {
  return (
    formats.isValidKind(ref.kind) &&
    formats.isValidNamespace(ref.namespace.toLowerCase()) &&
    formats.isValidEntityName(ref.name)
  );
}

/**
 * The canonical reference of something that may be no valid entity, when kind and name (and the namespace, if
 * there is one) can be read and are well formed.
 */
export function readableRef(value: unknown): string | undefined {
  if (!isRecord(value) || !isRecord(value['metadata'])) return undefined;
  const { kind } = value;
  const { name, namespace } = value['metadata'];
  if (typeof kind !== 'string' || typeof name !== 'string') return undefined;
  const ref = { kind, name, namespace: typeof namespace === 'string' ? namespace : defaultNamespace };
  return canExist(ref) ? stringifyRef(ref) : undefined;
}

/** Whether the value is an object with keys: neither `null` nor a list. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
