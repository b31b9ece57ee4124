/** What is cheap to know of templates. What renders them is in `rendering.ts`, for the threads that do. */
export { parseRepoUrl, RepoUrlError } from './repo-url.ts';
export type { RepositoryHostType, RepositoryLocation } from './repo-url.ts';
export { TemplateProblemError } from './template-problem.ts';
export type { TemplateProblem, ValuePath } from './template-problem.ts';
export { knownFilters, knownFunctions } from './known-names.ts';
export type { TemplateNames } from './template-names.ts';
export type { RenderValuesOptions } from './render-values.ts';
export type { SkeletonEnvironment, SkeletonFile, SkeletonOptions, SkeletonRenderer } from './skeleton.ts';
