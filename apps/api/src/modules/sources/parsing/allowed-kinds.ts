/** One entry of `allow`: a kind, or a kind with one value of `spec.type`. */
export interface AllowedKind {
  kind: string;
  specType?: string | undefined;
}

/** Whether a rule of the list allows an entity. Kinds and types are compared without regard to case. */
export function isAllowedKind(
  allowed: readonly AllowedKind[],
  entity: { kind: string; spec?: Record<string, unknown> | undefined },
): boolean {
  const specType = entity.spec?.['type'];
  return allowed.some(
    (entry) =>
      isSame(entry.kind, entity.kind) &&
      (entry.specType === undefined || (typeof specType === 'string' && isSame(entry.specType, specType))),
  );
}

function isSame(left: string, right: string): boolean {
  return left.toLowerCase() === right.toLowerCase();
}
