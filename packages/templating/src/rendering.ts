/** Rendering of templates and skeletons, and reading of the names in them. */
export { createTemplateFilters } from './template-filters.ts';
export type { FilterSettings } from './template-filters.ts';
export { renderValues } from './render-values.ts';
export { readTemplateNames } from './template-names.ts';
export { createSkeletonRenderer } from './skeleton.ts';
