/**
 * Statements that keep what ends. A version of an entity ends when its content changes, when it moves to another
 * file or source, and when it goes: its row is copied into the history in the transaction that ends it, before it
 * is changed. An error that appears or goes is no new version. Parameters: `$1` the source's id, `$2` the instant
 * of this transaction, `$3` the revision of whatever `file_change` does not know better.
 */

export const KEEP_ENDING_VERSIONS = `
  INSERT INTO catalog_entity_history
    (ref, uid, valid_from, valid_to, source_id, source_target, path, line, revision, changed_by, reason,
     ended_revision, ended_by, ended_reason, entity, relations, descriptor_text)
  SELECT e.ref, e.uid, e.valid_from, $2, e.source_id, s.target, f.path, e.line, e.revision, e.changed_by, e.reason,
         CASE WHEN NOT ending.is_doomed THEN NULL WHEN l.entity_id IS NOT NULL THEN l.revision
              ELSE COALESCE(fc.revision, $3) END,
         CASE WHEN NOT ending.is_doomed THEN NULL WHEN l.entity_id IS NOT NULL THEN l.changed_by
              ELSE fc.changed_by END,
         CASE WHEN NOT ending.is_doomed THEN NULL WHEN l.entity_id IS NOT NULL THEN l.reason ELSE fc.reason END,
         e.entity, e.relations, e.descriptor_text
    FROM (
      SELECT id, true AS is_doomed FROM doomed WHERE is_holder
      UNION ALL
      SELECT id, false FROM moving
      UNION ALL
      SELECT e.id, false
        FROM claim c JOIN catalog_entity e ON e.file_id = c.file_id AND e.ref = c.ref
       WHERE e.content_hash <> c.content_hash
    ) AS ending
    JOIN catalog_entity e ON e.id = ending.id AND e.is_holder
    JOIN catalog_file f ON f.id = e.file_id
    JOIN catalog_source s ON s.id = e.source_id
    LEFT JOIN file_change fc ON fc.path = f.path AND e.source_id = $1
    LEFT JOIN catalog_leave l ON l.entity_id = e.id`;
