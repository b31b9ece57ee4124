import { parseEntityRef } from '@backstage/catalog-model';
import toPath from 'lodash.topath';
import type { TemplateFilter, TemplateValue } from 'nunjitsu';
import { parseRepoUrl, type RepositoryHostType } from './repo-url.ts';

/** What filters need to know of this installation. */
export interface FilterSettings {
  hostTypeOf: (host: string) => RepositoryHostType | undefined;
}

/** The filters that Backstage's scaffolder has beside those of Nunjucks, by name. */
export function createTemplateFilters({ hostTypeOf }: FilterSettings): Record<string, TemplateFilter> {
  return {
    parseRepoUrl: (url) => ({ ...parseRepoUrl(textOf(url, 'parseRepoUrl'), hostTypeOf) }),
    projectSlug: (url) => {
      const { owner, repo } = parseRepoUrl(textOf(url, 'projectSlug'), hostTypeOf);
      return `${owner}/${repo}`;
    },
    parseEntityRef: (ref, context) => ({
      ...parseEntityRef(textOf(ref, 'parseEntityRef'), entityContext(context)),
    }),
    pick: (value, path) => valueAt(value, textOf(path, 'pick')),
  };
}

function textOf(value: TemplateValue | undefined, filter: string): string {
  if (typeof value !== 'string') throw new TypeError(`${filter} needs a text.`);
  return value;
}

function entityContext(context: TemplateValue | undefined): {
  defaultKind?: string;
  defaultNamespace?: string;
} {
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
