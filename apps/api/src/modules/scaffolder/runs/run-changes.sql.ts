/*
 * Changes that only the worker that holds a run may make: each looks at the hold, changes and tells the followers in one
 * statement. $1 to $4 are the id of the run, the attempt, the channel and the id of the task. No row: somebody else holds
 * the run, and nothing was changed.
 */

const HELD = 'WITH held AS (SELECT id FROM scaffolder_run WHERE id = $1 AND attempt = $2 FOR UPDATE)';
const TOLD = 'SELECT pg_notify($3, $4) FROM held';

/** $5: position of the step. */
export const START_STEP = `${HELD},
  step AS (UPDATE scaffolder_step SET status = 'processing', started_at = now(), ended_at = NULL
             FROM held WHERE run_id = held.id AND position = $5)
  ${TOLD}`;

/** $5 to $9: position, status and output of the step; last step that changed the workspace, failure of the run. */
export const END_STEP = `${HELD},
  step AS (UPDATE scaffolder_step
              SET status = $6, output = $7, ended_at = now(), started_at = coalesce(started_at, now())
             FROM held WHERE run_id = held.id AND position = $5),
  run AS (UPDATE scaffolder_run SET workspace_step = coalesce($8, workspace_step), error = coalesce($9, error)
            FROM held WHERE scaffolder_run.id = held.id AND num_nonnulls($8::int, $9::jsonb) > 0)
  ${TOLD}`;

/** $5: the version of the template. */
export const RECORD_VERSION = `${HELD},
  run AS (UPDATE scaffolder_run SET template_version = $5 FROM held WHERE scaffolder_run.id = held.id)
  ${TOLD}`;

/** $5: ref of what the run has made. The first one counts. */
export const RECORD_ENTITY = `${HELD},
  run AS (UPDATE scaffolder_run SET entity_ref = coalesce(entity_ref, $5)
            FROM held WHERE scaffolder_run.id = held.id)
  ${TOLD}`;

/** $5 and $6: types and bodies of entries of the log, in their order. */
export const APPEND_EVENTS = `${HELD},
  entries AS (INSERT INTO scaffolder_event (run_id, type, body)
              SELECT held.id, type, body::jsonb
                FROM held, unnest($5::text[], $6::text[]) WITH ORDINALITY AS entry (type, body, place)
               ORDER BY place)
  ${TOLD}`;
