import type { Database } from '@waymark/db';
import {
  sourceSchema,
  type Source,
  type SourceConflict,
  type SourceOrigin,
  type SourceType,
} from '@waymark/contracts';
import { withoutPassword } from '../../platform/shown-url.ts';

/** A source as it is declared. */
export interface SourceDeclaration {
  type: SourceType;
  target: string;
  branch?: string;
  path?: string;
  origin: SourceOrigin;
  /** What it needs beside target, branch and path: filters of a discovery. */
  settings?: unknown;
  /** Names the source where target, branch and path may change and it shall still be the same. */
  identity?: string;
}

/** What tells a source from all others. */
export type SourceIdentity = Pick<SourceDeclaration, 'type' | 'target' | 'identity'> & {
  branch?: string | undefined;
  path?: string | undefined;
};

/** What a reader of a source needs to know of its row. */
export interface SourceToRead extends SourceDeclaration {
  id: string;
  /** The target as logs may have it; `target` itself may hold a password. */
  shownTarget: string;
  revision: string | undefined;
  fingerprint: string | undefined;
  /** Ordinal of this read among all reads of the source. */
  readOrdinal: number;
  /** The discovery that found it. */
  parentId: string | undefined;
}

/** A row of `catalog_source`. */
export type SourceRow = Awaited<ReturnType<Database['prisma']['catalogSource']['findFirstOrThrow']>>;

/** A conflict as the query gives it. */
export interface ConflictRow {
  id: string;
  ref: string;
  path: string;
  line: number;
  holder_source_id: string;
  holder_target: string;
  holder_path: string;
  holder_line: number;
}

/** A conflict in the shape of the contract. */
export function conflictOf(row: ConflictRow): SourceConflict {
  return {
    entityRef: row.ref,
    path: row.path,
    line: row.line,
    holder: {
      sourceId: row.holder_source_id,
      sourceTarget: withoutPassword(row.holder_target),
      path: row.holder_path,
      line: row.holder_line,
    },
  };
}

/**
 * Identity of a source, by which whoever declares it finds it again. Where it has no name of its own, changing any part
 * makes another source.
 */
export function sourceKey({ type, target, branch, path, identity }: SourceIdentity): string {
  if (identity !== undefined) return JSON.stringify([type, identity]);
  return JSON.stringify([type, target, branch ?? null, path ?? null]);
}

function declarationOf(row: SourceRow): SourceDeclaration {
  return {
    // The columns are written from declarations only.
    type: row.type as SourceType,
    target: row.target,
    ...(row.branch === null ? {} : { branch: row.branch }),
    ...(row.path === null ? {} : { path: row.path }),
    // As above.
    origin: row.origin as SourceOrigin,
  };
}

/** What a reader needs of a row. */
export function sourceToRead(row: SourceRow): SourceToRead {
  return {
    ...declarationOf(row),
    id: String(row.id),
    shownTarget: withoutPassword(row.target),
    revision: row.revision ?? undefined,
    fingerprint: row.fingerprint ?? undefined,
    readOrdinal: Number(row.readsStarted),
    parentId: row.parentId?.toString(),
    ...(row.settings === null ? {} : { settings: row.settings }),
  };
}

/** What the repositories of a discovery have together. */
export type RepositorySums = Record<
  'files' | 'entities' | 'added' | 'changed' | 'removed' | 'errors' | 'warnings' | 'notes' | 'conflicts',
  number
> & { childCount: number };

const NOTHING_FOUND: RepositorySums = {
  ...{ files: 0, entities: 0, added: 0, changed: 0, removed: 0, errors: 0, warnings: 0, notes: 0 },
  ...{ conflicts: 0, childCount: 0 },
};

/** Whether sources of this type find other sources. */
export function isDiscovery(type: string): boolean {
  return type === 'github-discovery' || type === 'gitlab-discovery';
}

/**
 * A row in the shape of the contract, with the target as everybody may see it.
 *
 * @param sums of the repositories, for a discovery that has any
 */
export function sourceOf(row: SourceRow, freshnessTargetSeconds: number, sums?: RepositorySums): Source {
  const counts = isDiscovery(row.type) ? (sums ?? NOTHING_FOUND) : row;
  const instant = (date: Date | null) => date?.toISOString();
  const optional = {
    progress: row.progress ?? undefined,
    revision: row.revision ?? undefined,
    lastReadAt: instant(row.lastReadAt),
    lastSuccessAt: instant(row.lastSuccessAt),
    nextReadAt: instant(row.nextReadAt),
    durationMs: row.durationMs ?? undefined,
    error: row.error ?? undefined,
    parentId: row.parentId?.toString(),
    createdBy: row.createdBy ?? undefined,
    rateLimit: row.rateLimit ?? undefined,
    childCount: 'childCount' in counts ? counts.childCount : undefined,
  };
  return sourceSchema.parse({
    ...declarationOf(row),
    target: withoutPassword(row.target),
    ...optional,
    id: String(row.id),
    state: row.state,
    isPaused: row.isPaused,
    freshnessTargetSeconds,
    counts: {
      files: counts.files,
      entities: counts.entities,
      added: counts.added,
      changed: counts.changed,
      removed: counts.removed,
      errors: counts.errors,
      warnings: counts.warnings,
      notes: counts.notes,
      conflicts: counts.conflicts,
    },
  });
}
