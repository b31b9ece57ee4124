CREATE TABLE "catalog_source" (
    "id" BIGSERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "type" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "branch" TEXT,
    "path" TEXT,
    "origin" TEXT NOT NULL,
    "fingerprint" TEXT,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "progress" JSONB,
    "revision" TEXT,
    "requested_at" TIMESTAMPTZ(3),
    "last_read_at" TIMESTAMPTZ(3),
    "last_success_at" TIMESTAMPTZ(3),
    "next_read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "duration_ms" INTEGER,
    "files" INTEGER NOT NULL DEFAULT 0,
    "entities" INTEGER NOT NULL DEFAULT 0,
    "added" INTEGER NOT NULL DEFAULT 0,
    "changed" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "errors" INTEGER NOT NULL DEFAULT 0,
    "warnings" INTEGER NOT NULL DEFAULT 0,
    "notes" INTEGER NOT NULL DEFAULT 0,
    "conflicts" INTEGER NOT NULL DEFAULT 0,
    "error" JSONB,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_source_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "catalog_file" (
    "id" BIGSERIAL NOT NULL,
    "source_id" BIGINT NOT NULL,
    "path" TEXT NOT NULL,
    "content_id" TEXT NOT NULL,
    "problems" JSONB NOT NULL DEFAULT '[]',
    "read_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_file_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "catalog_entity" (
    "id" BIGSERIAL NOT NULL,
    "source_id" BIGINT NOT NULL,
    "file_id" BIGINT NOT NULL,
    "document_index" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "ref" TEXT NOT NULL,
    "is_holder" BOOLEAN NOT NULL,
    "uid" UUID NOT NULL DEFAULT gen_random_uuid(),
    "content_hash" TEXT NOT NULL,
    "entity" JSON NOT NULL,
    "relations" TEXT[],
    "status_items" JSONB,
    "descriptor_text" TEXT NOT NULL,
    "version" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "catalog_entity_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "catalog_removal" (
    "version" BIGINT NOT NULL,
    "entity_id" BIGINT NOT NULL,

    CONSTRAINT "catalog_removal_pkey" PRIMARY KEY ("version", "entity_id")
);

CREATE TABLE "catalog_state" (
    "id" INTEGER NOT NULL,
    "version" BIGINT NOT NULL,
    "removal_horizon" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "catalog_state_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "outbox_event" (
    "id" BIGSERIAL NOT NULL,
    "type" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "payload" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "request_id" TEXT,
    "details" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "catalog_source_key_key" ON "catalog_source" ("key");
CREATE INDEX "catalog_source_next_read_at_idx" ON "catalog_source" ("next_read_at");
CREATE UNIQUE INDEX "catalog_file_source_id_path_key" ON "catalog_file" ("source_id", "path");
CREATE UNIQUE INDEX "catalog_entity_file_id_ref_key" ON "catalog_entity" ("file_id", "ref");
CREATE INDEX "catalog_entity_source_id_idx" ON "catalog_entity" ("source_id");
CREATE INDEX "catalog_entity_version_idx" ON "catalog_entity" ("version");
CREATE INDEX "outbox_event_created_at_idx" ON "outbox_event" ("created_at");
CREATE INDEX "audit_entry_target_at_idx" ON "audit_entry" ("target", "at");

-- Exactly one claim to a ref is the entity that the catalog shows: the database decides that race.
CREATE UNIQUE INDEX "catalog_entity_holder_key" ON "catalog_entity" ("ref") WHERE "is_holder";
-- Problems are listed from the few files that have any.
CREATE INDEX "catalog_file_with_problems_idx" ON "catalog_file" ("source_id", "path") WHERE "problems" <> '[]';
-- Conflicts are listed from the few claims that lost, and one of them takes the place of a holder that goes.
CREATE INDEX "catalog_entity_rival_idx" ON "catalog_entity" ("ref", "source_id") WHERE NOT "is_holder";

ALTER TABLE "catalog_file" ADD CONSTRAINT "catalog_file_source_id_fkey"
    FOREIGN KEY ("source_id") REFERENCES "catalog_source" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "catalog_entity" ADD CONSTRAINT "catalog_entity_source_id_fkey"
    FOREIGN KEY ("source_id") REFERENCES "catalog_source" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "catalog_entity" ADD CONSTRAINT "catalog_entity_file_id_fkey"
    FOREIGN KEY ("file_id") REFERENCES "catalog_file" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "catalog_state" ADD CONSTRAINT "catalog_state_one_row" CHECK ("id" = 1);


-- Most rows are a little over the 2 KB from which PostgreSQL compresses: that would cost more than half of the
-- time of a first reading, and saves little.
ALTER TABLE "catalog_entity" SET (toast_tuple_target = 8160);

INSERT INTO "catalog_state" ("id", "version") VALUES (1, 0);
