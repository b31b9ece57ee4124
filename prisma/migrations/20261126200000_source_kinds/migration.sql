-- Sources that people register, and discoveries whose repositories are sources of their own.
ALTER TABLE "catalog_source"
    ADD COLUMN "parent_id" BIGINT,
    ADD COLUMN "is_paused" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "settings" JSONB,
    ADD COLUMN "rate_limit" JSONB,
    ADD COLUMN "created_by" TEXT;

-- A discovery never goes before its repositories: their entities leave the catalog through the ingestion.
ALTER TABLE "catalog_source" ADD CONSTRAINT "catalog_source_parent_id_fkey"
    FOREIGN KEY ("parent_id") REFERENCES "catalog_source" ("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE INDEX "catalog_source_parent_id_idx" ON "catalog_source" ("parent_id");
