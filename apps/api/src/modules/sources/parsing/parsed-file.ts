import type { References } from '@waymark/catalog-model';
import type { SourceProblem } from '@waymark/contracts';
import type { AllowedKind } from './allowed-kinds.ts';
import type { CustomKind, DescriptorLimits } from './parse-settings.ts';

/** A file to parse, as it crosses into a process. */
export interface FileToParse {
  path: string;
  bytes: Uint8Array;
  /** Annotations to add; a value in the file wins. */
  annotations: Record<string, string>;
  /** Kinds that the file may hold; without it, all that are known. */
  allowedKinds?: readonly AllowedKind[];
  /** Texts of what its placeholders name, once they were read. */
  references?: References;
}

/** One batch for a process. */
export interface ParseTask {
  /** Without any, the process only gets ready for the first. */
  files: FileToParse[];
  kinds: CustomKind[];
  limits: DescriptorLimits;
}

/** What became of a file. Nothing in it is a tree of objects, so it crosses processes cheaply. */
export interface ParsedFile {
  path: string;
  /** How many documents are valid, and each of them as `writeIncomingRow` writes it, in UTF-8. */
  rowCount: number;
  rows: Uint8Array;
  problems: SourceProblem[];
  /** Refs of documents that are not valid now: their last good version stays, with the error. */
  brokenRefs: string[];
  /** A document could not even be identified, so no entity of this file can be called gone. */
  hasUnidentified: boolean;
  /** What Location entities of the file point at. */
  locationTargets: LocationTarget[];
  /** What the placeholders of valid documents name, each once. */
  placeholderTargets: string[];
}

/** One target of a Location entity. */
export interface LocationTarget {
  target: string;
  /** `spec.type`, if it has one. */
  type: string | undefined;
  isOptional: boolean;
  line: number;
  ref: string;
}

/** A file of which nothing but its problems is known. */
export function unreadableFile(path: string, problems: SourceProblem[]): ParsedFile {
  return {
    ...{ path, rowCount: 0, rows: new Uint8Array(), problems, brokenRefs: [], hasUnidentified: true },
    ...{ locationTargets: [], placeholderTargets: [] },
  };
}
