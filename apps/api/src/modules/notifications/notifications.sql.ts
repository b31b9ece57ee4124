const COLUMNS = `n.id, n.origin, n.title, n.description, n.link, n.severity, n.topic, n.scope, n.is_broadcast, n.created_at`;

/** What a person has, with when it was read. `$1`: their ref. */
const OWN = `
  WITH own AS (
    SELECT ${COLUMNS}, r.read_at
      FROM notification_recipient r JOIN notification n ON n.id = r.notification_id
     WHERE r.user_ref = $1 AND NOT n.is_broadcast
    UNION ALL
    SELECT ${COLUMNS}, r.read_at
      FROM notification n LEFT JOIN notification_recipient r ON r.notification_id = n.id AND r.user_ref = $1
     WHERE n.is_broadcast
  )`;

/** `$2`: only those that were read (or were not); null for all. `$3`, `$4`: where the page begins, and its length. */
export const LIST_OWN = `${OWN}
  SELECT * FROM own WHERE $2::boolean IS NULL OR (read_at IS NOT NULL) = $2
   ORDER BY created_at DESC, id LIMIT $4 OFFSET $3`;

export const COUNT_OWN = `${OWN}
  SELECT count(*) FILTER (WHERE read_at IS NULL)::int AS unread,
         count(*) FILTER (WHERE read_at IS NOT NULL)::int AS read
    FROM own`;

/** `$2`: ids. */
export const FIND_OWN = `${OWN}
  SELECT * FROM own WHERE id = ANY ($2::uuid[]) ORDER BY created_at DESC, id`;

/** Of those that the person has. `$2`: ids; `$3`: whether they are read. One that was read stays read at its time. */
export const MARK_OWN = `${OWN}
  INSERT INTO notification_recipient AS known (notification_id, user_ref, read_at)
  SELECT id, $1, CASE WHEN $3 THEN now() END FROM own WHERE id = ANY ($2::uuid[])
  ON CONFLICT (notification_id, user_ref)
  DO UPDATE SET read_at = CASE WHEN $3 THEN coalesce(known.read_at, now()) END`;

export const INSERT = `
  INSERT INTO notification
    (origin, title, description, link, severity, topic, scope, is_broadcast, sent_by, sent_for)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
  ON CONFLICT (sent_for) DO NOTHING
  RETURNING id`;

export const FIND_SENT = 'SELECT id FROM notification WHERE sent_for = $1';

export const ADD_RECIPIENTS = `
  INSERT INTO notification_recipient (notification_id, user_ref) SELECT $1, unnest($2::text[])
  ON CONFLICT DO NOTHING`;

/** `$1`: the one that takes their place; `$2`, `$3`: its scope and its origin. */
const REPLACED = 'n.id <> $1 AND n.scope = $2 AND n.origin = $3';

export const REPLACE_BROADCASTS = `DELETE FROM notification n WHERE ${REPLACED} AND n.is_broadcast`;

/** Takes from the people of `$4` what they had; what nobody has any more goes. */
export const REPLACE_OWN = `
  WITH taken AS (
    DELETE FROM notification_recipient r USING notification n
     WHERE n.id = r.notification_id AND ${REPLACED} AND NOT n.is_broadcast AND r.user_ref = ANY ($4::text[])
    RETURNING r.notification_id
  )
  DELETE FROM notification n
   WHERE n.id IN (SELECT notification_id FROM taken)
     AND NOT EXISTS (
       SELECT FROM notification_recipient r WHERE r.notification_id = n.id AND r.user_ref <> ALL ($4::text[])
     )`;

/** Nobody looks at one that is a year old. */
export const FORGET_OLD = "DELETE FROM notification WHERE created_at < now() - interval '1 year'";

export const WITHDRAW = 'DELETE FROM notification WHERE id = $1::uuid RETURNING title';
