-- Runs of templates: each step is a recorded state, so that a run goes on after its worker was killed.
CREATE TABLE "scaffolder_run" (
    "id" BIGSERIAL NOT NULL,
    "task_id" UUID NOT NULL,
    "template_ref" TEXT NOT NULL,
    "template_title" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "heartbeat_at" TIMESTAMPTZ(3),
    "spec" JSONB NOT NULL,
    "place" JSONB NOT NULL,
    "template_version" TEXT,
    "secrets" BYTEA,
    "attempt" INTEGER NOT NULL DEFAULT 0,
    "workspace_step" INTEGER NOT NULL DEFAULT 0,
    "cancel_requested_at" TIMESTAMPTZ(3),
    "output" JSONB,
    "error" JSONB,
    "entity_ref" TEXT,
    "undo_state" TEXT,
    "idempotency_key" TEXT,
    "request_digest" TEXT,
    CONSTRAINT "scaffolder_run_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "scaffolder_run_task_id_key" ON "scaffolder_run" ("task_id");
CREATE UNIQUE INDEX "scaffolder_run_created_by_idempotency_key_key" ON "scaffolder_run" ("created_by", "idempotency_key");
CREATE INDEX "scaffolder_run_created_by_id_idx" ON "scaffolder_run" ("created_by", "id");
CREATE INDEX "scaffolder_run_template_ref_status_idx" ON "scaffolder_run" ("template_ref", "status");
-- What the workers look for each second: few rows among many that have ended.
CREATE INDEX "scaffolder_run_waiting_idx" ON "scaffolder_run" ("id")
    WHERE "status" IN ('open', 'processing') OR "undo_state" = 'running';

CREATE TABLE "scaffolder_step" (
    "run_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "step_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "output" JSONB,
    CONSTRAINT "scaffolder_step_pkey" PRIMARY KEY ("run_id", "position")
);
ALTER TABLE "scaffolder_step" ADD CONSTRAINT "scaffolder_step_run_id_fkey"
    FOREIGN KEY ("run_id") REFERENCES "scaffolder_run" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "scaffolder_event" (
    "id" BIGSERIAL NOT NULL,
    "run_id" BIGINT NOT NULL,
    "type" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scaffolder_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "scaffolder_event_run_id_id_idx" ON "scaffolder_event" ("run_id", "id");
ALTER TABLE "scaffolder_event" ADD CONSTRAINT "scaffolder_event_run_id_fkey"
    FOREIGN KEY ("run_id") REFERENCES "scaffolder_run" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What a run makes elsewhere, written down before it is made: nothing is made twice, and all of it can be undone.
CREATE TABLE "scaffolder_effect" (
    "id" BIGSERIAL NOT NULL,
    "run_id" BIGINT NOT NULL,
    "position" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "url" TEXT,
    "state" TEXT NOT NULL DEFAULT 'intended',
    "details" JSONB NOT NULL DEFAULT '{}',
    "problem" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scaffolder_effect_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "scaffolder_effect_run_id_position_key_key" ON "scaffolder_effect" ("run_id", "position", "key");
ALTER TABLE "scaffolder_effect" ADD CONSTRAINT "scaffolder_effect_run_id_fkey"
    FOREIGN KEY ("run_id") REFERENCES "scaffolder_run" ("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- How far people come in the forms of a template.
CREATE TABLE "scaffolder_visit" (
    "id" UUID NOT NULL,
    "template_ref" TEXT NOT NULL,
    "visitor" TEXT NOT NULL,
    "page_count" INTEGER NOT NULL,
    "page" INTEGER NOT NULL,
    "task_id" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "scaffolder_visit_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "scaffolder_visit_template_ref_created_at_idx" ON "scaffolder_visit" ("template_ref", "created_at");
