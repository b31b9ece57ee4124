import toPath from 'lodash.topath';
import type { TemplateFilter, TemplateValue } from 'nunjitsu';
import { parseRepoUrl, type RepositoryHostType } from './repo-url.ts';

/** Where the parts come from that a reference to an entity leaves out. */
export interface EntityRefDefaults {
  defaultKind?: string;
  defaultNamespace?: string;
}

/** What filters need to know of this installation. */
export interface FilterSettings {
  hostTypeOf: (host: string) => RepositoryHostType | undefined;
  /** Reads `[kind:][namespace/]name`. Given from outside, since what knows the catalog's model takes long to load. */
  parseRef: (ref: string, defaults: EntityRefDefaults) => { kind: string; namespace: string; name: string };
}

/** The filters that Backstage's scaffolder has beside those of Nunjucks, by name. */
export function createTemplateFilters({
  hostTypeOf,
  parseRef,
}: FilterSettings): Record<string, TemplateFilter> {
  return {
    parseRepoUrl: (url) => ({ ...parseRepoUrl(textOf(url, 'parseRepoUrl'), hostTypeOf) }),
    projectSlug: (url) => {
      const { owner, repo } = parseRepoUrl(textOf(url, 'projectSlug'), hostTypeOf);
      return `${owner}/${repo}`;
    },
    parseEntityRef: (ref, context) => ({
      ...parseRef(textOf(ref, 'parseEntityRef'), refDefaults(context)),
    }),
    pick: (value, path) => valueAt(value, textOf(path, 'pick')),
  };
}

function textOf(value: TemplateValue | undefined, filter: string): string {
  if (typeof value !== 'string') throw new TypeError(`${filter} needs a text.`);
  return value;
}

function refDefaults(context: TemplateValue | undefined): EntityRefDefaults {
  const defaultKind = valueAt(context, 'defaultKind');
  const defaultNamespace = valueAt(context, 'defaultNamespace');
  return {
    ...(typeof defaultKind === 'string' && { defaultKind }),
    ...(typeof defaultNamespace === 'string' && { defaultNamespace }),
  };
}

/** As lodash's `get`, but for what an object only inherits. */
function valueAt(value: TemplateValue | undefined, path: string): TemplateValue | undefined {
  let current: unknown = value;
  for (const key of toPath(path)) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined;
    current = Reflect.get(current, key);
  }
  return current as TemplateValue | undefined; // a part of a template value is one
}
