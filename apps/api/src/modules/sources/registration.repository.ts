import type { Source, SourceOrigin, SourceType } from '@waymark/contracts';
import { inTransaction, recordChange, type Database, type Transaction } from '@waymark/db';
import type { Caller } from '../../platform/auth/caller.ts';
import { withoutPassword } from '../../platform/shown-url.ts';
import type { IngestionRepository } from './ingestion.repository.ts';
import { sourceKey, sourceOf, type SourceDeclaration } from './source-row.repository.ts';
import { SOURCES_CHANNEL } from './sources.repository.ts';

/** Refs that are listed of those that would go. */
const MAX_LISTED_REFS = 100;
/** Sources that the protocol of locations, which has no pages, may list. */
const MAX_LOCATIONS = 10_000;

/** Who holds a ref now, and where. */
export interface RefHolder {
  ref: string;
  sourceId: string;
  sourceTarget: string;
  path: string;
  line: number;
  location: string;
}

/** What removing a source would do. */
export interface RemovalPreview {
  removedCount: number;
  passedOnCount: number;
  removedRefs: string[];
}

/** What may change of a source; `null` takes a value away. */
export interface SourceChange {
  isPaused?: boolean | undefined;
  target?: string | undefined;
  branch?: string | null | undefined;
  path?: string | null | undefined;
}

/** Sources as people add, change and remove them: each with its audit row in the same transaction. */
export interface RegistrationRepository {
  /** Undefined when it is registered already. */
  register(declaration: SourceDeclaration, caller: Caller): Promise<Source | undefined>;
  findByDeclaration(declaration: SourceDeclaration): Promise<Source | undefined>;
  /** Files, repositories and URLs: what Backstage would call a location. */
  listLocations(): Promise<Source[]>;
  findByEntity(ref: string): Promise<Source | undefined>;
  /** `exists`: another source reads just that. `declared`: what it reads is not for people to change. */
  change(
    id: string,
    change: SourceChange,
    caller: Caller,
  ): Promise<'changed' | 'missing' | 'exists' | 'declared'>;
  previewRemoval(id: string): Promise<RemovalPreview>;
  remove(source: Source, caller: Caller): Promise<void>;
  /** The holders of those refs that the catalog has. */
  holdersOf(refs: readonly string[]): Promise<Map<string, RefHolder>>;
}

export function createRegistrationRepository(
  database: Database,
  ingestion: IngestionRepository,
  freshnessTargetSeconds: number,
): RegistrationRepository {
  const { pool, prisma } = database;
  const toSource = (row: Parameters<typeof sourceOf>[0]) => sourceOf(row, freshnessTargetSeconds);
  const find = async (where: { id: bigint } | { key: string }) => {
    const row = await prisma.catalogSource.findUnique({ where });
    return row ? toSource(row) : undefined;
  };
  return {
    async register(declaration, caller) {
      const { type, target, branch, path, origin } = declaration;
      const shown = { type, target: withoutPassword(target) };
      const id = await inTransaction(database, async (transaction) => {
        const { rows } = await transaction.query<{ id: string }>(
          `INSERT INTO catalog_source (key, type, target, branch, path, origin, created_by, state, requested_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'queued', now())
           ON CONFLICT (key) DO NOTHING
           RETURNING id`,
          [sourceKey(declaration), type, target, branch ?? null, path ?? null, origin, caller.actor.ref],
        );
        const inserted = rows[0]?.id;
        if (inserted === undefined) return undefined;
        record(transaction, 'register', inserted, caller, {
          details: { ...shown, branch, path },
          payload: shown,
        });
        return inserted;
      });
      return id === undefined ? undefined : find({ id: BigInt(id) });
    },

    findByDeclaration: (declaration) => find({ key: sourceKey(declaration) }),

    async listLocations() {
      const rows = await prisma.catalogSource.findMany({
        where: { type: { in: ['url', 'file', 'git'] }, parentId: null },
        orderBy: { id: 'asc' },
        take: MAX_LOCATIONS,
      });
      return rows.map(toSource);
    },

    async findByEntity(ref) {
      const { rows } = await pool.query<{ source_id: string }>(
        'SELECT source_id FROM catalog_entity WHERE ref = $1 AND is_holder',
        [ref],
      );
      return rows[0] ? find({ id: BigInt(rows[0].source_id) }) : undefined;
    },

    async change(id, change, caller) {
      try {
        return await inTransaction(database, (open) => changeSource(open, id, change, caller));
      } catch (error) {
        if (isUniqueViolation(error)) return 'exists';
        throw error;
      }
    },

    async previewRemoval(id) {
      const { rows } = await pool.query<{ removed: number; passed_on: number; refs: string[] | null }>(
        `SELECT count(*) FILTER (WHERE NOT has_heir)::int AS removed,
                count(*) FILTER (WHERE has_heir)::int AS passed_on,
                (array_agg(ref ORDER BY ref) FILTER (WHERE NOT has_heir))[1:$2] AS refs
           FROM (
             SELECT e.ref, EXISTS (
                      SELECT 1 FROM catalog_entity r WHERE r.ref = e.ref AND r.source_id <> $1) AS has_heir
               FROM catalog_entity e WHERE e.source_id = $1 AND e.is_holder
           ) AS held`,
        [id, MAX_LISTED_REFS],
      );
      const { removed = 0, passed_on = 0, refs } = rows[0] ?? {};
      return { removedCount: removed, passedOnCount: passed_on, removedRefs: refs ?? [] };
    },

    async remove({ id, target, type }, caller) {
      await ingestion.ingestAtOnce(id, async (open, transaction) => {
        const { removed } = await open.merge({ listedPaths: [], isComplete: true });
        await transaction.query('DELETE FROM catalog_source WHERE id = $1', [id]);
        const details = { type, target, removed };
        record(transaction, 'remove', id, caller, { details, payload: details });
      });
    },

    async holdersOf(refs) {
      const { rows } = await pool.query<RefHolder>(
        `SELECT e.ref, e.source_id AS "sourceId", s.target AS "sourceTarget", f.path, e.line, f.location
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id
           JOIN catalog_source s ON s.id = e.source_id
          WHERE e.is_holder AND e.ref = ANY ($1)`,
        [refs],
      );
      const holders = rows.map((row) => ({ ...row, sourceTarget: withoutPassword(row.sourceTarget) }));
      return new Map(holders.map((holder) => [holder.ref, holder]));
    },
  };
}

async function changeSource(
  transaction: Transaction,
  id: string,
  change: SourceChange,
  caller: Caller,
): Promise<'changed' | 'missing' | 'declared'> {
  const { rows } = await transaction.query<PlaceRow & { origin: SourceOrigin }>(
    'SELECT type, target, branch, path, origin FROM catalog_source WHERE id = $1 FOR UPDATE',
    [id],
  );
  if (!rows[0]) return 'missing';
  const { origin, ...before } = rows[0];
  const after = {
    ...before,
    // Whoever sends back what he was shown means the target that it is, password and all.
    ...(change.target === undefined || change.target === withoutPassword(before.target)
      ? {}
      : { target: change.target }),
    ...(change.branch === undefined ? {} : { branch: change.branch }),
    ...(change.path === undefined ? {} : { path: change.path }),
  };
  const key = keyOf(after);
  const isElsewhere = key !== keyOf(before);
  // The key of what others declare is theirs: with another they would not find their source again.
  if (isElsewhere && origin !== 'api') return 'declared';
  await transaction.query(
    `UPDATE catalog_source
        SET key = CASE WHEN $7 THEN $2 ELSE key END, target = $3, branch = $4, path = $5,
            is_paused = coalesce($6, is_paused),
            revision = CASE WHEN $7 THEN NULL ELSE revision END,
            next_read_at = CASE WHEN $7 OR $6 = false THEN now() ELSE next_read_at END,
            requested_at = CASE WHEN $7 OR $6 = false THEN now() ELSE requested_at END
      WHERE id = $1`,
    [id, key, after.target, after.branch, after.path, change.isPaused ?? null, isElsewhere],
  );
  record(transaction, 'change', id, caller, {
    details: { before: shownPlace(before), after: shownPlace(after), isPaused: change.isPaused },
    payload: shownPlace(after),
  });
  return 'changed';
}

/** What a source reads, as its row has it. */
interface PlaceRow {
  type: SourceType;
  target: string;
  branch: string | null;
  path: string | null;
}

/** The same as everybody may see it, in the audit log too. */
function shownPlace(place: PlaceRow) {
  return { ...place, target: withoutPassword(place.target) };
}

function keyOf({ type, target, branch, path }: PlaceRow): string {
  return sourceKey({ type, target, branch: branch ?? undefined, path: path ?? undefined });
}

/** Two sources may not have one key: of two changes to it at once, the index lets one through. */
function isUniqueViolation(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}

const PAST = { register: 'registered', change: 'changed', remove: 'removed' } as const;

/** For the audit log, for whoever wants to know, and for the workers, which read at once. */
function record(
  transaction: Transaction,
  action: keyof typeof PAST,
  id: string,
  { actor, requestId }: Caller,
  { details, payload }: Record<'details' | 'payload', Record<string, unknown>>,
): void {
  recordChange(transaction, {
    audit: { actor: actor.ref, action: `source.${action}`, target: `source:${id}`, requestId, details },
    event: { type: `source.${PAST[action]}`, subject: `source:${id}`, payload },
    notify: [{ channel: SOURCES_CHANNEL, payload: id }],
  });
}
