/**
 * The statements that turn one reading of a source into the catalog, each over a whole set.
 * Parameters: `$1` the source's id, `$2` the version that the transaction gives. They run in the
 * order of this file, in one transaction, after the row of `catalog_state` is locked.
 */

/** Where a reading is collected before it is compared with what the catalog has. */
export const CREATE_INCOMING = `
  CREATE TEMP TABLE incoming_file (
    path text PRIMARY KEY, content_id text NOT NULL, problems jsonb NOT NULL,
    broken_refs text[] NOT NULL, keeps_missing boolean NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE incoming_document (
    id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, path text NOT NULL, document_index int NOT NULL, line int NOT NULL, ref text NOT NULL,
    content_hash text NOT NULL, entity json NOT NULL, relations text[] NOT NULL, descriptor_text text NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE listed_file (path text PRIMARY KEY) ON COMMIT DROP;
  CREATE TEMP TABLE claim (
    file_id bigint NOT NULL, document_id int NOT NULL, path text NOT NULL, document_index int NOT NULL,
    line int NOT NULL, ref text NOT NULL, content_hash text NOT NULL
  ) ON COMMIT DROP;
  CREATE TEMP TABLE doomed (id bigint PRIMARY KEY, ref text NOT NULL) ON COMMIT DROP;
  CREATE TEMP TABLE touched_ref (ref text NOT NULL) ON COMMIT DROP`;

/** `$1`: JSON array of rows. */
export const INSERT_INCOMING_FILES = `
  INSERT INTO incoming_file
  SELECT path, content_id, problems, broken_refs, keeps_missing
    FROM json_to_recordset($1::json) AS row(
      path text, content_id text, problems jsonb, broken_refs text[], keeps_missing boolean)`;

/** `$1`: JSON array of rows. */
export const INSERT_INCOMING_DOCUMENTS = `
  INSERT INTO incoming_document
    (path, document_index, line, ref, content_hash, entity, relations, descriptor_text)
  SELECT path, document_index, line, ref, content_hash, entity, relations, descriptor_text
    FROM json_to_recordset($1::json) AS row(
      path text, document_index int, line int, ref text, content_hash text, entity json,
      relations text[], descriptor_text text)`;

/** `$1`: array of paths. */
export const INSERT_LISTED_FILES = `INSERT INTO listed_file SELECT unnest($1::text[]) ON CONFLICT DO NOTHING`;

export const ANALYZE_INCOMING = `ANALYZE incoming_file; ANALYZE incoming_document; ANALYZE listed_file`;

/** Gives the version of this transaction; the row lock makes all writers of the catalog stand in line. */
export const NEXT_VERSION = `UPDATE catalog_state SET version = version + 1 WHERE id = 1 RETURNING version`;

export const UPSERT_FILES = `
  INSERT INTO catalog_file (source_id, path, content_id, problems, read_at)
  SELECT $1, path, content_id, problems, now() FROM incoming_file
  ON CONFLICT (source_id, path) DO UPDATE
     SET content_id = excluded.content_id, problems = excluded.problems, read_at = excluded.read_at`;

/** What this reading says, with file ids: the claims. */
export const INSERT_CLAIMS = `
  INSERT INTO claim
  SELECT f.id AS file_id, d.id, d.path, d.document_index, d.line, d.ref, d.content_hash
    FROM incoming_document d JOIN catalog_file f ON f.source_id = $1 AND f.path = d.path`;

export const INDEX_CLAIMS = `
  CREATE INDEX ON claim (file_id, ref);
  CREATE INDEX ON claim (ref);
  ANALYZE claim`;

/**
 * Entities of this source that the reading no longer has: their file was read and does not describe
 * them any more. A document that is broken now, or cannot be identified, dooms nothing.
 */
export const DOOM_MISSING = `
  INSERT INTO doomed
  SELECT e.id, e.ref
    FROM catalog_entity e
    JOIN catalog_file f ON f.id = e.file_id
    JOIN incoming_file i ON i.path = f.path
   WHERE e.source_id = $1 AND NOT i.keeps_missing AND NOT e.ref = ANY (i.broken_refs)
     AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.file_id = e.file_id AND c.ref = e.ref)`;

/** Only for a complete listing: files that are gone take with them what only they provided. */
export const DOOM_GONE_FILES = `
  INSERT INTO doomed
  SELECT e.id, e.ref
    FROM catalog_entity e JOIN catalog_file f ON f.id = e.file_id
   WHERE f.source_id = $1 AND NOT EXISTS (SELECT 1 FROM listed_file l WHERE l.path = f.path)
  ON CONFLICT DO NOTHING`;

/** An entity that left one file and stands in another of the same source has moved: its row goes along. */
export const MOVE_RENAMED = `
  WITH moved AS (
    SELECT DISTINCT ON (c.ref) d.id, c.file_id
      FROM claim c JOIN doomed d ON d.ref = c.ref
     WHERE NOT EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = c.file_id AND e.ref = c.ref)
     ORDER BY c.ref, d.id, c.path
  ), rescued AS (
    DELETE FROM doomed USING moved WHERE doomed.id = moved.id
  )
  UPDATE catalog_entity e SET file_id = moved.file_id FROM moved WHERE e.id = moved.id`;

/** Ends of edges that come or go show another set of relations from this version on. */
export const TOUCH_CHANGED_EDGES = `
  INSERT INTO touched_ref
  SELECT split_part(edge, ' ', 2)
    FROM catalog_entity e JOIN claim c ON c.file_id = e.file_id AND c.ref = e.ref
         JOIN incoming_document d ON d.id = c.document_id,
         unnest(e.relations || d.relations) AS edge
   WHERE e.relations <> d.relations`;

/** Documents that changed, or are whole again after an error. Returns whether the content changed. */
export const UPDATE_CHANGED = `
  UPDATE catalog_entity e
     SET entity = d.entity, relations = d.relations, descriptor_text = d.descriptor_text,
         content_hash = c.content_hash, document_index = c.document_index, line = c.line,
         status_items = NULL, updated_at = now(), version = $2
    FROM claim c JOIN incoming_document d ON d.id = c.document_id
   WHERE e.source_id = $1 AND c.file_id = e.file_id AND c.ref = e.ref
     AND (e.content_hash <> c.content_hash OR e.status_items IS NOT NULL)`;

/** Documents that only stand at another place of their file: nothing that a reader sees changes. */
export const UPDATE_PLACES = `
  UPDATE catalog_entity e
     SET document_index = c.document_index, line = c.line
    FROM claim c
   WHERE e.source_id = $1 AND c.file_id = e.file_id AND c.ref = e.ref
     AND (e.document_index, e.line) IS DISTINCT FROM (c.document_index, c.line)`;

/** The last good version of a document that is broken now carries the error. */
export const MARK_BROKEN = `
  WITH broken AS (
    SELECT e.id,
           (SELECT jsonb_agg(jsonb_build_object(
                     'type', 'backstage.io/catalog-processing', 'level', 'error',
                     'message', format('%s:%s: %s', f.path, p ->> 'line', p ->> 'message'),
                     'error', jsonb_build_object('name', p ->> 'code', 'message', p ->> 'message')))
              FROM jsonb_array_elements(i.problems) AS p
             WHERE p ->> 'level' = 'error'
               AND (NOT p ? 'entityRef' OR p ->> 'entityRef' = e.ref)) AS items
      FROM catalog_entity e
      JOIN catalog_file f ON f.id = e.file_id
      JOIN incoming_file i ON i.path = f.path
     WHERE e.source_id = $1 AND (i.keeps_missing OR e.ref = ANY (i.broken_refs))
       AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.file_id = e.file_id AND c.ref = e.ref)
  )
  UPDATE catalog_entity e SET status_items = broken.items, version = $2
    FROM broken
   WHERE broken.id = e.id AND broken.items IS DISTINCT FROM e.status_items`;

export const TOUCH_DOOMED_EDGES = `
  INSERT INTO touched_ref
  SELECT split_part(edge, ' ', 2)
    FROM catalog_entity e JOIN doomed d ON d.id = e.id, unnest(e.relations) AS edge
   WHERE e.is_holder`;

/** For readers of the change log: what they must forget. */
export const LOG_REMOVALS = `
  INSERT INTO catalog_removal (version, entity_id)
  SELECT $1, e.id FROM catalog_entity e JOIN doomed d ON d.id = e.id WHERE e.is_holder`;

export const DELETE_DOOMED = `DELETE FROM catalog_entity e USING doomed d WHERE e.id = d.id`;

export const DELETE_GONE_FILES = `
  DELETE FROM catalog_file f
   WHERE f.source_id = $1 AND NOT EXISTS (SELECT 1 FROM listed_file l WHERE l.path = f.path)`;

/** New claims. The first claim to a ref holds it; every later one waits. Returns how many hold theirs. */
export const INSERT_NEW = `
  WITH inserted AS (
  INSERT INTO catalog_entity (source_id, file_id, document_index, line, ref, is_holder, content_hash, entity,
                              relations, descriptor_text, version)
  SELECT $1, c.file_id, c.document_index, c.line, c.ref,
         NOT EXISTS (SELECT 1 FROM catalog_entity h WHERE h.ref = c.ref AND h.is_holder)
           AND row_number() OVER (PARTITION BY c.ref ORDER BY c.path, c.document_index) = 1,
         c.content_hash, d.entity, d.relations, d.descriptor_text, $2
    FROM claim c JOIN incoming_document d ON d.id = c.document_id
   WHERE NOT EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = c.file_id AND e.ref = c.ref)
  RETURNING is_holder
  )
  SELECT count(*) FILTER (WHERE is_holder)::int AS added FROM inserted`;

/** Pointless while nothing older is there to be touched, as in the first reading of all. */
export const TOUCH_NEW_EDGES = `
  INSERT INTO touched_ref
  SELECT DISTINCT split_part(edge, ' ', 2)
    FROM catalog_entity e, unnest(e.relations) AS edge
   WHERE e.version = $2 AND e.source_id = $1 AND e.created_at = now()::timestamptz(3)
     AND EXISTS (SELECT 1 FROM catalog_entity older WHERE older.is_holder AND older.version < $2)`;

/** Where a holder went, the oldest claim that waits takes its place. */
export const PROMOTE_RIVALS = `
  WITH heir AS (
    SELECT DISTINCT ON (e.ref) e.id
      FROM catalog_entity e
     WHERE e.ref IN (SELECT ref FROM doomed) AND NOT e.is_holder
       AND NOT EXISTS (SELECT 1 FROM catalog_entity h WHERE h.ref = e.ref AND h.is_holder)
     ORDER BY e.ref, e.id
  ), promoted AS (
    UPDATE catalog_entity e SET is_holder = true, version = $1 FROM heir WHERE e.id = heir.id
    RETURNING e.relations
  )
  INSERT INTO touched_ref SELECT split_part(edge, ' ', 2) FROM promoted, unnest(promoted.relations) AS edge`;

export const BUMP_TOUCHED = `
  UPDATE catalog_entity e SET version = $1
   WHERE e.is_holder AND e.version < $1 AND e.ref IN (SELECT ref FROM touched_ref)`;

/** Counts of every source that has a claim to a ref that changed hands, and of this one. */
export const UPDATE_COUNTS = `
  UPDATE catalog_source s
     SET entities = counted.entities, conflicts = counted.conflicts
    FROM (
      SELECT s2.id, count(*) FILTER (WHERE e.is_holder)::int AS entities,
             count(*) FILTER (WHERE NOT e.is_holder)::int AS conflicts
        FROM catalog_source s2 LEFT JOIN catalog_entity e ON e.source_id = s2.id
       WHERE s2.id = $1 OR s2.id IN (
         SELECT r.source_id FROM catalog_entity r WHERE r.version = $2 AND r.ref IN (SELECT ref FROM doomed))
       GROUP BY s2.id
    ) AS counted
   WHERE s.id = counted.id`;

/** Files, and problems by level, of one source. */
export const UPDATE_PROBLEM_COUNTS = `
  UPDATE catalog_source s
     SET files = counted.files, errors = counted.errors, warnings = counted.warnings, notes = counted.notes
    FROM (
      SELECT count(DISTINCT f.id) FILTER (WHERE f.content_id <> 'unlisted')::int AS files,
             count(*) FILTER (WHERE p ->> 'level' = 'error')::int AS errors,
             count(*) FILTER (WHERE p ->> 'level' = 'warning')::int AS warnings,
             count(*) FILTER (WHERE p ->> 'level' = 'info')::int AS notes
        FROM catalog_file f LEFT JOIN LATERAL jsonb_array_elements(f.problems) AS p ON true
       WHERE f.source_id = $1
    ) AS counted
   WHERE s.id = $1`;

/** Removals older than this many versions are forgotten; a reader that far behind loads everything. */
export const FORGET_OLD_REMOVALS = `
  WITH forgotten AS (DELETE FROM catalog_removal WHERE version <= $1 RETURNING version)
  UPDATE catalog_state SET removal_horizon = GREATEST(removal_horizon, (SELECT max(version) FROM forgotten))
   WHERE EXISTS (SELECT 1 FROM forgotten)`;

/** Tells every reader to look. `$1`: channel, `$2`: version as text. */
export const ANNOUNCE = `SELECT pg_notify($1, $2)`;
