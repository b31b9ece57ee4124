import { GONE_CONTENT } from './content-id.ts';
import type { Database } from '@waymark/db';

/** Messages of links that lead nowhere, by target. */
export type Failures = Record<string, string>;

/** What the last reading left of a file. */
export interface KnownFile {
  contentId: string;
  /** Content ids of the files that its placeholders name, by what they say. */
  references: Record<string, string>;
  /** Links of its Locations that led nowhere. */
  failures: Failures;
}

/** What a Location entity, as the catalog has it now, points at. */
export interface KnownLink {
  path: string;
  target: string;
  type: string | undefined;
  isOptional: boolean;
}

/** Reads what is known of the files of a source before they are read again. */
export interface KnownFilesRepository {
  /** `dependsOnUrls`: something of the source lies, or shall lie, at a URL elsewhere. */
  look(sourceId: string): Promise<{ hasFiles: boolean; dependsOnUrls: boolean }>;
  readKnownFiles(sourceId: string): Promise<Map<string, KnownFile>>;
  readLinks(sourceId: string): Promise<KnownLink[]>;
}

export function createKnownFilesRepository({ pool }: Pick<Database, 'pool'>): KnownFilesRepository {
  return {
    async look(sourceId) {
      const { rows } = await pool.query<{ has_files: boolean; depends_on_urls: boolean }>(
        `SELECT EXISTS (SELECT 1 FROM catalog_file WHERE source_id = $1) AS has_files,
                EXISTS (
                  SELECT 1 FROM catalog_file
                   WHERE source_id = $1 AND (path LIKE 'http%' OR dependencies::text ILIKE '%"http%')
                ) AS depends_on_urls`,
        [sourceId],
      );
      return { hasFiles: rows[0]?.has_files === true, dependsOnUrls: rows[0]?.depends_on_urls === true };
    },

    async readKnownFiles(sourceId) {
      const { rows } = await pool.query<{
        path: string;
        content_id: string;
        dependencies: { references?: Record<string, string>; failures?: Failures } | null;
      }>(
        `SELECT path, content_id, dependencies FROM catalog_file
          WHERE source_id = $1 AND content_id <> $2`,
        [sourceId, GONE_CONTENT],
      );
      return new Map(
        rows.map(({ path, content_id, dependencies }) => [
          path,
          {
            contentId: content_id,
            references: dependencies?.references ?? {},
            failures: dependencies?.failures ?? {},
          },
        ]),
      );
    },

    async readLinks(sourceId) {
      const { rows } = await pool.query<{
        path: string;
        target: string;
        type: string | null;
        is_optional: boolean;
      }>(
        `SELECT f.path, t.target, e.entity -> 'spec' ->> 'type' AS type,
                coalesce(e.entity -> 'spec' ->> 'presence', '') = 'optional' AS is_optional
           FROM catalog_entity e
           JOIN catalog_file f ON f.id = e.file_id,
                LATERAL (
                  SELECT e.entity -> 'spec' ->> 'target' AS target
                  UNION ALL
                  SELECT json_array_elements_text(e.entity -> 'spec' -> 'targets')
                   WHERE json_typeof(e.entity -> 'spec' -> 'targets') = 'array'
                ) AS t
          WHERE e.source_id = $1 AND e.ref LIKE 'location:%' AND t.target IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM catalog_leave l WHERE l.entity_id = e.id)`,
        [sourceId],
      );
      return rows.map(({ path, target, type, is_optional }) => ({
        ...{ path, target, type: type ?? undefined, isOptional: is_optional },
      }));
    },
  };
}
