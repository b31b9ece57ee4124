-- Git repositories that Waymark itself keeps; their objects lie in folders below the server's home.
CREATE TABLE "hosted_repository" (
    "id" BIGSERIAL NOT NULL,
    "owner" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "default_branch" TEXT NOT NULL DEFAULT 'main',
    "state" TEXT NOT NULL DEFAULT 'active',
    "created_by" TEXT NOT NULL,
    "created_for" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "pushed_at" TIMESTAMPTZ(3),
    CONSTRAINT "hosted_repository_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "hosted_repository_state_check" CHECK ("state" IN ('active', 'archived'))
);

-- What a run asks for twice is made once, whoever is first.
CREATE UNIQUE INDEX "hosted_repository_created_for_key" ON "hosted_repository" ("created_for");

-- One repository a name in any case: folders of some file systems know no other. Lists go along this index, so it
-- compares bytes, whatever the language of the database.
CREATE UNIQUE INDEX "hosted_repository_owner_name_key"
    ON "hosted_repository" (lower("owner") COLLATE "C", lower("name") COLLATE "C");
