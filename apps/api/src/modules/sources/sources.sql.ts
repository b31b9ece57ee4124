/** Statements over the table of sources that are longer than their use, or that several have a part of. */

/** What is set of a source that is to be read as soon as may be; one that is read just now is read once more. */
export const READ_AGAIN = `
  next_read_at = now(), requested_at = now(), state = CASE state WHEN 'reading' THEN state ELSE 'queued' END`;

/** `$1`: the source's id. */
export const REQUEST_READ = `UPDATE catalog_source SET ${READ_AGAIN} WHERE id = $1`;

/**
 * `$1`: JSON array of rows. New ones come in; of a known one target, branch, path and settings follow. What the operator
 * declares is the operator's, whoever had it first.
 */
export const DECLARE = `
  INSERT INTO catalog_source (key, type, target, branch, path, origin, settings)
  SELECT DISTINCT ON (key) key, type, target, branch, path, origin, nullif(settings, 'null')
    FROM jsonb_to_recordset($1::jsonb)
      AS row(key text, type text, target text, branch text, path text, origin text, settings jsonb)
  ON CONFLICT (key) DO UPDATE
     SET target = excluded.target, branch = excluded.branch, path = excluded.path,
         settings = excluded.settings, next_read_at = now(),
         origin = CASE WHEN catalog_source.origin = 'api' THEN excluded.origin ELSE catalog_source.origin END
   WHERE (catalog_source.target, catalog_source.branch, catalog_source.path, catalog_source.settings)
         IS DISTINCT FROM (excluded.target, excluded.branch, excluded.path, excluded.settings)
      OR catalog_source.origin = 'api'`;

/** `$1`: keys that are declared. Sources that people registered are declared by nobody and stay. */
export const UNDECLARED = `
  SELECT id FROM catalog_source s
   WHERE (s.origin IN ('config', 'demo') AND NOT s.key = ANY ($1::text[]))
      OR EXISTS (SELECT 1 FROM catalog_source p WHERE p.id = s.parent_id AND NOT p.key = ANY ($1::text[]))
   ORDER BY s.parent_id IS NULL, s.id`;

/**
 * `$1`: now, `$2`: how many. A repository of a discovery is looked at by the discovery, and is due only when
 * that, a webhook or a person asks for it, or when its own read went wrong. Where the discovery finds its
 * token refused, all its repositories wait until it has another.
 */
export const DUE = `
  SELECT s.id FROM catalog_source s LEFT JOIN catalog_source p ON p.id = s.parent_id
   WHERE s.next_read_at <= $1 AND NOT s.is_paused
     AND (s.parent_id IS NULL OR s.state <> 'ready')
     AND NOT (p.state = 'failed' AND p.error ->> 'code' = 'host.unauthorized') IS TRUE
   ORDER BY s.next_read_at
   LIMIT $2`;
