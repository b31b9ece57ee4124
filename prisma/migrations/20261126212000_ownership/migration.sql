-- Entities that are kept although their source no longer gives them: few, and listed as orphans.
CREATE INDEX "catalog_entity_status_idx" ON "catalog_entity" ("ref") WHERE "status_items" IS NOT NULL;
