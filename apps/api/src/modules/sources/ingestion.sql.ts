import { GONE_CONTENT, UNLISTED_CONTENT } from './content-id.ts';

/**
 * The statements that turn one reading of a source into the catalog, each over a whole set.
 * Parameters: `$1` the source's id, `$2` the version that the transaction gives, and where a version of an
 * entity begins or ends `$3` its instant and `$4` the revision of whatever `file_change` does not know better.
 * They run in the order of this file, in one transaction, after the row of `catalog_state` is locked.
 */

/**
 * Gives the version of this transaction and its instant; the row lock makes all writers of the catalog stand in
 * line. The instant is taken under the lock, so that instants have the order of versions: the start of a
 * transaction may lie long before, and a clock may be set back.
 */
export const NEXT_VERSION = `
  WITH next AS (
    UPDATE catalog_state
       SET version = version + 1,
           changed_at = GREATEST(clock_timestamp()::timestamptz(3), changed_at + interval '1 millisecond')
     WHERE id = 1
    RETURNING version, changed_at
  )
  INSERT INTO catalog_version (version, at) SELECT version, changed_at FROM next RETURNING version, at`;

export const HAS_FILES = `SELECT EXISTS (SELECT 1 FROM catalog_file WHERE source_id = $1) AS has_files`;

export const UPSERT_FILES = `
  INSERT INTO catalog_file (source_id, path, content_id, problems, location, dependencies, read_at)
  SELECT $1, path, content_id, problems, location, dependencies, now() FROM incoming_file
  ON CONFLICT (source_id, path) DO UPDATE
     SET content_id = excluded.content_id, problems = excluded.problems,
         location = excluded.location, dependencies = excluded.dependencies, read_at = excluded.read_at`;

/** What this reading says, with file ids: the claims. */
export const INSERT_CLAIMS = `
  INSERT INTO claim
  SELECT f.id AS file_id, d.id, d.path, d.document_index, d.line, d.ref, d.content_hash
    FROM incoming_document d JOIN catalog_file f ON f.source_id = $1 AND f.path = d.path`;

/** For many of them. They are built faster at once than row by row, so they are not kept. */
export const INDEX_CLAIMS = `
  CREATE INDEX claim_by_file ON claim (file_id, ref);
  CREATE INDEX claim_by_ref ON claim (ref);
  ANALYZE claim`;
export const DROP_CLAIM_INDEXES = `DROP INDEX claim_by_file, claim_by_ref`;

/**
 * Entities of this source that the reading no longer has: their file was read and does not describe
 * them any more. A document that is broken now, or cannot be identified, dooms nothing; what is
 * leaving already is not doomed again.
 */
export const DOOM_MISSING = `
  INSERT INTO doomed (id, ref, uid, source_id, is_holder)
  SELECT e.id, e.ref, e.uid, e.source_id, e.is_holder
    FROM catalog_entity e
    JOIN catalog_file f ON f.id = e.file_id
    JOIN incoming_file i ON i.path = f.path
   WHERE e.source_id = $1 AND NOT i.keeps_missing AND NOT e.ref = ANY (i.broken_refs)
     AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.file_id = e.file_id AND c.ref = e.ref)
     AND NOT EXISTS (SELECT 1 FROM catalog_leave l WHERE l.entity_id = e.id)`;

/**
 * Only for a complete listing: files that are gone take with them what only they provided. `$2`: whether
 * what is leaving already may take its time; not so when the source itself goes.
 */
export const DOOM_GONE_FILES = `
  INSERT INTO doomed (id, ref, uid, source_id, is_holder)
  SELECT e.id, e.ref, e.uid, e.source_id, e.is_holder
    FROM catalog_entity e JOIN catalog_file f ON f.id = e.file_id
   WHERE f.source_id = $1 AND NOT EXISTS (SELECT 1 FROM listed_file l WHERE l.path = f.path)
     AND NOT ($2 AND EXISTS (SELECT 1 FROM catalog_leave l WHERE l.entity_id = e.id))
  ON CONFLICT DO NOTHING`;

/**
 * An entity that left one file and stands in another of the same source has moved, even when it is broken
 * there: its row goes along.
 */
export const FIND_RENAMED = `
  INSERT INTO moving (id, file_id)
  SELECT DISTINCT ON (d.ref) d.id, there.file_id
    FROM doomed d
    JOIN (SELECT ref, file_id, path FROM claim
          UNION ALL
          SELECT unnest(i.broken_refs), f.id, i.path
            FROM incoming_file i JOIN catalog_file f ON f.source_id = $1 AND f.path = i.path
           WHERE i.broken_refs <> '{}') AS there ON there.ref = d.ref
   WHERE NOT EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = there.file_id AND e.ref = d.ref)
   ORDER BY d.ref, d.is_holder DESC, d.id, there.path`;

export const RESCUE_RENAMED = `DELETE FROM doomed USING moving WHERE doomed.id = moving.id`;

/** Ends of edges that come or go show another set of relations from this version on. */
export const TOUCH_CHANGED_EDGES = `
  INSERT INTO touched_ref
  SELECT split_part(edge, ' ', 2)
    FROM catalog_entity e JOIN claim c ON c.file_id = e.file_id AND c.ref = e.ref
         JOIN incoming_document d ON d.id = c.document_id,
         unnest(e.relations || d.relations) AS edge
   WHERE e.relations <> d.relations`;

/** Moves the rows; what the file says there is taken over by the next statement. */
export const MOVE_RENAMED = `
  UPDATE catalog_entity e
     SET file_id = m.file_id, version = $2, valid_from = $3,
         revision = COALESCE(fc.revision, $4), changed_by = fc.changed_by, reason = fc.reason
    FROM moving m JOIN catalog_file f ON f.id = m.file_id LEFT JOIN file_change fc ON fc.path = f.path
   WHERE e.id = m.id AND e.source_id = $1`;

/** Documents that changed. */
export const UPDATE_CHANGED = `
  UPDATE catalog_entity e
     SET entity = d.entity, relations = d.relations, descriptor_text = d.descriptor_text,
         content_hash = c.content_hash, document_index = c.document_index, line = c.line,
         status_items = NULL, updated_at = now(), version = $2, valid_from = $3,
         revision = COALESCE(fc.revision, $4), changed_by = fc.changed_by, reason = fc.reason
    FROM claim c JOIN incoming_document d ON d.id = c.document_id LEFT JOIN file_change fc ON fc.path = c.path
   WHERE e.source_id = $1 AND c.file_id = e.file_id AND c.ref = e.ref AND e.content_hash <> c.content_hash`;

/** Documents that are whole again after an error, or back after they left, with the content that they had. */
export const UPDATE_HEALED = `
  UPDATE catalog_entity e
     SET status_items = NULL, updated_at = now(), version = $2
    FROM claim c
   WHERE e.source_id = $1 AND c.file_id = e.file_id AND c.ref = e.ref AND e.status_items IS NOT NULL`;

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
       AND NOT EXISTS (SELECT 1 FROM catalog_leave l WHERE l.entity_id = e.id)
  )
  UPDATE catalog_entity e SET status_items = broken.items, version = $2
    FROM broken
   WHERE broken.id = e.id AND broken.items IS DISTINCT FROM e.status_items`;

export const TOUCH_DOOMED_EDGES = `
  INSERT INTO touched_ref
  SELECT split_part(edge, ' ', 2)
    FROM catalog_entity e JOIN doomed d ON d.id = e.id, unnest(e.relations) AS edge
   WHERE e.is_holder`;

/** For readers of the change log: what they must forget. Returns how many of them this source gave up. */
export const LOG_REMOVALS = `
  WITH logged AS (
    INSERT INTO catalog_removal (version, entity_id)
    SELECT $1, e.id FROM catalog_entity e JOIN doomed d ON d.id = e.id WHERE e.is_holder
    RETURNING entity_id
  )
  SELECT count(*)::int AS removed FROM logged JOIN doomed d ON d.id = logged.entity_id WHERE NOT d.is_taken_over`;

export const DELETE_DOOMED = `DELETE FROM catalog_entity e USING doomed d WHERE e.id = d.id`;

/** A file that is gone stays as long as it has an entity that is leaving; its content is then equal to nothing. */
export const DELETE_GONE_FILES = `
  WITH gone AS (
    SELECT f.id, EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = f.id) AS is_needed
      FROM catalog_file f
     WHERE f.source_id = $1 AND NOT EXISTS (SELECT 1 FROM listed_file l WHERE l.path = f.path)
  ), emptied AS (
    UPDATE catalog_file f SET content_id = '${GONE_CONTENT}', problems = '[]' FROM gone WHERE f.id = gone.id AND gone.is_needed
  )
  DELETE FROM catalog_file f USING gone WHERE f.id = gone.id AND NOT gone.is_needed`;

/**
 * New claims. The first claim to a ref holds it; every later one waits. Who takes over a ref goes on with
 * its uid. Returns how many hold theirs.
 */
export const INSERT_NEW = `
  WITH fresh AS (
    SELECT c.*, NOT EXISTS (SELECT 1 FROM catalog_entity h WHERE h.ref = c.ref AND h.is_holder)
                  AND row_number() OVER (PARTITION BY c.ref ORDER BY c.path, c.document_index) = 1 AS is_holder
      FROM claim c
     WHERE NOT EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = c.file_id AND e.ref = c.ref)
  ), inserted AS (
    INSERT INTO catalog_entity (source_id, file_id, document_index, line, ref, is_holder, uid, content_hash, entity,
                                relations, descriptor_text, version, valid_from, revision, changed_by, reason)
    SELECT $1, c.file_id, c.document_index, c.line, c.ref, c.is_holder,
           CASE WHEN c.is_holder AND h.uid IS NOT NULL THEN h.uid ELSE gen_random_uuid() END, c.content_hash, d.entity,
           d.relations, d.descriptor_text, $2, $3, COALESCE(fc.revision, $4), fc.changed_by, fc.reason
      FROM fresh c JOIN incoming_document d ON d.id = c.document_id
           LEFT JOIN file_change fc ON fc.path = c.path
           LEFT JOIN doomed h ON h.ref = c.ref AND h.is_holder
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

/** Where a holder went, the oldest claim that waits takes its place, and its uid. */
export const PROMOTE_RIVALS = `
  WITH heir AS (
    SELECT DISTINCT ON (e.ref) e.id
      FROM catalog_entity e
     WHERE e.ref IN (SELECT ref FROM doomed) AND NOT e.is_holder
       AND NOT EXISTS (SELECT 1 FROM catalog_entity h WHERE h.ref = e.ref AND h.is_holder)
     ORDER BY e.ref, e.id
  ), promoted AS (
    UPDATE catalog_entity e
       SET is_holder = true, version = $1, valid_from = $2,
           uid = COALESCE((SELECT d.uid FROM doomed d WHERE d.ref = e.ref AND d.is_holder), e.uid)
      FROM heir WHERE e.id = heir.id
    RETURNING e.relations
  )
  INSERT INTO touched_ref SELECT split_part(edge, ' ', 2) FROM promoted, unnest(promoted.relations) AS edge`;

export const BUMP_TOUCHED = `
  UPDATE catalog_entity e SET version = $1
   WHERE e.is_holder AND e.version < $1 AND e.ref IN (SELECT ref FROM touched_ref)`;

/** Counts of every source that has or had a claim to a ref that changed hands, and of this one. */
export const UPDATE_COUNTS = `
  UPDATE catalog_source s
     SET entities = counted.entities, conflicts = counted.conflicts
    FROM (
      SELECT s2.id, count(*) FILTER (WHERE e.is_holder)::int AS entities,
             count(*) FILTER (WHERE NOT e.is_holder AND NOT EXISTS (
               -- The same file, reached from two sources, is no rival of itself.
               SELECT 1
                 FROM catalog_file f
                 JOIN catalog_entity h ON h.ref = e.ref AND h.is_holder
                 JOIN catalog_file hf ON hf.id = h.file_id AND hf.location = f.location
                WHERE f.id = e.file_id AND f.location <> ''))::int AS conflicts
        FROM catalog_source s2 LEFT JOIN catalog_entity e ON e.source_id = s2.id
       WHERE s2.id = $1 OR s2.id IN (SELECT source_id FROM doomed) OR s2.id IN (
         SELECT r.source_id FROM catalog_entity r WHERE r.version = $2 AND r.ref IN (SELECT ref FROM doomed))
       GROUP BY s2.id
    ) AS counted
   WHERE s.id = counted.id`;

/** Files, and problems by level, of one source. */
export const UPDATE_PROBLEM_COUNTS = `
  UPDATE catalog_source s
     SET files = counted.files, errors = counted.errors, warnings = counted.warnings, notes = counted.notes
    FROM (
      SELECT count(DISTINCT f.id) FILTER (WHERE f.content_id NOT LIKE '${UNLISTED_CONTENT}%' AND f.content_id <> '${GONE_CONTENT}')::int AS files,
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
