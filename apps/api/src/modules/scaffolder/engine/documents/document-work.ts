import type { ToStringOptions } from 'yaml';
import type { JsonObject, JsonValue } from '../json.ts';

/** How a text says its data. `multiyaml`: a list of all documents of a YAML stream. */
export type DocumentFormat = 'json' | 'yaml' | 'multiyaml';

/** Data as such, or a text that says it. */
export type DocumentSource = { data: JsonValue } | { text: string; format: DocumentFormat; file: string };

/** What becomes of data: it is handed on as such, or as a text. */
export type DocumentTarget =
  | { format: 'value' }
  | { format: 'json'; replacer?: string[] | undefined; space?: string | number | undefined }
  | { format: 'yaml'; replacer?: string[] | undefined; options?: YamlOptions | undefined };

/** How YAML is written. */
export type YamlOptions = Pick<
  ToStringOptions,
  | 'blockQuote'
  | 'collectionStyle'
  | 'defaultKeyType'
  | 'defaultStringType'
  | 'directives'
  | 'doubleQuotedAsJSON'
  | 'doubleQuotedMinMultiLineLength'
  | 'falseStr'
  | 'flowCollectionPadding'
  | 'indent'
  | 'indentSeq'
  | 'lineWidth'
  | 'minContentWidth'
  | 'nullStr'
  | 'simpleKeys'
  | 'singleQuote'
  | 'trueStr'
>;

interface MergeWork {
  file: string;
  text: string;
  /** A mapping, or a text that says one. */
  content: JsonObject | string;
  /** Whether a list gets further entries; else it is replaced. */
  mergeArrays: boolean;
}

/** Merges data into a JSON file. */
export interface JsonMergeWork extends MergeWork {
  kind: 'merge-json';
  /** Whether the text keeps the indentation that it has; else it gets two blanks. */
  matchFileIndent: boolean;
}

/** Merges data into one document of a YAML file. */
export interface YamlMergeWork extends MergeWork {
  kind: 'merge-yaml';
  preserveComments: boolean;
  /** Chooses the document of a stream that has this value at some place under this key. */
  documentWith: { key: string; value: string } | undefined;
  options: YamlOptions;
}

/** Replaces a text, or what a pattern matches, wherever it is found. */
export interface ReplaceWork {
  kind: 'replace';
  file: string;
  text: string;
  find: string;
  replaceWith: string;
  isPattern: boolean;
}

/** Work on texts and data that a template brings: it takes as long as their author wants. */
export type DocumentWork =
  | { kind: 'convert'; source: DocumentSource; target: DocumentTarget }
  | { kind: 'query'; source: DocumentSource; expression: string; target: DocumentTarget }
  | JsonMergeWork
  | YamlMergeWork
  | ReplaceWork;
