import { GONE_CONTENT } from './content-id.ts';
import { READ_AGAIN } from './sources.sql.ts';

/**
 * Statements for entities that left their file while another source could hold them now: they stay, and say so,
 * until those sources were read once more. Everything is in the database, so that it does not matter which
 * worker goes on, or whether one died in between.
 */

/** `$1`: the source's id. What the reading has again in its old file, whole or broken, does not leave any more. */
export const FORGET_RETURNED = `
  DELETE FROM catalog_leave l
   USING catalog_entity e, catalog_file f, incoming_file i
   WHERE e.id = l.entity_id AND e.source_id = $1 AND f.id = e.file_id AND i.path = f.path
     AND (e.ref = ANY (i.broken_refs)
          OR EXISTS (SELECT 1 FROM claim c WHERE c.file_id = e.file_id AND c.ref = e.ref))`;

/** What is leaving, wherever it was, and stands in a file of this reading now, is taken over by it. */
export const DOOM_TAKEN_OVER = `
  INSERT INTO doomed (id, ref, uid, source_id, is_holder, is_taken_over)
  SELECT e.id, e.ref, e.uid, e.source_id, e.is_holder, true
    FROM catalog_leave l JOIN catalog_entity e ON e.id = l.entity_id
   WHERE EXISTS (SELECT 1 FROM claim c WHERE c.ref = e.ref)
  ON CONFLICT DO NOTHING`;

/** Doomed holders that nothing is known to follow. */
const WITHOUT_HEIR = `
  SELECT d.id, d.ref FROM doomed d
   WHERE d.is_holder AND NOT d.is_taken_over
     AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.ref = d.ref)
     AND NOT EXISTS (SELECT 1 FROM catalog_entity r
                      WHERE r.ref = d.ref AND NOT r.is_holder AND r.id NOT IN (SELECT id FROM doomed))`;

/** `$1`: the source's id, `$2`: version. Notes which sources must be read first; none means nothing can wait. */
export const AWAIT_READS = `
  INSERT INTO catalog_awaited_read (version, source_id, after_read, was_healthy)
  SELECT $2, s.id, s.reads_started, s.error IS NULL AND s.last_success_at IS NOT NULL
    FROM catalog_source s
   WHERE s.id <> $1 AND s.type IN ('file', 'git', 'url', 'github', 'gitlab') AND NOT s.is_paused
     AND EXISTS (${WITHOUT_HEIR})`;

/**
 * `$1`: the source's id, `$2`: version, `$3`: its instant, `$4`: revision of whatever `file_change` does not know
 * better, `$5`: seconds after which nothing is waited for.
 */
export const BEGIN_LEAVING = `
  INSERT INTO catalog_leave (entity_id, version, since, deadline, revision, changed_by, reason)
  SELECT heirless.id, $2, $3, now() + make_interval(secs => $5), COALESCE(fc.revision, $4), fc.changed_by, fc.reason
    FROM (${WITHOUT_HEIR}) AS heirless
    JOIN catalog_entity e ON e.id = heirless.id
    JOIN catalog_file f ON f.id = e.file_id
    LEFT JOIN file_change fc ON fc.path = f.path AND e.source_id = $1`;

/** `$1`: version, `$2`: its instant as ISO text. The entities stay and say why. */
export const MARK_LEAVING = `
  UPDATE catalog_entity e
     SET version = $1,
         status_items = jsonb_build_array(jsonb_build_object(
           'type', 'waymark.dev/leaving', 'level', 'info', 'since', $2::text,
           'message', format('Its file does not describe it any more since %s. It goes when the other sources '
                             'have been read, unless one of them describes it now.',
                             to_char($2::timestamptz AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI "UTC"'))))
    FROM catalog_leave l
   WHERE l.version = $1 AND e.id = l.entity_id`;

/** `$1`: version. */
export const SPARE_LEAVING = `DELETE FROM doomed d USING catalog_leave l WHERE l.entity_id = d.id AND l.version = $1`;

/**
 * `$1`: version. Asks for the awaited reads at once. A request that waits already serves as well; a row that
 * somebody else has locked is left to its regular read, because two writers must not wait for each other here.
 */
export const REQUEST_AWAITED_READS = `
  UPDATE catalog_source s SET ${READ_AGAIN}
   WHERE s.id IN (
     SELECT waiting.id
       FROM catalog_source waiting JOIN catalog_awaited_read a ON a.source_id = waiting.id AND a.version = $1
      WHERE waiting.requested_at IS NULL
        FOR UPDATE OF waiting SKIP LOCKED)`;

/**
 * Leaves that have waited long enough: every source that they wait for was read since, and well if it could be
 * read before; or the time is up.
 */
const IS_DUE = `
  (l.deadline <= now() OR NOT EXISTS (
     SELECT 1 FROM catalog_awaited_read a JOIN catalog_source s ON s.id = a.source_id
      WHERE a.version = l.version AND NOT s.is_paused
        AND (s.reads_ended <= a.after_read OR (a.was_healthy AND s.error IS NOT NULL))))`;

export const HAS_DUE_LEAVES = `SELECT EXISTS (SELECT 1 FROM catalog_leave l WHERE ${IS_DUE}) AS is_due`;

/** Makes the other writers wait before it is decided what goes: one of them may bring a claim. */
export const LOCK_CATALOG = `SELECT version FROM catalog_state WHERE id = 1 FOR UPDATE`;

export const DOOM_DUE_LEAVES = `
  INSERT INTO doomed (id, ref, uid, source_id, is_holder)
  SELECT e.id, e.ref, e.uid, e.source_id, e.is_holder
    FROM catalog_leave l JOIN catalog_entity e ON e.id = l.entity_id
   WHERE ${IS_DUE}`;

/** Files that only waited for their last entity. */
export const DELETE_EMPTY_GONE_FILES = `
  DELETE FROM catalog_file f
   WHERE f.content_id = '${GONE_CONTENT}' AND f.source_id IN (SELECT source_id FROM doomed)
     AND NOT EXISTS (SELECT 1 FROM catalog_entity e WHERE e.file_id = f.id)`;

/** Reads that nothing waits for any more. */
export const FORGET_AWAITED_READS = `
  DELETE FROM catalog_awaited_read a WHERE NOT EXISTS (SELECT 1 FROM catalog_leave l WHERE l.version = a.version)`;

/** `$1`: seconds. While no worker ran, nothing could be read: the time begins anew. */
export const RENEW_DEADLINES = `
  UPDATE catalog_leave SET deadline = GREATEST(deadline, now() + make_interval(secs => $1))`;
