import type { Entity } from '@backstage/catalog-model';
import type { YamlLimits } from './careful-yaml.ts';
import type { DescriptorProblem } from './problem.ts';
import type { EmittedRelation } from './relations.ts';

/** Bounds for one document. */
export interface DocumentLimits extends YamlLimits {
  /** Bytes of a document in UTF-8. */
  maxDocumentBytes: number;
}

/** Bounds for a file and its documents. */
export interface DescriptorLimits extends DocumentLimits {
  /** Bytes of a file in UTF-8. */
  maxFileBytes: number;
}

/** One document of a descriptor file. */
export interface DescriptorDocument {
  /** Position among the documents of the file that hold anything, counted from 0. */
  index: number;
  /** Line of the file on which the text begins, counted from 1. */
  line: number;
  /** The text as it stands in the file. */
  text: string;
  /** The entity with its namespace filled in; only when no problem of the document is an error. */
  entity?: Entity;
  /** The canonical reference whenever kind and name could be read, also from a document with errors. */
  ref?: string;
  /** The relations that the entity declares, in its own direction; empty without an entity. */
  relations: EmittedRelation[];
  /** What the placeholders of the document name, each once: paths and URLs as they stand in the file. */
  placeholderTargets?: string[];
  /** Everything worth knowing, in the order of the lines. */
  problems: DescriptorProblem[];
}

/**
 * A parsed file. A problem of level `error` at the file itself means that none of its documents were read: it says
 * nothing about which entities the file holds.
 */
export interface DescriptorFile {
  documents: DescriptorDocument[];
  problems: DescriptorProblem[];
}
