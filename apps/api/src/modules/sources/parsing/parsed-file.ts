import type { SourceProblem } from '@waymark/contracts';
import type { CustomKind, DescriptorLimits } from './parse-settings.ts';

/** A file to parse, as it crosses into the worker thread. */
export interface FileToParse {
  path: string;
  bytes: Uint8Array;
  /** Annotations to add; a value in the file wins. */
  annotations: Record<string, string>;
}

/** One batch for the worker thread. */
export interface ParseTask {
  files: FileToParse[];
  kinds: CustomKind[];
  limits: DescriptorLimits;
}

/** What became of a file. Nothing in it is a tree of objects, so it crosses threads cheaply. */
export interface ParsedFile {
  path: string;
  /** Valid documents as JSON text of one row each, as `incoming_document` takes them. */
  rows: string[];
  problems: SourceProblem[];
  /** Refs of documents that are not valid now: their last good version stays, with the error. */
  brokenRefs: string[];
  /** A document could not even be identified, so no entity of this file can be called gone. */
  hasUnidentified: boolean;
  /** What Location entities of the file point at. */
  locationTargets: { target: string; isOptional: boolean; line: number; ref: string }[];
}
