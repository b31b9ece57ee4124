-- Files are known by their location in other sources too, and depend on other files.
ALTER TABLE "catalog_file"
  ADD COLUMN "location" TEXT NOT NULL DEFAULT '',
  ADD COLUMN "dependencies" JSONB;
