-- Runs of a template by their state are counted from the index alone, and its newest are found without the others.
DROP INDEX "scaffolder_run_template_ref_status_idx";
CREATE INDEX "scaffolder_run_template_ref_status_ended_at_idx" ON "scaffolder_run" ("template_ref", "status", "ended_at");
