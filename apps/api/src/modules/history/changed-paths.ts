import { isRecord } from '@waymark/catalog-model';
/** Paths told of one change; who wants all of them compares the texts. */
export const MAX_CHANGED_PATHS = 50;

/**
 * Dotted paths at which two JSON values differ, in the order of the newer one, at most
 * {@link MAX_CHANGED_PATHS}. Lists are compared as a whole.
 */
export function changedPaths(before: unknown, after: unknown): string[] {
  const paths: string[] = [];
  collect(before, after, '', paths);
  return paths;
}

function collect(before: unknown, after: unknown, path: string, paths: string[]): void {
  if (paths.length >= MAX_CHANGED_PATHS) return;
  if (!isRecord(before) || !isRecord(after)) {
    if (JSON.stringify(before) !== JSON.stringify(after)) paths.push(path);
    return;
  }
  for (const key of new Set([...Object.keys(after), ...Object.keys(before)])) {
    collect(ownValue(before, key), ownValue(after, key), path === '' ? key : `${path}.${key}`, paths);
  }
}

/** Keys come from files: one may have the name of something that every object inherits. */
function ownValue(mapping: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(mapping, key) ? mapping[key] : undefined;
}
