/** What a list shows of a run `r`. */
const SELECT_SUMMARY = `
  SELECT r.id, r.task_id, r.template_ref, r.template_title, r.status, r.created_by, r.created_at, r.started_at, r.ended_at,
         r.entity_ref, r.undo_state, steps.step_count, steps.completed_count, steps.step_name
    FROM scaffolder_run r
   CROSS JOIN LATERAL (
     SELECT count(*)::int AS step_count,
            count(*) FILTER (WHERE s.status IN ('completed', 'skipped'))::int AS completed_count,
            (array_agg(s.name ORDER BY s.position) FILTER (WHERE s.status IN ('processing', 'failed', 'cancelled')))[1]
              AS step_name
       FROM scaffolder_step s WHERE s.run_id = r.id) AS steps`;

/** Which runs `r` a list shows: of persons, in states, of a template, before an id. */
const MATCHES = `($1::text[] IS NULL OR r.created_by = ANY ($1)) AND ($2::text[] IS NULL OR r.status = ANY ($2))
  AND ($3::text IS NULL OR r.template_ref = $3) AND ($4::bigint IS NULL OR r.id < $4)`;

/** Values: persons, states, template, id before which, limit, offset. */
export const LIST_RUNS = `${SELECT_SUMMARY} WHERE ${MATCHES} ORDER BY r.id DESC LIMIT $5 OFFSET $6`;

/** The same as tasks of Backstage's protocol. */
export const LIST_TASKS = `
  SELECT r.task_id, r.spec, r.status, r.created_at, r.heartbeat_at, r.created_by FROM scaffolder_run r
   WHERE ${MATCHES} ORDER BY r.id DESC LIMIT $5 OFFSET $6`;

export const COUNT_TASKS = `SELECT count(*)::int AS count FROM scaffolder_run r WHERE ${MATCHES}`;

/** A run by its id outside. */
export const FIND_RUN = `
  SELECT summary.*, r.spec, r.template_version, r.heartbeat_at, r.output, r.error,
         r.cancel_requested_at IS NOT NULL AS is_cancel_requested,
         CASE WHEN r.status = 'open' THEN
           -- Everybody's first run comes before anybody's second.
           (SELECT count(*)::int
              FROM (SELECT w.id, row_number() OVER (PARTITION BY w.created_by ORDER BY w.id) AS place
                      FROM scaffolder_run w WHERE w.status IN ('open', 'processing')) AS queue
             WHERE (queue.place, queue.id) <
                   ((SELECT count(*) FROM scaffolder_run own
                      WHERE own.created_by = r.created_by AND own.status IN ('open', 'processing') AND own.id <= r.id), r.id))
         END AS queue_position
    FROM (${SELECT_SUMMARY} WHERE r.task_id = $1) AS summary JOIN scaffolder_run r ON r.id = summary.id`;

/** In the order in which they were begun. */
export const EFFECTS_OF_RUN = `
  SELECT e.id, e.position, s.step_id, e.key, e.kind, e.action, e.title, e.url, e.state, e.details, e.problem
    FROM scaffolder_effect e JOIN scaffolder_step s ON s.run_id = e.run_id AND s.position = e.position
   WHERE e.run_id = $1 ORDER BY e.id`;

/** `$1` to `$3`: task id, id of the last known entry, limit. */
export const EVENTS_AFTER = `
  SELECT e.id, e.type, e.body, e.created_at FROM scaffolder_event e JOIN scaffolder_run r ON r.id = e.run_id
   WHERE r.task_id = $1 AND e.id > $2 ORDER BY e.id LIMIT $3`;

/** Runs of template `t` that ended so, the last first. */
const endedAs = (status: 'completed' | 'failed') => `
  FROM scaffolder_run WHERE template_ref = t.template_ref AND status = '${status}' ORDER BY ended_at DESC`;

/** `$1`: refs of templates; `$2`: of so many of the newest completed runs the median duration is taken. */
export const TEMPLATE_STATISTICS = `
  SELECT t.*, newest.median_ms, last.last_run_at
    FROM (SELECT template_ref, count(*)::int AS runs, count(*) FILTER (WHERE status = 'completed')::int AS completed
            FROM scaffolder_run WHERE template_ref = ANY ($1::text[]) AND status IN ('completed', 'failed')
           GROUP BY template_ref) AS t
   CROSS JOIN LATERAL (
     SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at) * 1000) AS median_ms
       FROM (SELECT started_at, ended_at ${endedAs('completed')} LIMIT $2) AS completed) AS newest
   CROSS JOIN LATERAL (
     SELECT max(created_at) AS last_run_at
       FROM ((SELECT created_at ${endedAs('completed')} LIMIT 1)
             UNION ALL (SELECT created_at ${endedAs('failed')} LIMIT 1)) AS ended) AS last`;
