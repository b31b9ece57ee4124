import type { Database } from '@waymark/db';
import { sourceSchema, type Source, type SourceConflict } from '@waymark/contracts';

/** A source as it is declared. */
export interface SourceDeclaration {
  type: 'file' | 'git';
  target: string;
  branch?: string;
  path?: string;
  origin: 'config' | 'demo';
}

/** What a reader of a source needs to know of its row. */
export interface SourceToRead extends SourceDeclaration {
  id: string;
  revision: string | undefined;
  fingerprint: string | undefined;
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
      sourceTarget: row.holder_target,
      path: row.holder_path,
      line: row.holder_line,
    },
  };
}

/** Identity of a source: changing any part makes another source. */
export function sourceKey({ type, target, branch, path }: SourceDeclaration): string {
  return JSON.stringify([type, target, branch ?? null, path ?? null]);
}

function declarationOf(row: SourceRow): SourceDeclaration {
  return {
    // The columns are written from declarations only.
    type: row.type as SourceDeclaration['type'],
    target: row.target,
    ...(row.branch === null ? {} : { branch: row.branch }),
    ...(row.path === null ? {} : { path: row.path }),
    // As above.
    origin: row.origin as SourceDeclaration['origin'],
  };
}

/** What a reader needs of a row. */
export function sourceToRead(row: SourceRow): SourceToRead {
  return {
    ...declarationOf(row),
    id: String(row.id),
    revision: row.revision ?? undefined,
    fingerprint: row.fingerprint ?? undefined,
  };
}

/** A row in the shape of the contract. */
export function sourceOf(row: SourceRow, freshnessTargetSeconds: number): Source {
  const instant = (date: Date | null) => date?.toISOString();
  const optional = {
    progress: row.progress ?? undefined,
    revision: row.revision ?? undefined,
    lastReadAt: instant(row.lastReadAt),
    lastSuccessAt: instant(row.lastSuccessAt),
    nextReadAt: instant(row.nextReadAt),
    durationMs: row.durationMs ?? undefined,
    error: row.error ?? undefined,
  };
  return sourceSchema.parse({
    ...declarationOf(row),
    ...optional,
    id: String(row.id),
    state: row.state,
    freshnessTargetSeconds,
    counts: {
      files: row.files,
      entities: row.entities,
      added: row.added,
      changed: row.changed,
      removed: row.removed,
      errors: row.errors,
      warnings: row.warnings,
      notes: row.notes,
      conflicts: row.conflicts,
    },
  });
}
