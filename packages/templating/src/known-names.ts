import { createTemplateFilters, type FilterSettings } from './template-filters.ts';

/** Filters of Nunjucks 3.2.4, all of which the engine has. */
const nunjucksFilters =
  'abs batch capitalize center d default dictsort dump e escape first float forceescape groupby indent int join last length list lower nl2br random reject rejectattr replace reverse round safe select selectattr slice sort string striptags sum title trim truncate upper urlencode urlize wordcount';

/** The names of the filters are the same in every installation. */
const anyInstallation: FilterSettings = {
  hostTypeOf: () => undefined,
  parseRef: () => ({ kind: '', namespace: '', name: '' }),
};

/** Every filter that templates may name: those of Nunjucks and those of Backstage's scaffolder. */
export const knownFilters: ReadonlySet<string> = new Set([
  ...nunjucksFilters.split(' '),
  ...Object.keys(createTemplateFilters(anyInstallation)),
]);

/** Every function: those of Nunjucks, and those that the `if` of a step has in Backstage. */
export const knownFunctions: ReadonlySet<string> = new Set([
  'cycler',
  'joiner',
  'range',
  'always',
  'failure',
]);
