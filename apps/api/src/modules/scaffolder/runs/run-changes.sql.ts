/*
 * Changes that only the worker that holds a run may make: each looks at the hold and changes in one statement. $1 and $2
 * are the id of the run and the attempt. No row: somebody else holds the run, and nothing was changed.
 */

const HELD = 'WITH held AS (SELECT id FROM scaffolder_run WHERE id = $1 AND attempt = $2 FOR UPDATE)';

/** $3: position of the step. */
export const START_STEP = `
  ${HELD},
  step AS (UPDATE scaffolder_step SET status = 'processing', started_at = now(), ended_at = NULL
             FROM held WHERE run_id = held.id AND position = $3)
  SELECT id FROM held`;

/**
 * $3 to $5: position, status and output of the step; $6 to $9 of the run: last step that changed the workspace, failure,
 * version of the template, ref of what the run has made. Of the last two the first ones count.
 */
export const END_STEP = `
  ${HELD},
  step AS (UPDATE scaffolder_step
              SET status = $4, output = $5, ended_at = now(), started_at = coalesce(started_at, now())
             FROM held WHERE run_id = held.id AND position = $3),
  run AS (UPDATE scaffolder_run
             SET workspace_step = coalesce($6, workspace_step), error = coalesce($7, error),
                 template_version = coalesce(template_version, $8), entity_ref = coalesce(entity_ref, $9)
            FROM held
           WHERE scaffolder_run.id = held.id AND num_nonnulls($6::int, $7::jsonb, $8::text, $9::text) > 0)
  SELECT id FROM held`;

/** $3 and $4: types and bodies of entries of the log, in their order. */
const ENTRIES = `
  entries AS (INSERT INTO scaffolder_event (run_id, type, body)
              SELECT held.id, type, body::jsonb
                FROM held, unnest($3::text[], $4::text[]) WITH ORDINALITY AS entry (type, body, place)
               ORDER BY place)`;

/** $3 to $6: types and bodies of entries of the log, in their order; channel and task id that followers are told by. */
export const APPEND_EVENTS = `
  ${HELD},
  ${ENTRIES}
  SELECT pg_notify($5, $6) FROM held`;

/**
 * $3 to $8: position, key, kind, action, title and details of an effect, which is there afterwards: it was before, or is
 * new, or was undone and is made anew. Gives its row as it is then.
 */
export const DECLARE_EFFECT = `
  ${HELD},
  known AS (SELECT * FROM scaffolder_effect WHERE run_id = $1 AND position = $3 AND key = $4),
  revived AS (UPDATE scaffolder_effect SET state = 'intended', url = NULL, problem = NULL, changed_at = now()
                FROM held, known WHERE scaffolder_effect.id = known.id AND known.state = 'undone'
              RETURNING scaffolder_effect.*),
  made AS (INSERT INTO scaffolder_effect (run_id, position, key, kind, action, title, details)
           SELECT held.id, $3, $4, $5, $6, $7, $8 FROM held WHERE NOT EXISTS (SELECT 1 FROM known)
           RETURNING *),
  effect AS (SELECT *, true AS is_new FROM made
             UNION ALL SELECT *, true FROM revived
             UNION ALL SELECT *, false FROM known WHERE state <> 'undone')
  SELECT effect.id, effect.position, step.step_id, effect.key, effect.kind, effect.action, effect.title, effect.url,
         effect.state, effect.details, effect.problem, effect.is_new
    FROM held, effect JOIN scaffolder_step step ON step.run_id = $1 AND step.position = $3`;

/** $3 to $5: id of the effect, its address, and details to add. */
export const CONCLUDE_EFFECT = `
  ${HELD},
  effect AS (UPDATE scaffolder_effect SET state = 'done', url = $4, details = details || $5, changed_at = now()
               FROM held WHERE scaffolder_effect.id = $3 AND run_id = held.id)
  SELECT held.id FROM held`;

/**
 * $3 to $6 as those of {@link APPEND_EVENTS}, for the last entries of the log; $7 to $10: status, output and error of the
 * run; the step that failed.
 */
export const END_RUN = `
  ${HELD},
  run AS (UPDATE scaffolder_run
             SET status = $7, output = $8, error = $9, ended_at = now(), cancel_requested_at = NULL,
                 -- The others can be gone on with.
                 secrets = CASE WHEN $7 = 'completed' THEN NULL ELSE secrets END
            FROM held WHERE scaffolder_run.id = held.id
          RETURNING template_ref, round(extract(epoch FROM now() - started_at) * 1000) AS duration_ms),
  ${ENTRIES},
  event AS (INSERT INTO outbox_event (type, subject, payload)
            SELECT 'run.' || $7, 'run:' || $6, jsonb_strip_nulls(jsonb_build_object(
                     'templateRef', template_ref, 'durationMs', coalesce(duration_ms, 0), 'failedStep', $10::text))
              FROM run)
  SELECT pg_notify($5, $6) FROM held`;
