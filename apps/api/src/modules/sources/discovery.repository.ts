import { inTransaction, type Database } from '@waymark/db';
import { FORGOTTEN_CONTENT } from './content-id.ts';
import { SOURCES_CHANNEL } from './sources.repository.ts';
import type { RepositorySettings } from './hosts/host-settings.ts';

/** A repository as a source that belongs to a discovery. */
export interface FoundRepository {
  /** Identity of the source: it outlives a new name of the repository. */
  key: string;
  target: string;
  /** Null: the default branch, whatever its name. */
  branch: string | null;
  path: string;
  settings: RepositorySettings;
}

/** What a discovery changed. */
export interface DiscoveryResult {
  found: number;
  /** New, moved or changed repositories, which are read next. */
  due: number;
}

/** A repository that a discovery has as a source, and the host did not list. */
export interface KnownRepository {
  sourceId: string;
  key: string;
  settings: unknown;
}

/** How a discovery keeps its repositories. */
export interface DiscoveryRepository {
  /**
   * Brings the sources of a discovery in line with what was found: new and changed ones become due, and all
   * others are known to be as they were last read. Takes nothing away.
   */
  keep(
    discovery: { id: string; type: 'github' | 'gitlab' },
    repositories: readonly FoundRepository[],
    at: { readAt: Date; nextReadAt: Date },
  ): Promise<DiscoveryResult>;
  /** Sources of a discovery. */
  known(discoveryId: string): Promise<KnownRepository[]>;
}

/** Finds the sources of known repositories by key; `$1` their discovery, `$2` a JSON array of what was found. */
const FOUND = `
  SELECT * FROM jsonb_to_recordset($2::jsonb)
    AS row(key text, target text, branch text, path text, settings jsonb)`;

/** Files of a repository that has another name or branch now say so in their annotations: all are read again. */
const FORGET_CONTENTS_OF_MOVED = `
  UPDATE catalog_file f SET content_id = '${FORGOTTEN_CONTENT}'
    FROM catalog_source s JOIN (${FOUND}) AS found ON found.key = s.key
   WHERE s.parent_id = $1 AND f.source_id = s.id
     AND (s.target <> found.target OR s.path <> found.path OR s.settings ->> 'branch' IS DISTINCT FROM found.settings ->> 'branch')`;

/** `$3` the type of the sources, `$4` now. */
const UPSERT = `
  INSERT INTO catalog_source (key, type, target, branch, path, origin, parent_id, settings, next_read_at)
  SELECT key, $3, target, branch, path, 'discovery', $1, settings, $4 FROM (${FOUND}) AS found
  ON CONFLICT (key) DO UPDATE
     SET target = excluded.target, branch = excluded.branch, path = excluded.path,
         settings = excluded.settings, next_read_at = excluded.next_read_at, requested_at = excluded.next_read_at,
         revision = CASE WHEN catalog_source.target = excluded.target
                          AND catalog_source.path = excluded.path
                          AND catalog_source.settings ->> 'branch' = excluded.settings ->> 'branch'
                         THEN catalog_source.revision END,
         state = CASE WHEN catalog_source.state IN ('reading', 'waiting') THEN catalog_source.state ELSE 'queued' END
   WHERE catalog_source.settings IS DISTINCT FROM excluded.settings
      OR catalog_source.target <> excluded.target OR catalog_source.path IS DISTINCT FROM excluded.path`;

/** What is as it was costs no call: the listing has said so. `$3` read at, `$4` next read at. */
const CONFIRM_UNCHANGED = `
  UPDATE catalog_source s
     SET last_read_at = $3, last_success_at = $3, next_read_at = $4, error = NULL,
         added = 0, changed = 0, removed = 0
    FROM (${FOUND}) AS found
   WHERE s.parent_id = $1 AND s.key = found.key AND s.state = 'ready'`;

export function createDiscoveryRepository(database: Database): DiscoveryRepository {
  return {
    keep: (discovery, repositories, { readAt, nextReadAt }) =>
      inTransaction(database, async (transaction) => {
        const found = JSON.stringify(repositories);
        await transaction.query(FORGET_CONTENTS_OF_MOVED, [discovery.id, found]);
        const { rowCount } = await transaction.query(UPSERT, [discovery.id, found, discovery.type, readAt]);
        await transaction.query(CONFIRM_UNCHANGED, [discovery.id, found, readAt, nextReadAt]);
        if (rowCount) await transaction.query('SELECT pg_notify($1, $2)', [SOURCES_CHANNEL, discovery.id]);
        return { found: repositories.length, due: rowCount ?? 0 };
      }),

    async known(discoveryId) {
      const { rows } = await database.pool.query<{ id: string; key: string; settings: unknown }>(
        'SELECT id, key, settings FROM catalog_source WHERE parent_id = $1 ORDER BY id',
        [discoveryId],
      );
      return rows.map(({ id, key, settings }) => ({ sourceId: id, key, settings }));
    },
  };
}
