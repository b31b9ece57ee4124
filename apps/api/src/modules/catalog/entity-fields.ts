import { isRecord } from '@waymark/catalog-model';
import { isReservedName } from '../../platform/reserved-names.ts';
import { toIndexKey } from './read-index/query-path.ts';

/** A JSON object as it comes out of `JSON.parse`. */
type JsonObject = Record<string, unknown>;

/**
 * The paths of a `fields` parameter.
 *
 * @throws AppError `catalog.bad-filter` for a path that reaches an object's prototype
 */
export function fieldPaths(fields: readonly string[] | undefined): readonly string[] {
  for (const path of fields ?? []) toIndexKey(path, 'catalog.bad-filter');
  return fields ?? [];
}

/**
 * Keeps only the given dotted paths of an entity. A key that itself holds dots
 * (`metadata.annotations.backstage.io/view-url`) is found too: at each object the longest key wins.
 */
export function pickFields(entity: JsonObject, paths: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const path of paths) copyPath(entity, picked, path);
  return picked;
}

function copyPath(source: JsonObject, target: JsonObject, path: string): void {
  const key = longestKey(source, path);
  if (key === undefined || isReservedName(key)) return;
  const value = source[key];
  if (key.length === path.length) {
    target[key] = value;
    return;
  }
  if (!isRecord(value)) return;
  const known = target[key];
  const child: JsonObject = isRecord(known) ? known : {};
  copyPath(value, child, path.slice(key.length + 1));
  if (Object.keys(child).length > 0) target[key] = child;
}

/** The value at a dotted path, found as {@link pickFields} does; undefined where there is none. */
export function valueAtPath(entity: JsonObject, path: string): unknown {
  const key = longestKey(entity, path);
  if (key === undefined) return undefined;
  const value = entity[key];
  if (key.length === path.length) return value;
  return isRecord(value) ? valueAtPath(value, path.slice(key.length + 1)) : undefined;
}

/** The longest own key that is the path or a prefix of it that ends at a dot. */
function longestKey(object: JsonObject, path: string): string | undefined {
  for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
    const key = path.slice(0, end);
    if (Object.hasOwn(object, key)) return key;
  }
  return undefined;
}

/** The same on JSON text; without paths the text stays as it is. */
export function projectJson(json: string, paths: readonly string[]): string {
  if (paths.length === 0) return json;
  // An entity's text is always that of an object.
  return JSON.stringify(pickFields(JSON.parse(json) as JsonObject, paths));
}
