/** How much a problem matters: an `error` refuses the entity, a `warning` and an `info` do not. */
export type ProblemLevel = 'error' | 'warning' | 'info';

/**
 * Every code that this package gives to a problem, with what it stands for.
 * `yaml.*`: the text is no usable YAML. `file.*` and `document.*`: refused or noted before validation.
 * `entity.*`: the entity breaks a rule of the catalog.
 */
export const problemCodes = {
  'yaml.syntax': 'The text is not valid YAML',
  'yaml.duplicate-key': 'A key stands twice in one mapping',
  'yaml.key-not-text': 'A key is a list or a mapping',
  'yaml.too-deep': 'The document is nested too deeply',
  'yaml.too-many-aliases': 'The document uses too many aliases',
  'yaml.number-not-exact': 'A number cannot be stored without changing it',
  'yaml.forbidden-key': 'A key has a name that JavaScript reserves',
  'yaml.unsupported-tag': 'A YAML tag is not supported',
  'yaml.merge-key': 'A merge key is not expanded',
  'yaml.old-version': 'The document asks for YAML 1.1',
  'file.not-text': 'The file is not UTF-8 text',
  'file.too-large': 'The file is larger than allowed',
  'file.too-many-documents': 'The file holds more documents than allowed',
  'document.too-large': 'The document is larger than allowed',
  'document.not-an-object': 'The document is not a mapping',
  'document.templated': 'The document is a template skeleton, not a descriptor',
  'document.more-problems': 'The document has more problems than are listed',
  'entity.no-envelope': 'The document is not a descriptor',
  'entity.unknown-kind': 'The kind is not known to this catalog',
  'entity.invalid': 'A field breaks a rule of the format',
  'entity.ambiguous-key': 'Two fields differ only in upper and lower case',
  'entity.bad-reference': 'A reference to another entity cannot be read',
  'entity.duplicate-ref': 'The file declares the same entity twice',
  'entity.not-json': 'A value cannot be stored as JSON',
  'entity.unsafe-link': 'A link would run code when it is opened',
  'entity.unlikely-reference': 'A reference that no entity can match',
  'entity.probable-typo': 'A field looks like a misspelt known field',
  'entity.ignored-field': 'A field is set by the catalog and ignored in a file',
  'entity.unresolved-placeholder': 'A placeholder was left as it is',
  'entity.bad-placeholder': 'A placeholder cannot be filled in',
} as const;

/** The code of a problem; see {@link problemCodes}. */
export type ProblemCode = keyof typeof problemCodes;

/** Something that is wrong with, or worth knowing about, an entity. */
export interface EntityProblem {
  level: ProblemLevel;
  code: ProblemCode;
  /** One sentence that says what is wrong. */
  message: string;
  /** What to do about it. */
  hint: string;
  /** The field, for example `spec.owner`, `spec.dependsOn[1]` or `metadata.annotations["a.b/c"]`. */
  path?: string;
}

/** An {@link EntityProblem} with its place in the file that was read. */
export interface DescriptorProblem extends EntityProblem {
  /** Line in the file, counted from 1. */
  line: number;
  /** Column in that line, counted from 1 in UTF-16 code units. */
  column?: number;
}

/** A path into an entity: keys of objects, and indexes of lists as decimal text. */
export type FieldPath = readonly string[];

/**
 * A problem before it is known where the value stands in a text.
 * `at` says what to point to: the key of the path, its value, or the nearest part that exists.
 */
export interface Finding {
  level: ProblemLevel;
  code: ProblemCode;
  message: string;
  hint: string;
  path: FieldPath;
  at: 'key' | 'value';
}

/** A problem at an offset of the text of a document. */
export type TextProblem = Omit<Finding, 'path' | 'at'> & { offset: number; path?: readonly string[] };

/** Line (of the file) and column of an offset in the text of a document, both counted from 1. */
export type Locate = (offset: number) => { line: number; column: number };

/** No document reports more problems than this; the rest is counted in a last one. */
export const maxProblemsPerDocument = 50;

/** So many findings are more than anybody reads: each check stops there, or a hostile list would yield one an item. */
export const maxFindings = 1000;

const plainKey = /^[A-Za-z_$][\w$-]*$/;
const listIndex = /^(?:0|[1-9]\d*)$/;

/** The path as people write it: `spec.dependsOn[1]`, `metadata.labels["a.b/c"]`. Empty for the root. */
export function formatPath(path: FieldPath): string {
  let text = '';
  for (const key of path) {
    if (plainKey.test(key)) text += text === '' ? key : `.${key}`;
    else text += listIndex.test(key) ? `[${key}]` : `[${escapeInvisible(JSON.stringify(key))}]`;
  }
  return text;
}

/** Gives a finding the shape that leaves this package when there is no text to point into. */
export function toEntityProblem(finding: Finding): EntityProblem {
  const { level, code, message, hint, path } = finding;
  return { level, code, message, hint, ...(path.length > 0 ? { path: formatPath(path) } : {}) };
}

const levelOrder: Record<ProblemLevel, number> = { error: 0, warning: 1, info: 2 };

/** Shortens a list of problems to {@link maxProblemsPerDocument}, errors first, with a last one that counts the rest. */
export function limitProblems<Problem extends EntityProblem>(all: Problem[]): Problem[] {
  if (all.length <= maxProblemsPerDocument) return all;
  const problems = all.toSorted((left, right) => levelOrder[left.level] - levelOrder[right.level]);
  const omitted = problems[maxProblemsPerDocument];
  if (omitted === undefined) return problems;
  const count = problems.length - maxProblemsPerDocument;
  const summary: Problem = {
    ...omitted,
    level: 'info',
    code: 'document.more-problems',
    message: `At least ${count} more ${count === 1 ? 'problem is' : 'problems are'} not listed.`,
    hint: 'Correct those above first; the rest shows when the file is read again.',
  };
  return [...problems.slice(0, maxProblemsPerDocument), summary];
}

/** Characters that a reader does not see, or that change the order of those around them. */
const invisible = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\u3164\uFFA0]/gu;

/** Whether a text has characters that a reader does not see. */
export function hasInvisible(text: string): boolean {
  return text.search(invisible) >= 0;
}

/** The text with every character that cannot be seen written as its code point, `\u{202e}`. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

/** A value in a message: text in quotes with unprintable characters escaped, all of it cut to about 60 characters. */
export function quote(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return escapeInvisible(JSON.stringify(shorten(value)));
    case 'object':
      return escapeInvisible(shorten(JSON.stringify(value)));
    case 'number':
    case 'boolean':
    case 'bigint':
      return String(value);
    default:
      return typeof value;
  }
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
