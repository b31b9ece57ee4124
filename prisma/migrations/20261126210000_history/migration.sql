-- Since when the present version of an entity stands, and the commit that brought it. What was before this
-- migration is not known, so the history of older rows begins with it.
ALTER TABLE "catalog_entity"
    ADD COLUMN "valid_from" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    ADD COLUMN "revision" TEXT,
    ADD COLUMN "changed_by" TEXT,
    ADD COLUMN "reason" TEXT;

-- The instant of the last version: each version of the catalog gets a later one, whatever the clock does.
ALTER TABLE "catalog_state" ADD COLUMN "changed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

CREATE TABLE "catalog_version" (
    "version" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "catalog_version_pkey" PRIMARY KEY ("version")
);
CREATE UNIQUE INDEX "catalog_version_at_key" ON "catalog_version" ("at");
INSERT INTO "catalog_version" ("version", "at") SELECT "version", "changed_at" FROM "catalog_state";

-- No foreign keys: the past stays when sources, files and entities go.
CREATE TABLE "catalog_entity_history" (
    "id" BIGSERIAL NOT NULL,
    "ref" TEXT NOT NULL,
    "uid" UUID NOT NULL,
    "valid_from" TIMESTAMPTZ(3) NOT NULL,
    "valid_to" TIMESTAMPTZ(3) NOT NULL,
    "source_id" BIGINT NOT NULL,
    "source_target" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "line" INTEGER NOT NULL,
    "revision" TEXT,
    "changed_by" TEXT,
    "reason" TEXT,
    "ended_revision" TEXT,
    "ended_by" TEXT,
    "ended_reason" TEXT,
    "entity" JSON NOT NULL,
    "relations" TEXT[],
    "descriptor_text" TEXT NOT NULL,

    CONSTRAINT "catalog_entity_history_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "catalog_entity_history_ref_valid_from_key" ON "catalog_entity_history" ("ref", "valid_from");
CREATE INDEX "catalog_entity_history_valid_to_idx" ON "catalog_entity_history" ("valid_to");
-- Versions that end are copied in the transaction that holds the catalog's lock: see "catalog_entity".
ALTER TABLE "catalog_entity_history" SET (toast_tuple_target = 8160);

-- Which read of a source ended last: what waits for a read counts reads, since clocks of machines differ.
ALTER TABLE "catalog_source"
    ADD COLUMN "reads_started" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "reads_ended" BIGINT NOT NULL DEFAULT 0;

CREATE TABLE "catalog_leave" (
    "entity_id" BIGINT NOT NULL,
    "version" BIGINT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "deadline" TIMESTAMPTZ(3) NOT NULL,
    "revision" TEXT,
    "changed_by" TEXT,
    "reason" TEXT,

    CONSTRAINT "catalog_leave_pkey" PRIMARY KEY ("entity_id")
);
CREATE TABLE "catalog_awaited_read" (
    "version" BIGINT NOT NULL,
    "source_id" BIGINT NOT NULL,
    "after_read" BIGINT NOT NULL,
    "was_healthy" BOOLEAN NOT NULL,

    CONSTRAINT "catalog_awaited_read_pkey" PRIMARY KEY ("version", "source_id")
);
CREATE INDEX "catalog_awaited_read_source_id_idx" ON "catalog_awaited_read" ("source_id");
ALTER TABLE "catalog_leave" ADD CONSTRAINT "catalog_leave_entity_id_fkey"
    FOREIGN KEY ("entity_id") REFERENCES "catalog_entity" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "catalog_awaited_read" ADD CONSTRAINT "catalog_awaited_read_source_id_fkey"
    FOREIGN KEY ("source_id") REFERENCES "catalog_source" ("id") ON DELETE CASCADE ON UPDATE CASCADE;
