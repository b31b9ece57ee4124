import { createHash } from 'node:crypto';

/** A kind that the configuration adds to the core kinds. */
export interface CustomKind {
  apiVersion: string;
  kind: string;
  schema?: Record<string, unknown> | undefined;
}

/** Bounds on what is parsed at all. */
export interface DescriptorLimits {
  maxFileBytes: number;
  maxDocumentBytes: number;
  maxDepth: number;
  maxAliasCount: number;
}

/** Grows with every change that can change the verdict over a file: all are read again. */
const PARSER_VERSION = 4;

/**
 * Identity of everything but the content that decides what becomes of a file. It is part of each
 * file's content id, so that a changed configuration is noticed like a changed file.
 */
export function parserFingerprint(kinds: readonly CustomKind[], limits: DescriptorLimits): string {
  return createHash('sha256')
    .update(JSON.stringify([PARSER_VERSION, kinds, limits]))
    .digest('hex')
    .slice(0, 12);
}
