import type { RepositoryHostType, SkeletonFile, SkeletonOptions, TemplateProblem } from '@waymark/templating';
import type { DocumentWork } from './documents/document-work.ts';
import type { JsonObject, JsonValue } from './json.ts';

/** What a process for templates is asked; every part of it may come from somebody who means harm. */
export type TemplateTask =
  | { kind: 'values'; value: JsonValue; context: JsonObject; outcome: StepOutcome; hosts: HostTypes }
  | { kind: 'skeleton'; files: readonly PlacedFile[]; options: SkeletonOptions; hosts: HostTypes }
  | { kind: 'validate'; schemas: readonly JsonObject[]; value: JsonValue }
  | { kind: 'names'; texts: readonly string[] }
  | { kind: 'document'; work: DocumentWork };

/** Kind of Git host by name, for filters that take addresses of repositories apart. */
export type HostTypes = Readonly<Record<string, RepositoryHostType>>;

/** How the steps before went, for `always()` and `failure()`. */
export type StepOutcome = 'succeeded' | 'failed';

/** A file of a skeleton with its mode. */
export interface PlacedFile extends SkeletonFile {
  isExecutable: boolean;
}

/** A value that does not fit its schema. */
export interface SchemaIssue {
  /** JSON pointer into the value. */
  path: string;
  message: string;
}

export interface TemplateAnswers {
  values: { value: JsonValue | undefined };
  skeleton: { files: PlacedFile[] };
  validate: { issues: SchemaIssue[] };
  names: { filters: string[]; functions: string[] };
  document: { value: JsonValue | undefined };
}

/** An answer, or what is wrong with the template. */
export type TemplateResult<Kind extends TemplateTask['kind'] = TemplateTask['kind']> =
  TemplateAnswers[Kind] | { problem: TemplateProblem };
